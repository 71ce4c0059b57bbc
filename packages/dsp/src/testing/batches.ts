import {
  allocate,
  type ColumnData,
  type ColumnSchema,
  type Dtype,
  type RecordBatch,
} from '@countroom/records';

/** One column for a batch, from plain numbers. */
export interface TestColumn {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape?: readonly number[];
  readonly units?: string;
  readonly values: readonly number[];
  /** Rows' ends for columns of variable length. */
  readonly offsets?: readonly number[];
}

/** Numbers in a typed array. */
export function typed(dtype: Dtype, values: readonly number[]): ColumnData['data'] {
  const data = allocate(dtype, values.length);
  values.forEach((value, i) => {
    if (data instanceof BigInt64Array || data instanceof BigUint64Array) data[i] = BigInt(value);
    else data[i] = value;
  });
  return data;
}

/** A batch from plain columns. */
export function batchOf(rows: number, columns: readonly TestColumn[]): RecordBatch {
  const schema = columns.map(
    ({ name, dtype, shape, units, offsets }): ColumnSchema => ({
      name,
      dtype,
      shape: shape ?? [],
      variableLength: offsets !== undefined,
      ...(units === undefined ? {} : { units }),
    }),
  );
  return {
    schema: { name: 'raw', columns: schema },
    rows,
    columns: columns.map(({ dtype, values, offsets }) => ({
      data: typed(dtype, values),
      ...(offsets === undefined ? {} : { offsets: Uint32Array.from(offsets) }),
    })),
  };
}

/** Numbers of one column of a batch. */
export function numbersOf(batch: RecordBatch, name: string): number[] {
  const index = batch.schema.columns.findIndex((column) => column.name === name);
  const column = batch.columns[index];
  if (column === undefined)
    throw new Error(`no column ${name}; there are ${batch.schema.columns.map((one) => one.name).join(', ')}`);
  return Array.from(column.data as Float64Array, Number);
}
