import { columnOf, type RecordBatch, scalarColumn, type TableSchema } from '@countroom/records';

/** Name of the column in which accounts stand; empty for a line of text. */
export const accountColumn = 'account';

/**
 * Lines that people and the system say during a run, in order with the data, and accounts of the counters between them.
 * Schema id 0 of every source.
 */
export const infoSchema: TableSchema = {
  name: 'run/info',
  columns: [
    scalarColumn('time', 'int64', { units: 'ns', description: 'wall clock, ns since 1970-01-01 UTC' }),
    { name: 'message', dtype: 'uint8', shape: [], variableLength: true, description: 'text in UTF-8' },
    {
      name: accountColumn,
      dtype: 'int64',
      shape: [],
      variableLength: true,
      description: 'triggers, recorded, dropped (rows); run, paused, live, dead, buffer time (ns) until here',
    },
  ],
};

/** First line of every run. */
export const beginningRun = 'Beginning run';
/** Last line of every run that was closed in order. */
export const endingRun = 'Ending run';

/** One INFO line. */
export interface InfoLine {
  /** Wall clock, ns since 1970. */
  readonly timeNs: bigint;
  readonly message: string;
}

/** A batch of INFO lines. */
export function infoBatch(lines: readonly InfoLine[]): RecordBatch {
  const texts = lines.map((line) => Buffer.from(line.message, 'utf8'));
  const offsets = new Uint32Array(lines.length + 1);
  texts.forEach((text, index) => {
    offsets[index + 1] = offsets[index]! + text.length;
  });
  return {
    schema: infoSchema,
    rows: lines.length,
    columns: [
      { data: BigInt64Array.from(lines, (line) => line.timeNs) },
      { data: Uint8Array.from(Buffer.concat(texts)), offsets },
      { data: new BigInt64Array(0), offsets: new Uint32Array(lines.length + 1) },
    ],
  };
}

/** The lines of text of a batch of `run/info`; accounts are left out. */
export function infoLines(batch: RecordBatch): InfoLine[] {
  const times = columnOf(batch, 'time').column.data;
  const { data, offsets = new Uint32Array(batch.rows + 1) } = columnOf(batch, 'message').column;
  const accounts = batch.schema.columns.findIndex(({ name }) => name === accountColumn);
  const places = batch.columns[accounts]?.offsets;
  const isLine = (row: number): boolean => places === undefined || places[row] === places[row + 1];
  return Array.from({ length: batch.rows }, (_, row) => row)
    .filter(isLine)
    .map((row) => ({
      timeNs: BigInt(times[row] ?? 0),
      message: Buffer.from(data.slice(offsets[row], offsets[row + 1]) as Uint8Array).toString('utf8'),
    }));
}
