import type { DataArray, Dtype } from './dtype.js';

/** Value of one attribute of a data object, as HDF5 files carry them. */
export type AttributeValue =
  | string
  | number
  | bigint
  | boolean
  | readonly number[]
  | readonly bigint[]
  | readonly string[];

/** Attributes beside `datatype` (which follows from the object): units, codec parameters, anything unknown. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** One number, truth value or text. */
export interface Scalar {
  readonly kind: 'scalar';
  readonly value: number | bigint | boolean | string;
  /** Width of a number when known. */
  readonly dtype?: Dtype;
  /** Element kind when it does not follow from the value: `symbol`. */
  readonly element?: string;
  readonly attrs: Attributes;
}

/**
 * Array of any rank, row-major, first axis = rows. `flavor` decides the datatype that is written:
 * `aoesa` is an array of equal-sized arrays, all axes behind `outerRank` belonging to one row.
 */
export interface NdArray {
  readonly kind: 'array';
  readonly flavor: 'array' | 'fixedsize' | 'aoesa';
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: DataArray;
  /** Leading axes that count rows in an `aoesa`; 1 when absent. */
  readonly outerRank?: number;
  /** Element kind when it does not follow from the dtype: `detectorid` or `enum{NAME=1,…}`. */
  readonly element?: string;
  readonly attrs: Attributes;
}

/** Array of texts. */
export interface StringArray {
  readonly kind: 'strings';
  readonly values: readonly string[];
  /** Shape when there is more than one axis; row-major. */
  readonly shape?: readonly number[];
  /** Element kind when it is not `string`: `symbol`. */
  readonly element?: string;
  readonly attrs: Attributes;
}

/**
 * Vector of vectors: row i is `flattened[cumulative[i-1] .. cumulative[i])` (0 before the first row). Nested
 * when `flattened` is itself a vector of vectors.
 */
export interface VectorOfVectors {
  readonly kind: 'vov';
  readonly cumulative: NdArray;
  readonly flattened: NdArray | StringArray | VectorOfVectors;
  readonly attrs: Attributes;
}

/** Named objects of any kind and length. */
export interface Struct {
  readonly kind: 'struct';
  readonly fields: ReadonlyMap<string, DataObject>;
  /** The datatype attribute when it is another one than `struct{…}` (one that is not understood), kept as it is. */
  readonly datatype?: string;
  readonly attrs: Attributes;
}

/** Named columns that all have `rows` rows; a table of exactly dt, t0 and values is a waveform. */
export interface Table {
  readonly kind: 'table';
  readonly rows: number;
  readonly columns: ReadonlyMap<string, DataObject>;
  readonly attrs: Attributes;
}

/** Rows kept in a waveform codec's bytes; `decodedSize` is per row (vov) or one number for all rows. */
export interface Encoded {
  readonly kind: 'encoded';
  readonly flavor: 'vov' | 'aoesa';
  readonly encoded: VectorOfVectors;
  readonly decodedSize: NdArray | Scalar;
  /** Element kind of the decoded rows; `real` when absent. */
  readonly element?: string;
  readonly attrs: Attributes;
}

/**
 * Data whose meaning is not known here (an unknown datatype, complex numbers, blobs): its bytes as they are, so that
 * it can be shown as such and copied without loss. The first axis counts rows when `shape` is not empty.
 */
export interface Opaque {
  readonly kind: 'opaque';
  /** The datatype attribute; undefined when there was none. */
  readonly datatype: string | undefined;
  /** Description of the element type in the file, for the library that read it. */
  readonly elementType: unknown;
  readonly elementBytes: number;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
  readonly attrs: Attributes;
}

/** Anything that an LH5 file can hold. */
export type DataObject = Scalar | NdArray | StringArray | VectorOfVectors | Struct | Table | Encoded | Opaque;
