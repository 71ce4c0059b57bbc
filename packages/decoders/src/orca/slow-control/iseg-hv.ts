import { scalarColumn, type TableSchema } from '@countroom/records';
import type { OrcaPacket } from '../container/orca-packet.js';
import { crateKey } from '../header/orca-setup.js';
import type { OrcaContext, OrcaRecord } from '../orca-record.js';
import { RecordTables } from '../record-tables.js';

const channels = 8;
const firstVoltage = 4;

/** Columns of the high-voltage monitoring: one row per channel and packet. */
export function isegSchema(path: string): TableSchema {
  return {
    name: path,
    columns: [
      scalarColumn('packet_id', 'uint32', { description: 'number of the packet in the file' }),
      scalarColumn('timestamp', 'float64', { units: 's', description: 'unix time' }),
      scalarColumn('crate', 'uint8'),
      scalarColumn('card', 'uint8'),
      scalarColumn('channel', 'uint8'),
      scalarColumn('enabled', 'bool', { description: 'true when the channel is on' }),
      scalarColumn('voltage', 'float32', { units: 'V' }),
      scalarColumn('current', 'float32', { description: 'as the supply gives it' }),
    ],
  };
}

/** Voltages and currents of an iSeg high-voltage card. The key is that of the channel in its crate. */
export class IsegHvRecord implements OrcaRecord {
  readonly checkedWords = 1;
  private readonly tables: RecordTables;

  constructor({ library }: OrcaContext) {
    this.tables = new RecordTables(library, 'ORiSegHVCardDecoderForHV', isegSchema);
  }

  fits(packet: OrcaPacket): boolean {
    return packet.payloadWords === firstVoltage + 2 * channels;
  }

  decode(packet: OrcaPacket, packetId: number): boolean {
    const place = { crate: (packet.word(0) >>> 20) & 0xf, card: (packet.word(0) >>> 16) & 0xf };
    const timestamp = packet.word(3);
    for (let channel = 0; channel < channels; channel++) {
      this.tables.admit(crateKey(place.crate, place.card, channel), 0, timestamp)?.append({
        packet_id: packetId,
        timestamp,
        ...place,
        channel,
        enabled: ((packet.word(1) >>> (4 * channel)) & 0xf) !== 0,
        voltage: packet.float32(firstVoltage + 2 * channel),
        current: packet.float32(firstVoltage + 1 + 2 * channel),
      });
    }
    return true;
  }
}
