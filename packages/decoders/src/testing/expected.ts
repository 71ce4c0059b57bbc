import type { Dtype } from '@countroom/records';
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
): { readonly differences: string[]; readonly compared: number } {
  const differences: string[] = [];
  let compared = 0;
  for (const [path, object] of Object.entries(expected)) {
    const place = locate(tables, path);
    if (object.undefined_in_reference === true || ofUndefinedVector(expected, path)) continue;
    if (object.sha256 === undefined) {
      const members = /^(?:table|struct)\{(.*)\}$/.exec(object.datatype ?? '')?.[1];
      if (members === undefined) continue;
      const found = membersBelow(tables, path.slice(1));
      if (found !== members) differences.push(`${path}: members ${found} instead of ${members}`);
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

function membersBelow(tables: ReadonlyMap<string, WholeTable>, path: string): string {
  const names = new Set<string>();
  for (const [name, table] of tables) {
    for (const column of table.columns.keys()) {
      const full = `${name}/${column}`;
      if (full.startsWith(`${path}/`)) names.add(full.slice(path.length + 1).split('/')[0]!);
    }
  }
  return [...names].sort().join(',');
}
