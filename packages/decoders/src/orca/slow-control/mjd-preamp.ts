import { scalarColumn, type TableSchema } from '@countroom/records';
import type { OrcaPacket } from '../container/orca-packet.js';
import type { OrcaContext, OrcaRecord } from '../orca-record.js';
import { RecordTables } from '../record-tables.js';

const channels = 16;
const firstVoltage = 3;

/** Columns of the preamplifier monitoring: one row per channel and packet. */
export function mjdPreampSchema(path: string): TableSchema {
  return {
    name: path,
    columns: [
      scalarColumn('packet_id', 'uint32', { description: 'number of the packet in the file' }),
      scalarColumn('timestamp', 'float64', { units: 's', description: 'unix time' }),
      scalarColumn('device_id', 'uint16', { description: 'number of the preamplifier' }),
      scalarColumn('channel', 'uint8'),
      scalarColumn('enabled', 'bool', { description: 'true when the channel is read' }),
      scalarColumn('adc', 'float32', { units: 'V', description: 'voltage of the channel' }),
    ],
  };
}

/** Voltages of a preamplifier of the MAJORANA DEMONSTRATOR. The key is the number of the preamplifier. */
export class MjdPreampRecord implements OrcaRecord {
  readonly checkedWords = 1;
  private readonly tables: RecordTables;

  constructor({ library }: OrcaContext) {
    this.tables = new RecordTables(library, 'ORMJDPreAmpDecoderForAdc', mjdPreampSchema);
  }

  fits(packet: OrcaPacket): boolean {
    return packet.payloadWords === firstVoltage + channels;
  }

  decode(packet: OrcaPacket, packetId: number): boolean {
    const deviceId = packet.word(0) & 0xfff;
    const timestamp = packet.word(1);
    for (let channel = 0; channel < channels; channel++) {
      this.tables.admit(deviceId, 0, timestamp)?.append({
        packet_id: packetId,
        timestamp,
        device_id: deviceId,
        channel,
        enabled: ((packet.word(2) >>> channel) & 1) === 1,
        adc: packet.float32(firstVoltage + channel),
      });
    }
    return true;
  }
}
