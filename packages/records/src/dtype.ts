/** Names of the number types that a column can hold; `bool` is stored as one byte, 0 or 1. */
export const dtypes = [
  'bool',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'float32',
  'float64',
] as const;

/** Number type of a column. 64-bit integers live in BigInt arrays: they never become JavaScript numbers silently. */
export type Dtype = (typeof dtypes)[number];

/** The typed array classes, by dtype. `bool` uses Uint8Array. */
export interface ArrayOf {
  bool: Uint8Array;
  int8: Int8Array;
  uint8: Uint8Array;
  int16: Int16Array;
  uint16: Uint16Array;
  int32: Int32Array;
  uint32: Uint32Array;
  int64: BigInt64Array;
  uint64: BigUint64Array;
  float32: Float32Array;
  float64: Float64Array;
}

/** Any typed array that carries column data. */
export type DataArray = ArrayOf[Dtype];

interface DataArrayConstructor<T> {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): T;
  new (buffer: ArrayBufferLike, byteOffset?: number, length?: number): T;
}

const constructors: { [D in Dtype]: DataArrayConstructor<ArrayOf[D]> } = {
  bool: Uint8Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
};

/** Bytes of one element of a dtype. */
export function bytesPerElement(dtype: Dtype): number {
  return constructors[dtype].BYTES_PER_ELEMENT;
}

/** A zero-filled array of `length` elements. */
export function allocate<D extends Dtype>(dtype: D, length: number): ArrayOf[D] {
  return new constructors[dtype](length);
}

/**
 * A view of `length` elements on a buffer from `byteOffset` (which must be a multiple of the element size).
 * No copy is made: the view lives as long as the buffer's content is left alone.
 */
export function viewOf<D extends Dtype>(
  dtype: D,
  buffer: ArrayBufferLike,
  byteOffset: number,
  length: number,
): ArrayOf[D] {
  return new constructors[dtype](buffer, byteOffset, length);
}

/** True for the two dtypes whose elements are bigints. */
export function isBigDtype(dtype: Dtype): dtype is 'int64' | 'uint64' {
  return dtype === 'int64' || dtype === 'uint64';
}
