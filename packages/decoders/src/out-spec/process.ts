import {
  allocate,
  type ColumnData,
  type ColumnSchema,
  type DataArray,
  type Dtype,
  dtypes,
  type RecordBatch,
  type TableSchema,
} from '@countroom/records';
import { DecodeError } from '../core/errors.js';

/** Steps of a `proc_spec` on the batches of one table. */
export interface Processing {
  /** Schema of the processed batches. */
  readonly schema: TableSchema;
  readonly apply: (batch: RecordBatch) => RecordBatch;
}

interface Column {
  readonly schema: ColumnSchema;
  readonly get: (batch: RecordBatch) => ColumnData;
}

/** Steps that concern the writing of a file; they are handed on with the batches. */
export const storageSteps: readonly string[] = ['compression', 'hdf5_settings'];

const steps = ['window', 'dsp_config', 'dtype_conv', 'drop', ...storageSteps];

/**
 * Plans the steps `window`, `dtype_conv` and `drop`, in that order. Fields that do not exist are reported through
 * `warn` and passed over. Throws DecodeError for unknown steps, faulty ones, and `dsp_config`, which is no decoder's
 * business.
 */
export function planProcessing(
  schema: TableSchema,
  spec: Readonly<Record<string, unknown>>,
  place: string,
  warn: (text: string) => void,
): Processing {
  for (const step of Object.keys(spec)) {
    if (!steps.includes(step)) {
      throw new DecodeError(`${place}.${step}`, 'there is no such step', `use ${steps.join(', ')}`);
    }
  }
  if (spec['dsp_config'] !== undefined) {
    throw new DecodeError(
      `${place}.dsp_config`,
      'signal processing is not part of decoding',
      'decode first, then process the raw file',
    );
  }
  let columns: Column[] = schema.columns.map((column, index) => ({
    schema: column,
    get: (batch) => batch.columns[index]!,
  }));
  const missing = (step: string, name: string): void =>
    warn(`${place}.${step}: table ${schema.name} has no ${name}`);
  if (spec['window'] !== undefined) columns = windowed(columns, spec['window'], `${place}.window`, missing);
  if (spec['dtype_conv'] !== undefined)
    columns = converted(columns, spec['dtype_conv'], `${place}.dtype_conv`, missing);
  if (spec['drop'] !== undefined) columns = dropped(columns, spec['drop'], `${place}.drop`, missing);
  const planned = { name: schema.name, columns: columns.map((column) => column.schema) };
  return {
    schema: planned,
    apply: (batch) => ({
      schema: planned,
      rows: batch.rows,
      columns: columns.map((column) => column.get(batch)),
    }),
  };
}

type Missing = (step: string, name: string) => void;

function windowed(columns: Column[], step: unknown, place: string, missing: Missing): Column[] {
  const [source, start, stop, name] = (Array.isArray(step) ? step : []) as unknown[];
  if (
    typeof source !== 'string' ||
    typeof name !== 'string' ||
    !isInteger(start) ||
    !isInteger(stop) ||
    start < 0
  ) {
    throw new DecodeError(
      place,
      'this is no window',
      'write ["waveform", start, stop, "new_name"] with start ≥ 0',
    );
  }
  const find = (field: string): Column | undefined =>
    columns.find((one) => one.schema.name === `${source}/${field}`);
  const [values, t0, dt] = [find('values'), find('t0'), find('dt')];
  const samples = values?.schema.shape[0];
  if (values === undefined || t0 === undefined || dt === undefined || samples === undefined) {
    missing('window', `waveform ${source}`);
    return columns;
  }
  const end = Math.min(samples, stop > 0 ? stop : samples + stop);
  const length = end - start;
  if (length <= 0) {
    throw new DecodeError(
      place,
      `nothing is left of ${samples} samples from ${start} to ${stop}`,
      'widen the window',
    );
  }
  const cut = (batch: RecordBatch): ColumnData => {
    const { data } = values.get(batch);
    const result = allocate(values.schema.dtype, batch.rows * length);
    for (let row = 0; row < batch.rows; row++) {
      copy(result, data.subarray(row * samples + start, row * samples + end), row * length);
    }
    return { data: result };
  };
  const shifted = (batch: RecordBatch): ColumnData => {
    const [from, period] = [t0.get(batch).data, dt.get(batch).data];
    const result = allocate(t0.schema.dtype, batch.rows);
    for (let row = 0; row < batch.rows; row++) {
      (result as Float64Array)[row] = Number(from[row]) + start * Number(period[row]);
    }
    return { data: result };
  };
  return [
    ...columns,
    { schema: { ...t0.schema, name: `${name}/t0` }, get: shifted },
    { schema: { ...dt.schema, name: `${name}/dt` }, get: dt.get },
    { schema: { ...values.schema, name: `${name}/values`, shape: [length] }, get: cut },
  ];
}

function converted(columns: Column[], step: unknown, place: string, missing: Missing): Column[] {
  if (typeof step !== 'object' || step === null)
    throw new DecodeError(place, 'this is not an object', 'write {"path": "dtype"}');
  let result = columns;
  for (const [path, dtype] of Object.entries(step)) {
    if (!isDtype(dtype)) {
      throw new DecodeError(
        `${place}.${path}`,
        `${String(dtype)} is no number type`,
        `use one of ${dtypes.join(', ')}`,
      );
    }
    if (!columns.some((column) => column.schema.name === path)) missing('dtype_conv', path);
    result = result.map((column) => (column.schema.name === path ? convert(column, dtype) : column));
  }
  return result;
}

function convert(column: Column, dtype: Dtype): Column {
  return {
    schema: { ...column.schema, dtype },
    get: (batch) => {
      const { data, offsets } = column.get(batch);
      const result = allocate(dtype, data.length);
      if (result instanceof BigInt64Array || result instanceof BigUint64Array) {
        for (let i = 0; i < data.length; i++) result[i] = whole(data[i]!);
      } else {
        for (let i = 0; i < data.length; i++) result[i] = Number(data[i]);
      }
      return offsets === undefined ? { data: result } : { data: result, offsets };
    },
  };
}

/** The integer part; 0 for NaN and infinities. */
function whole(value: number | bigint): bigint {
  if (typeof value === 'bigint') return value;
  return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
}

function dropped(columns: Column[], step: unknown, place: string, missing: Missing): Column[] {
  if (!Array.isArray(step)) throw new DecodeError(place, 'this is not a list', 'write ["name", …]');
  const names = step.map(String);
  const within = (column: Column, name: string): boolean =>
    column.schema.name === name || column.schema.name.startsWith(`${name}/`);
  for (const name of names) if (!columns.some((column) => within(column, name))) missing('drop', name);
  return columns.filter((column) => !names.some((name) => within(column, name)));
}

function copy(target: DataArray, values: DataArray, at: number): void {
  (target as Float64Array).set(values as Float64Array, at);
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isDtype(value: unknown): value is Dtype {
  return dtypes.some((dtype) => dtype === value);
}
