import {
  type DataArray,
  type DataObject,
  elementsPerRow,
  endOffset,
  type NdArray,
  rowsOf,
  type VectorOfVectors,
} from '@countroom/records';

/** What a value becomes: plain JSON that loses nothing. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/**
 * One number as JSON: 64-bit integers as decimal text, NaN and infinities as `NaN`, `Infinity`, `-Infinity`, all others as
 * numbers (float32 with the value that it has as float64).
 */
export function jsonNumber(value: number | bigint): number | string {
  if (typeof value === 'bigint') return value.toString();
  return Number.isFinite(value) ? value : String(value);
}

function element(data: DataArray, truth: boolean, index: number): JsonValue {
  const value = data[index]!;
  return truth ? value !== 0 : jsonNumber(value);
}

function nested(array: NdArray, shape: readonly number[], first: number): JsonValue {
  const [extent, ...inner] = shape;
  if (extent === undefined) return element(array.data, array.dtype === 'bool', first);
  const width = inner.reduce((total, next) => total * next, 1);
  return Array.from({ length: extent }, (_, k) => nested(array, inner, first + k * width));
}

function vectorRow(vov: VectorOfVectors, row: number): JsonValue {
  const first = endOffset(vov, row - 1);
  return Array.from({ length: endOffset(vov, row) - first }, (_, k) => jsonRow(vov.flattened, first + k));
}

const hexadecimal = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function mapped(
  fields: ReadonlyMap<string, DataObject>,
  value: (object: DataObject) => JsonValue,
): JsonValue {
  // A null prototype would surprise callers; defining properties keeps a field called __proto__ harmless.
  const object: Record<string, JsonValue> = {};
  for (const [name, field] of fields)
    Object.defineProperty(object, name, {
      value: value(field),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return object;
}

/**
 * One row as JSON: tables as objects by column, vectors as arrays, texts as text, truth values as booleans, encoded and
 * opaque rows as hexadecimal bytes. Throws a TypeError for objects without rows.
 */
export function jsonRow(object: DataObject, row: number): JsonValue {
  switch (object.kind) {
    case 'array':
      return nested(object, object.shape.slice(1), row * elementsPerRow(object.shape));
    case 'strings': {
      if (object.shape === undefined || object.shape.length === 1) return object.values[row]!;
      const width = elementsPerRow(object.shape);
      return object.values.slice(row * width, (row + 1) * width);
    }
    case 'vov':
      return vectorRow(object, row);
    case 'table':
      return mapped(object.columns, (column) => jsonRow(column, row));
    case 'encoded': {
      const { flattened } = object.encoded;
      const code =
        flattened.kind === 'array' && flattened.data instanceof Uint8Array
          ? flattened.data
          : new Uint8Array(0);
      return hexadecimal(code.subarray(endOffset(object.encoded, row - 1), endOffset(object.encoded, row)));
    }
    case 'opaque': {
      const width = elementsPerRow(object.shape) * object.elementBytes;
      return hexadecimal(object.bytes.subarray(row * width, (row + 1) * width));
    }
    case 'scalar':
    case 'struct':
      throw new TypeError(`a ${object.kind} has no rows`);
  }
}

/** A whole object as JSON: what has rows as an array of rows, a struct as an object, a scalar as its value. */
export function jsonOf(object: DataObject): JsonValue {
  if (object.kind === 'struct') return mapped(object.fields, jsonOf);
  if (object.kind === 'scalar') {
    const { value } = object;
    return typeof value === 'number' || typeof value === 'bigint' ? jsonNumber(value) : value;
  }
  if (object.kind === 'opaque' && object.shape.length === 0) return hexadecimal(object.bytes);
  return Array.from({ length: rowsOf(object) }, (_, row) => jsonRow(object, row));
}
