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

/** Runs a `dsp_config` on batches: what it makes of the first rows of a table. The columns are added to the table's. */
export type SignalProcessor = (request: {
  /** The `dsp_config`. */
  readonly config: unknown;
  /** First rows of the table. */
  readonly sample: RecordBatch;
  /** Where the configuration stands, for messages. */
  readonly place: string;
  readonly warn: (text: string) => void;
}) => Processing;

/** Steps that concern the writing of a file; they are handed on with the batches. */
export const storageSteps: readonly string[] = ['compression', 'hdf5_settings'];

const steps = ['window', 'dsp_config', 'dtype_conv', 'drop', ...storageSteps];

/** What the steps of one table are planned with. */
export interface ProcessingPlan {
  /** Where the specification stands, for messages. */
  readonly place: string;
  readonly warn: (text: string) => void;
  /** Runs `dsp_config`; without it that step is refused. */
  readonly signals?: SignalProcessor;
}

/**
 * Plans the steps `window`, `dsp_config`, `dtype_conv` and `drop`, in that order, for tables like `sample`: its rows count
 * for `dsp_config` alone. Fields that do not exist are reported through `warn` and passed over. Throws DecodeError for
 * unknown steps and faulty ones.
 */
export function planProcessing(
  sample: RecordBatch,
  spec: Readonly<Record<string, unknown>>,
  { place, warn, signals }: ProcessingPlan,
): Processing {
  checkSteps(spec, place);
  const { schema } = sample;
  let columns: Column[] = schema.columns.map((column, index) => ({
    schema: column,
    get: (batch) => batch.columns[index]!,
  }));
  const missing = (step: string, name: string): void =>
    warn(`${place}.${step}: table ${schema.name} has no ${name}`);
  if (spec['window'] !== undefined) columns = windowed(columns, spec['window'], `${place}.window`, missing);
  if (spec['dsp_config'] !== undefined) {
    const at = `${place}.dsp_config`;
    if (signals === undefined) {
      throw new DecodeError(
        at,
        'signal processing is not part of decoding',
        'decode first, then process the raw file',
      );
    }
    const before = assemble(schema.name, columns);
    const chain = signals({ config: spec['dsp_config'], sample: before.apply(sample), place: at, warn });
    columns = joined(columns, before, chain);
  }
  if (spec['dtype_conv'] !== undefined)
    columns = converted(columns, spec['dtype_conv'], `${place}.dtype_conv`, missing);
  if (spec['drop'] !== undefined) columns = dropped(columns, spec['drop'], `${place}.drop`, missing);
  return assemble(schema.name, columns);
}

/** Throws DecodeError when a specification names a step that there is not. */
export function checkSteps(spec: Readonly<Record<string, unknown>>, place: string): void {
  for (const step of Object.keys(spec)) {
    if (!steps.includes(step)) {
      throw new DecodeError(`${place}.${step}`, 'there is no such step', `use ${steps.join(', ')}`);
    }
  }
}

function assemble(name: string, columns: readonly Column[]): Processing {
  const schema = { name, columns: columns.map((column) => column.schema) };
  return {
    schema,
    apply: (batch) => ({ schema, rows: batch.rows, columns: columns.map((column) => column.get(batch)) }),
  };
}

/** The columns and those that a chain makes of them; what has the name of one of these gives way. */
function joined(columns: readonly Column[], before: Processing, chain: Processing): Column[] {
  const results = new WeakMap<RecordBatch, RecordBatch>();
  const run = (batch: RecordBatch): RecordBatch => {
    const known = results.get(batch);
    if (known !== undefined) return known;
    const result = chain.apply(before.apply(batch));
    results.set(batch, result);
    return result;
  };
  const made = chain.schema.columns.map((column, index) => ({
    schema: column,
    get: (batch: RecordBatch): ColumnData => run(batch).columns[index]!,
  }));
  const names = new Set(made.map(({ schema }) => schema.name));
  return [...columns.filter(({ schema }) => !names.has(schema.name)), ...made];
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
