import type { CoincidenceMap } from '@countroom/events';
import { StageError } from '@countroom/pipeline';
import type {
  Attributes,
  DataArray,
  DataObject,
  Dtype,
  NdArray,
  Table,
  VectorOfVectors,
} from '@countroom/records';

/** A further column of a map: a number per hit. */
export interface MapField {
  readonly name: string;
  readonly dtype: Dtype;
  readonly data: DataArray;
}

/** A map as LH5 files hold it: vectors of vectors of table keys, rows and further fields, one entry per event. */
export function mapTable(
  map: CoincidenceMap,
  keys: readonly number[],
  attrs: Attributes,
  fields: readonly MapField[] = [],
): Table {
  const cumulative = array('uint32', Uint32Array.from(map.ends));
  const lists = (data: DataArray, dtype: Dtype = 'int32'): VectorOfVectors => ({
    kind: 'vov',
    cumulative,
    flattened: array(dtype, data),
    attrs: {},
  });
  const columns = new Map<string, DataObject>([
    ['table_key', lists(map.table.map((table) => keys[table]!))],
    ['row_in_table', lists(map.row)],
    ...fields.map(({ name, dtype, data }): [string, DataObject] => [name, lists(data, dtype)]),
  ]);
  return { kind: 'table', rows: map.ends.length, columns, attrs };
}

/** Events of a map file: per hit the key of its table and its row there, and where each event ends. */
export interface KeyedMap {
  readonly key: Int32Array;
  readonly row: Int32Array;
  readonly ends: Int32Array;
}

/** Reads the events of a map. Throws a StageError when the table holds something else. */
export function readMap(stage: string, path: string, table: Table): KeyedMap {
  const keys = table.columns.get('table_key');
  const rows = table.columns.get('row_in_table');
  if (keys?.kind !== 'vov' || rows?.kind !== 'vov') {
    const known = [...table.columns.keys()].join(', ');
    throw new StageError(
      stage,
      `${path} is no coincidence map with table_key and row_in_table; it has ${known}`,
    );
  }
  const [key, row] = [integers(stage, path, keys), integers(stage, path, rows)];
  if (key.length !== row.length) {
    throw new StageError(stage, `${path} is damaged: ${key.length} table keys, ${row.length} rows`);
  }
  return { key, row, ends: Int32Array.from(keys.cumulative.data as Uint32Array, Number) };
}

/** The keys of all hits of some events. Throws a StageError when the table holds something else. */
export function readKeys(stage: string, path: string, table: Table): Int32Array {
  const keys = table.columns.get('table_key');
  if (keys?.kind === 'vov') return integers(stage, path, keys);
  const known = [...table.columns.keys()].join(', ');
  throw new StageError(stage, `${path} is no coincidence map with table_key; it has ${known}`);
}

function integers(stage: string, path: string, { flattened, cumulative }: VectorOfVectors): Int32Array {
  if (flattened.kind !== 'array') throw new StageError(stage, `${path} does not hold lists of numbers`);
  const end = Number(cumulative.data[cumulative.data.length - 1] ?? 0);
  const { data } = flattened;
  if (data instanceof BigInt64Array || data instanceof BigUint64Array)
    return Int32Array.from(data.subarray(0, end) as BigInt64Array, Number);
  return Int32Array.from(data.subarray(0, end));
}

/** A plain array. */
export function array(dtype: Dtype, data: DataArray): NdArray {
  return { kind: 'array', flavor: 'array', dtype, shape: [data.length], data, attrs: {} };
}
