import { type ColumnSchema, scalarColumn, type TableSchema } from '@countroom/records';
import type { OrcaPacket } from '../container/orca-packet.js';
import type { OrcaContext, OrcaRecord } from '../orca-record.js';
import { RecordTables } from '../record-tables.js';

const decoder = 'ORRunDecoderForRun';
const key = 'run';

const flags = [
  'runstartorstop',
  'quickstartrun',
  'remotecontrolrun',
  'heartbeatrecord',
  'endsubrunrecord',
  'startsubrunrecord',
];

/** Columns of run records. `numbered`: with packet_id, which the established decoder leaves out. */
export function runSchema(path: string, numbered: boolean): TableSchema {
  const flag = (name: string): ColumnSchema =>
    scalarColumn(
      name,
      'bool',
      name === 'runstartorstop' ? { description: 'true at the start, false at the end' } : {},
    );
  return {
    name: path,
    columns: [
      ...(numbered ? [scalarColumn('packet_id', 'uint32', { description: 'number of the packet' })] : []),
      scalarColumn('subrun_number', 'uint16'),
      ...flags.map(flag),
      scalarColumn('run_number', 'int32', {
        description: 'number of the run; in heartbeats seconds to the next one',
      }),
      scalarColumn('time', 'int32', { units: 's', description: 'unix time' }),
    ],
  };
}

/** Start, end, heartbeat and subruns of a run. With `compatibility: 'reference'` without packet_id. */
export class RunRecord implements OrcaRecord {
  readonly checkedWords = 3;
  private readonly tables: RecordTables;

  constructor({ library, options }: OrcaContext) {
    const numbered = options.compatibility !== 'reference';
    this.tables = new RecordTables(library, decoder, (path) => runSchema(path, numbered));
  }

  fits(packet: OrcaPacket): boolean {
    return packet.payloadWords === 3 && (packet.word(0) & 0xffff) >>> flags.length === 0;
  }

  decode(packet: OrcaPacket, packetId: number): boolean {
    const word = packet.word(0);
    this.tables.admit(key)?.append({
      packet_id: packetId,
      subrun_number: word >>> 16,
      ...Object.fromEntries(flags.map((name, bit) => [name, ((word >>> bit) & 1) === 1])),
      run_number: packet.int32(1),
      time: packet.int32(2),
    });
    return true;
  }
}
