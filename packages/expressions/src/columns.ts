import {
  type DataObject,
  type Dtype,
  elementsPerRow,
  type NdArray,
  type Opaque,
  type Table,
  type VectorOfVectors,
} from '@countroom/records';
import type { ColumnType, Kind, Vector } from './vector.js';

const kindOf: Readonly<Record<Dtype, Kind>> = {
  bool: 'bool',
  int8: 'int32',
  uint8: 'int32',
  int16: 'int32',
  uint16: 'int32',
  int32: 'int32',
  uint32: 'int64',
  int64: 'int64',
  uint64: 'int64',
  float32: 'float32',
  float64: 'float64',
};

/** Types of the columns that expressions can use, by name; nested ones as `table__column`. */
export function columnTypes(table: Table, prefix = ''): Map<string, ColumnType> {
  const types = new Map<string, ColumnType>();
  for (const [name, column] of table.columns) {
    if (column.kind === 'table') {
      for (const entry of columnTypes(column, `${prefix}${name}__`)) types.set(...entry);
      continue;
    }
    const type = typeOf(column);
    if (type !== undefined) types.set(prefix + name, type);
  }
  return types;
}

/** Type of a column in expressions: numbers per row, or lists of any depth; undefined for texts and other things. */
export function typeOf(column: DataObject): ColumnType | undefined {
  if (column.kind === 'array') {
    const { length } = column.shape;
    return length === 0 ? undefined : { kind: kindOf[column.dtype], depth: Math.min(1, length - 1) };
  }
  if (column.kind === 'opaque') return isComplex(column) ? { kind: 'complex128', depth: 0 } : undefined;
  if (column.kind !== 'vov' || column.flattened.kind === 'strings') return undefined;
  const inner = typeOf(column.flattened);
  return inner === undefined ? undefined : { kind: inner.kind, depth: inner.depth + 1 };
}

/** Why a name cannot be used in an expression although there is such a column; undefined when it can, or is not there. */
export function unusable(table: Table, name: string): string | undefined {
  const column = columnAt(table, name);
  return column === undefined || typeOf(column) !== undefined
    ? undefined
    : `column ${name} does not hold numbers`;
}

/** The column of a name, nested ones as `table__column`. */
export function columnAt(table: Table, name: string): DataObject | undefined {
  const direct = table.columns.get(name);
  if (direct !== undefined) return direct;
  for (let cut = name.indexOf('__'); cut > 0; cut = name.indexOf('__', cut + 1)) {
    const nested = table.columns.get(name.slice(0, cut));
    if (nested?.kind === 'table') return columnAt(nested, name.slice(cut + 2));
  }
  return undefined;
}

/**
 * A column as the values of an expression: narrow integers are widened, other numbers are not copied; axes behind the
 * first one make one list per row. Throws a TypeError for what {@link typeOf} has no type for.
 */
export function toVector(column: DataObject): Vector {
  if (column.kind === 'array' && column.shape.length > 0) return arrayVector(column);
  if (column.kind === 'opaque' && isComplex(column)) return complexNumbers(column);
  if (column.kind === 'vov' && column.flattened.kind !== 'strings') {
    const inner = toVector(column.flattened);
    return { ...inner, offsets: [listStarts(column), ...(inner.offsets ?? [])] };
  }
  throw new TypeError('the column does not hold numbers');
}

/**
 * A result as a column with one entry per row: an array, or a vector of vectors.
 * Missing elements become NaN; throws a TypeError when integers or truth values are missing, and for complex numbers, for
 * which there is {@link toComplexColumn}.
 */
export function toColumn(vector: Vector, attrs: NdArray['attrs'] = {}): NdArray | VectorOfVectors {
  if (vector.kind === 'complex128') throw new TypeError('complex numbers have a form of their own');
  let column: NdArray | VectorOfVectors = plain(vector.kind, values(vector));
  for (const offsets of [...(vector.offsets ?? [])].reverse()) {
    const ends = Uint32Array.from(offsets.subarray(1));
    column = { kind: 'vov', cumulative: plain('uint32', ends), flattened: column, attrs: {} };
  }
  return { ...column, attrs };
}

