import type { DataArray } from '@countroom/records';
import { type ElementDescription, elementType, fixedTexts, numbersFrom, typeClass } from './element-type.js';

/**
 * A value of any HDF5 type: numbers (64-bit ones as bigint), truth values, texts; compounds by member; arrays and lists of
 * variable length as lists; references and opaque bytes as hexadecimal text.
 */
export type Hdf5Value =
  | number
  | bigint
  | boolean
  | string
  | readonly Hdf5Value[]
  | { readonly [member: string]: Hdf5Value };

/** Finds what is kept elsewhere: the bytes behind a reference to something of variable length, given their number. */
export type VariableBytes = (
  reference: Uint8Array<ArrayBuffer>,
  elementBytes: number,
) => Uint8Array<ArrayBuffer>;

type Reader = (bytes: Uint8Array<ArrayBuffer>) => Hdf5Value;

const utf8 = new TextDecoder();

function littleEndian(bytes: Uint8Array<ArrayBuffer>, type: ElementDescription): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice(0, type.size);
  return type.littleEndian ? copy : copy.reverse();
}

/** IEEE 754 half precision. */
function half(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function hexadecimal(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function isHalf({ type, size }: ElementDescription): boolean {
  return type === typeClass.float && size === 2;
}

function asInteger(type: ElementDescription): ElementDescription {
  return type.type === typeClass.bitField ? { ...type, type: typeClass.integer, signed: false } : type;
}

function textReader(type: ElementDescription, variable: VariableBytes, spacePadded: boolean): Reader {
  if (!type.vlen) return (bytes) => fixedTexts(bytes.subarray(0, type.size), type.size, spacePadded)[0] ?? '';
  return (bytes) => {
    const text = variable(bytes, 1);
    const end = text.indexOf(0);
    return utf8.decode(end < 0 ? text : text.subarray(0, end));
  };
}

function listReader(element: ElementDescription, variable: VariableBytes): Reader {
  const read = readerOf(element, variable);
  return (bytes) => {
    const values = variable(bytes, element.size);
    const count = Math.floor(values.byteLength / element.size);
    return Array.from({ length: count }, (_, k) => read(values.subarray(k * element.size)));
  };
}

function arrayReader(element: ElementDescription, shape: readonly number[], variable: VariableBytes): Reader {
  const read = readerOf(element, variable);
  const nested = (bytes: Uint8Array<ArrayBuffer>, [extent, ...inner]: readonly number[]): Hdf5Value => {
    if (extent === undefined) return read(bytes);
    const width = inner.reduce((total, next) => total * next, element.size);
    return Array.from({ length: extent }, (_, k) => nested(bytes.subarray(k * width), inner));
  };
  return (bytes) => nested(bytes, shape);
}

function compoundReader(
  { members }: NonNullable<ElementDescription['compound_type']>,
  variable: VariableBytes,
): Reader {
  const readers = members.map(({ name, offset, ...type }) => ({
    name,
    offset,
    read: readerOf(type, variable),
  }));
  return (bytes) => {
    const value: Record<string, Hdf5Value> = {};
    // Defining keeps a member called __proto__ harmless.
    for (const { name, offset, read } of readers)
      Object.defineProperty(value, name, {
        value: read(bytes.subarray(offset)),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    return value;
  };
}

/** How one element of a type is read from where it begins. */
function readerOf(given: ElementDescription, variable: VariableBytes): Reader {
  const type = asInteger(given);
  if (isHalf(type)) return (bytes) => half(new DataView(littleEndian(bytes, type).buffer).getUint16(0, true));
  const element = type.type === typeClass.array ? type.array_type : undefined;
  if (element !== undefined) return arrayReader(element, element.shape ?? [], variable);
  if (type.type === typeClass.compound && type.compound_type !== undefined)
    return compoundReader(type.compound_type, variable);
  if (type.type === typeClass.vector && type.vlen_type !== undefined)
    return listReader(type.vlen_type, variable);
  const known = elementType(type);
  switch (known.kind) {
    case 'string':
      return textReader(type, variable, known.spacePadded);
    case 'number':
      return (bytes) => {
        const value = numbersFrom(known.dtype, littleEndian(bytes, type))[0]!;
        return known.dtype === 'bool' ? Number(value) !== 0 : value;
      };
    case 'opaque':
      return (bytes) => hexadecimal(bytes.subarray(0, type.size));
  }
}

/** Elements of any type as values, one behind the other; single numbers (half precision as float32) as a typed array. */
export function elementValues(
  bytes: Uint8Array<ArrayBuffer>,
  given: ElementDescription,
  variable: VariableBytes,
): DataArray | readonly Hdf5Value[] {
  const type = asInteger(given);
  const known = elementType(type);
  if (known.kind === 'number') {
    if (!type.littleEndian)
      for (let at = 0; at + type.size <= bytes.byteLength; at += type.size)
        bytes.subarray(at, at + type.size).reverse();
    return numbersFrom(known.dtype, bytes);
  }
  const read = readerOf(type, variable);
  const count = type.size === 0 ? 0 : Math.floor(bytes.byteLength / type.size);
  if (isHalf(type))
    return Float32Array.from({ length: count }, (_, k) => Number(read(bytes.subarray(k * 2))));
  return Array.from({ length: count }, (_, k) => read(bytes.subarray(k * type.size, (k + 1) * type.size)));
}
