import { allocate, type DataArray } from './dtype.js';
import { type ColumnSchema, rowLength, type TableSchema } from './table-schema.js';

/**
 * Data of one column for the rows of a batch. Fixed shape: `data` holds rows × rowLength numbers, row after
 * row. Variable length: `offsets` has rows + 1 entries, row i is `data[offsets[i] .. offsets[i + 1])`.
 */
export interface ColumnData {
  readonly data: DataArray;
  readonly offsets?: Uint32Array;
}

/**
 * Rows of one table as columns of typed arrays. Batches are values: whoever receives one may keep it, nobody
 * changes it. Arrays may be longer than `rows` needs; what lies behind is not part of the batch.
 */
export interface RecordBatch {
  readonly schema: TableSchema;
  readonly rows: number;
  /** One entry per schema column, in schema order. */
  readonly columns: readonly ColumnData[];
}

/** A batch as it comes from a source: which source, and its place in that source's order (from 0, no gaps). */
export interface SourceBatch {
  readonly source: string;
  readonly sequence: bigint;
  readonly batch: RecordBatch;
}

/** Column data by column path. Throws a RangeError naming table and column when there is none. */
export function columnOf(batch: RecordBatch, name: string): { schema: ColumnSchema; column: ColumnData } {
  const index = batch.schema.columns.findIndex((column) => column.name === name);
  const schema = batch.schema.columns[index];
  const column = batch.columns[index];
  if (schema === undefined || column === undefined) {
    throw new RangeError(`table ${batch.schema.name} has no column ${name}`);
  }
  return { schema, column };
}

/** An empty batch with room for `capacity` rows (variable-length columns start with no room for data). */
export function allocateColumns(schema: TableSchema, capacity: number): ColumnData[] {
  return schema.columns.map((column) =>
    column.variableLength
      ? { data: allocate(column.dtype, 0), offsets: new Uint32Array(capacity + 1) }
      : { data: allocate(column.dtype, capacity * rowLength(column)) },
  );
}