/** Complex numbers as a column, as LH5 files hold them: pairs of float64 (r, i). Missing ones become NaN. */
export function toComplexColumn({ data, imaginary, valid }: Vector, attrs: NdArray['attrs'] = {}): Opaque {
  const rows = data.length;
  const pairs = new Float64Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    const isMissing = valid?.[row] === 0;
    pairs[2 * row] = isMissing ? Number.NaN : Number(data[row]);
    pairs[2 * row + 1] = isMissing ? Number.NaN : imaginary![row]!;
  }
  const part = { type: 1, size: 8, signed: false, littleEndian: true, vlen: false };
  const members = ['r', 'i'].map((name, k) => ({ ...part, name, offset: 8 * k }));
  return {
    kind: 'opaque',
    datatype: complexArray,
    elementType: { ...part, type: 6, size: 16, compound_type: { nmembers: 2, members } },
    elementBytes: 16,
    shape: [rows],
    bytes: new Uint8Array(pairs.buffer),
    attrs,
  };
}

const complexArray = 'array<1>{complex}';

/** Pairs of float32 or float64, one per row, in this machine's order of bytes. */
function isComplex({ datatype, elementBytes, elementType, shape }: Opaque): boolean {
  const swapped = (elementType as { readonly littleEndian?: unknown } | undefined)?.littleEndian === false;
  return (
    datatype === complexArray && shape.length === 1 && (elementBytes === 8 || elementBytes === 16) && !swapped
  );
}

function complexNumbers({ bytes, elementBytes }: Opaque): Vector {
  // What was read may stand at any place in memory.
  const { buffer } = bytes.slice();
  const parts = elementBytes === 8 ? new Float32Array(buffer) : new Float64Array(buffer);
  const rows = parts.length / 2;
  const [data, imaginary] = [new Float64Array(rows), new Float64Array(rows)];
  for (let row = 0; row < rows; row++) {
    data[row] = parts[2 * row]!;
    imaginary[row] = parts[2 * row + 1]!;
  }
  return { kind: 'complex128', data, imaginary, step: 1 };
}

function plain(dtype: Dtype, data: NdArray['data']): NdArray {
  return { kind: 'array', flavor: 'array', dtype, shape: [data.length], data, attrs: {} };
}

function values({ kind, data, valid }: Vector): NdArray['data'] {
  const missing = valid?.indexOf(0) ?? -1;
  if (valid === undefined || missing < 0) return data;
  if (kind !== 'float32' && kind !== 'float64') {
    throw new TypeError(`there is no value for element ${missing}: give one with ak.fill_none(…, value)`);
  }
  return (data as Float64Array).map((value, i) => (valid[i] === 0 ? Number.NaN : value));
}

function listStarts({ cumulative }: VectorOfVectors): Int32Array {
  const { data } = cumulative;
  const starts = new Int32Array(data.length + 1);
  for (let i = 0; i < data.length; i++) starts[i + 1] = Number(data[i]);
  return starts;
}

function arrayVector(column: NdArray): Vector {
  const vector = numbers(column);
  if (column.shape.length === 1) return vector;
  const width = elementsPerRow(column.shape);
  const starts = Int32Array.from({ length: column.shape[0]! + 1 }, (_, row) => row * width);
  return { ...vector, offsets: [starts] };
}

function numbers(column: NdArray): Vector {
  const kind = kindOf[column.dtype];
  const { data } = column;
  switch (column.dtype) {
    case 'bool':
      return { kind, data: data as Uint8Array, step: 1 };
    case 'uint64':
      return {
        kind,
        data: new BigInt64Array((data as BigUint64Array).buffer, data.byteOffset, data.length),
        step: 1,
      };
    case 'int32':
    case 'int64':
    case 'float32':
    case 'float64':
      return { kind, data: data as Float64Array, step: 1 };
    case 'uint32':
      return { kind, data: widened(data as Uint32Array), step: 1 };
    default:
      return { kind, data: new Int32Array(data as Int16Array), step: 1 };
  }
}

/** 32-bit numbers as 64-bit ones: the upper halves stay 0. */
function widened(data: Uint32Array): BigInt64Array {
  const out = new BigInt64Array(data.length);
  const halves = new Uint32Array(out.buffer);
  for (let i = 0; i < data.length; i++) halves[2 * i] = data[i]!;
  return out;
}
