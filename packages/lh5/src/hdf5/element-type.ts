import { type DataArray, type Dtype, viewOf } from '@countroom/records';

/** Type classes of HDF5 that matter here. */
export const typeClass = {
  integer: 0,
  float: 1,
  string: 3,
  bitField: 4,
  opaque: 5,
  compound: 6,
  reference: 7,
  enumeration: 8,
  vector: 9,
  array: 10,
} as const;

/** Description of an element type, as far as it matters here; a part of what the library calls metadata. */
export interface ElementDescription {
  /** One of {@link typeClass}. */
  readonly type: number;
  /** Bytes of one element. */
  readonly size: number;
  readonly signed: boolean;
  readonly littleEndian: boolean;
  /** Variable length. */
  readonly vlen: boolean;
  /** Character set of texts: 0 ASCII, 1 UTF-8. */
  readonly cset?: number;
  /** Padding of texts: 0 zero-terminated, 1 zeros, 2 spaces. */
  readonly strpad?: number;
  readonly enum_type?: {
    readonly type: number;
    readonly nmembers: number;
    readonly members: Readonly<Record<string, number>>;
  };
  readonly compound_type?: {
    readonly nmembers: number;
    readonly members: readonly (ElementDescription & { readonly name: string; readonly offset: number })[];
  };
  /** Elements of an array type, with its extents. */
  readonly array_type?: ElementDescription & { readonly shape: readonly number[] | null };
  /** Elements of lists of variable length that are no texts. */
  readonly vlen_type?: ElementDescription;
  /** The type as the file has it, where it was read without the library. */
  readonly message?: Uint8Array;
}

/** What one element of a dataset or attribute is. */
export type ElementType =
  | { readonly kind: 'number'; readonly dtype: Dtype }
  | { readonly kind: 'string'; readonly variable: boolean; readonly spacePadded: boolean }
  | { readonly kind: 'opaque' };

const integers: Readonly<Record<string, Dtype>> = {
  s1: 'int8',
  u1: 'uint8',
  s2: 'int16',
  u2: 'uint16',
  s4: 'int32',
  u4: 'uint32',
  s8: 'int64',
  u8: 'uint64',
};

const spacePad = 2;

function isTruthEnum(metadata: ElementDescription): boolean {
  const members = metadata.enum_type?.members;
  return (
    metadata.size === 1 &&
    members?.['FALSE'] === 0 &&
    members['TRUE'] === 1 &&
    metadata.enum_type?.nmembers === 2
  );
}

function integerType(metadata: ElementDescription): ElementType {
  const dtype = integers[`${metadata.signed ? 's' : 'u'}${metadata.size}`];
  return dtype === undefined ? { kind: 'opaque' } : { kind: 'number', dtype };
}

/** What the elements of a described type are; types without a counterpart in memory are opaque. */
export function elementType(metadata: ElementDescription): ElementType {
  switch (metadata.type) {
    case typeClass.integer:
      return integerType(metadata);
    case typeClass.float:
      if (metadata.size === 4) return { kind: 'number', dtype: 'float32' };
      return metadata.size === 8 ? { kind: 'number', dtype: 'float64' } : { kind: 'opaque' };
    case typeClass.enumeration:
      if (isTruthEnum(metadata)) return { kind: 'number', dtype: 'bool' };
      return metadata.enum_type?.type === typeClass.integer ? integerType(metadata) : { kind: 'opaque' };
    case typeClass.string:
      return {
        kind: 'string',
        variable: metadata.vlen,
        spacePadded: metadata.strpad === spacePad && !metadata.vlen,
      };
    default:
      return { kind: 'opaque' };
  }
}

/** Bytes of numbers as a typed array, without a copy. */
export function numbersFrom(dtype: Dtype, bytes: Uint8Array<ArrayBuffer>): DataArray {
  return viewOf(dtype, bytes.buffer, bytes.byteOffset, bytes.byteLength / sizeOf(dtype));
}

function sizeOf(dtype: Dtype): number {
  return viewOf(dtype, new ArrayBuffer(0), 0, 0).BYTES_PER_ELEMENT;
}

const utf8 = new TextDecoder();

/** Fixed-length texts: cut at the first zero byte, padding spaces cut away where the file says that they are padding. */
export function fixedTexts(bytes: Uint8Array, width: number, spacePadded: boolean): string[] {
  const texts: string[] = [];
  for (let at = 0; at + width <= bytes.length; at += width) {
    const field = bytes.subarray(at, at + width);
    const zero = field.indexOf(0);
    const text = utf8.decode(zero < 0 ? field : field.subarray(0, zero));
    texts.push(spacePadded ? text.replace(/ +$/, '') : text);
  }
  return texts;
}

const numberTypes: Readonly<Record<Dtype, { type: number; size: number; signed: boolean }>> = {
  bool: { type: typeClass.integer, size: 1, signed: false },
  int8: { type: typeClass.integer, size: 1, signed: true },
  uint8: { type: typeClass.integer, size: 1, signed: false },
  int16: { type: typeClass.integer, size: 2, signed: true },
  uint16: { type: typeClass.integer, size: 2, signed: false },
  int32: { type: typeClass.integer, size: 4, signed: true },
  uint32: { type: typeClass.integer, size: 4, signed: false },
  int64: { type: typeClass.integer, size: 8, signed: true },
  uint64: { type: typeClass.integer, size: 8, signed: false },
  float32: { type: typeClass.float, size: 4, signed: false },
  float64: { type: typeClass.float, size: 8, signed: false },
};

/** Type of numbers in a file; truth values are written as uint8. */
export function numberType(dtype: Dtype): ElementDescription {
  return { ...numberTypes[dtype], littleEndian: true, vlen: false };
}

/** Type of texts in a file: variable length, or fixed to `width` bytes, zero padded. */
export function textType(width: number | 'variable', ascii: boolean): ElementDescription {
  const variable = width === 'variable';
  // The library pads fixed UTF-8 texts with spaces; the plain character set keeps zero padding and the same bytes.
  return {
    type: typeClass.string,
    size: variable ? 4 : width,
    signed: false,
    littleEndian: true,
    vlen: variable,
    cset: variable && !ascii ? 1 : 0,
  };
}
