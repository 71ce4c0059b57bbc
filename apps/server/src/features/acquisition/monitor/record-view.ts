import { columnOf, type RecordBatch, rowLength, type TableSchema } from '@countroom/records';

/** The columns that live displays need, wherever a table has them. */
export interface RecordView {
  readonly values: ArrayLike<number>;
  readonly samples: number;
  readonly unit: string;
  readonly dtNs: (row: number) => number;
  readonly t0Ns: (row: number) => number;
  readonly eventNumber: (row: number) => string;
  readonly deviceTimeNs: (row: number) => string;
}

const waveformColumn = 'waveform/values';

export function hasWaveforms(schema: TableSchema): boolean {
  return schema.columns.some(
    (column) =>
      column.name === waveformColumn &&
      !column.variableLength &&
      column.dtype !== 'int64' &&
      column.dtype !== 'uint64',
  );
}

export function viewRecords(batch: RecordBatch): RecordView {
  const { schema, column } = columnOf(batch, waveformColumn);
  const cell = (name: string): ((row: number) => number | bigint) => {
    if (!batch.schema.columns.some((one) => one.name === name)) return () => 0;
    const { data } = columnOf(batch, name).column;
    return (row) => data[row] ?? 0;
  };
  const eventNumber = cell('eventnumber');
  const deviceTime = cell('devicetime');
  const dt = cell('waveform/dt');
  const t0 = cell('waveform/t0');
  return {
    values: column.data as ArrayLike<number>,
    samples: rowLength(schema),
    unit: schema.units ?? '',
    dtNs: (row) => Number(dt(row)),
    t0Ns: (row) => Number(t0(row)),
    eventNumber: (row) => String(eventNumber(row)),
    deviceTimeNs: (row) => String(deviceTime(row)),
  };
}
