import { allocate, type DataObject, type Dtype } from '@countroom/records';
import type { DecodedObject } from '../core/decoder.js';
import { sha256, type WholeTable } from './collect.js';

/** One object of an expected listing, as the test data's JSON files hold them. */
export interface ExpectedObject {
  readonly group?: boolean;
  readonly dtype?: string;
  readonly shape?: readonly number[];
  readonly datatype?: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly sha256?: string;
  readonly undefined_in_reference?: boolean;
}

/** A listing by object path. */
export type ExpectedObjects = Readonly<Record<string, ExpectedObject>>;

const numpyNames: Readonly<Record<Dtype, string>> = {
  bool: '|u1',
  int8: '|i1',
  uint8: '|u1',
  int16: '<i2',
  uint16: '<u2',
  int32: '<i4',
  uint32: '<u4',
  int64: '<i8',
  uint64: '<u8',
  float32: '<f4',
  float64: '<f8',
};

/**
 * Compares tables with a listing: number type, shape, units and hash of every column that the listing defines, and
 * the names of the columns of every table. Returns the differences in words and how many columns were compared.
 * The lengths of vectors whose data are undefined are undefined themselves.
 */
export function compareTables(
  tables: ReadonlyMap<string, WholeTable>,
  expected: ExpectedObjects,
  objects: readonly DecodedObject[] = [],
): { readonly differences: string[]; readonly compared: number } {
  const differences: string[] = [];
  const scalars = new Map(objects.flatMap(({ path, object }) => scalarsOf(`/${path}`, object)));
  let compared = 0;
  for (const [path, object] of Object.entries(expected)) {
    const place = locate(tables, path);
    if (object.undefined_in_reference === true || ofUndefinedVector(expected, path)) continue;
    if (object.sha256 === undefined) {
      const members = /^(?:table|struct)\{(.*)\}$/.exec(object.datatype ?? '')?.[1];
      if (members === undefined) continue;
      const found = membersBelow(tables, path.slice(1)) || membersOf([...scalars.keys()], path);
      if (found !== members) differences.push(`${path}: members ${found} instead of ${members}`);
      continue;
    }
    const scalar = scalars.get(path);
    if (scalar !== undefined) {
      compared++;
      const same = scalar.dtype === object.dtype && scalar.sha256 === object.sha256;
      if (!same)
        differences.push(`${path}: ${scalar.dtype} ${scalar.value} instead of ${JSON.stringify(object)}`);
      continue;
    }
    const column = place?.table.columns.get(place.column);
    if (place === undefined || column === undefined) {
      differences.push(`${path}: missing`);
      continue;
    }
    compared++;
    const lengths = place.part === 'cumulative_length';
    const data = lengths ? column.cumulative! : column.data;
    const dtype = lengths ? '<i8' : numpyNames[column.dtype];
    const shape = lengths ? [place.table.rows] : column.shape;
    const units = object.attrs?.['units'];
    if (dtype !== object.dtype) differences.push(`${path}: ${dtype} instead of ${object.dtype}`);
    if (String(shape) !== String(object.shape))
      differences.push(`${path}: shape ${String(shape)} instead of ${String(object.shape)}`);
    else if (sha256(data) !== object.sha256)
      differences.push(`${path}: other values, first ${String(data.subarray(0, 3))}`);
    if (units !== undefined && units !== column.units) {
      differences.push(`${path}: units ${column.units} instead of ${JSON.stringify(units)}`);
    }
  }
  return { differences, compared };
}

interface Place {
  readonly table: WholeTable;
  readonly column: string;
  readonly part?: string;
}

function locate(tables: ReadonlyMap<string, WholeTable>, path: string): Place | undefined {
  for (const [name, table] of tables) {
    if (!path.startsWith(`/${name}/`)) continue;
    const inner = path.slice(name.length + 2);
    const part = /\/(cumulative_length|flattened_data)$/.exec(inner)?.[1];
    return part === undefined
      ? { table, column: inner }
      : { table, column: inner.slice(0, -part.length - 1), part };
  }
  return undefined;
}

function ofUndefinedVector(expected: ExpectedObjects, path: string): boolean {
  const vector = /^(.*)\/cumulative_length$/.exec(path)?.[1];
  return vector !== undefined && expected[`${vector}/flattened_data`]?.undefined_in_reference === true;
}

interface HashedScalar {
  readonly dtype: string;
  readonly value: string;
  readonly sha256: string;
}

function scalarsOf(path: string, object: DataObject): [string, HashedScalar][] {
  if (object.kind === 'struct') {
    return [...object.fields].flatMap(([name, field]) => scalarsOf(`${path}/${name}`, field));
  }
  if (object.kind !== 'scalar') return [];
  if (typeof object.value === 'string') {
    const bytes = new TextEncoder().encode(object.value);
    return [[path, { dtype: 'vlen-string', value: object.value, sha256: sha256(bytes) }]];
  }
  if (object.dtype === undefined) return [];
  const data = allocate(object.dtype, 1);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) data[0] = BigInt(object.value);
  else data[0] = Number(object.value);
  return [[path, { dtype: numpyNames[object.dtype], value: String(object.value), sha256: sha256(data) }]];
}

function membersOf(paths: readonly string[], path: string): string {
  const below = paths.filter((other) => other.startsWith(`${path}/`));
  return [...new Set(below.map((other) => other.slice(path.length + 1).split('/')[0]))].sort().join(',');
}

function membersBelow(tables: ReadonlyMap<string, WholeTable>, path: string): string {
  const columns = [...tables].flatMap(([name, table]) =>
    [...table.columns.keys()].map((column) => `${name}/${column}`),
  );
  return membersOf(columns, path);
}
