import type { Attributes, AttributeValue, Dtype } from '@countroom/records';
import { Lh5Error } from '../errors.js';
import {
  elementType,
  fixedTexts,
  numbersFrom,
  numberType,
  textType,
  type WrittenType,
} from './element-type.js';
import { absolute, failAt, guarded, type ObjectAt, placeOf } from './location.js';
import { copyIn, copyOut, textsAt, withMemory } from './memory.js';
import { type Hdf5Metadata } from './module.js';

const maximumInt64 = 2n ** 63n - 1n;

function withValue<T>(
  at: ObjectAt,
  name: string,
  metadata: Hdf5Metadata,
  use: (pointer: number, bytes: number) => T,
): T {
  const bytes = metadata.size * metadata.total_size;
  return withMemory(at, bytes, (pointer) => {
    const status = at.library.get_attribute_data(at.id, absolute(at), name, BigInt(pointer));
    if (status < 0) failAt(at, 'file-damaged', `attribute ${name} cannot be read`);
    return use(pointer, bytes);
  });
}

function readTexts(at: ObjectAt, name: string, metadata: Hdf5Metadata, spacePadded: boolean): string[] {
  return withValue(at, name, metadata, (pointer, bytes) => {
    if (!metadata.vlen) return fixedTexts(copyOut(at.library, pointer, bytes), metadata.size, spacePadded);
    const texts = textsAt(at.library, pointer, metadata.total_size);
    at.library.reclaim_vlen_memory(at.id, absolute(at), name, BigInt(pointer));
    return texts;
  });
}

function readAttribute(at: ObjectAt, name: string): AttributeValue | undefined {
  const metadata = at.library.get_attribute_metadata(at.id, absolute(at), name);
  if (metadata.shape === null) return undefined;
  const single = metadata.shape.length === 0;
  const type = elementType(metadata);
  if (type.kind === 'opaque') return undefined;
  if (type.kind === 'string') {
    const texts = readTexts(at, name, metadata, type.spacePadded);
    return single ? (texts[0] ?? '') : texts;
  }
  const numbers = withValue(at, name, metadata, (pointer, bytes) =>
    numbersFrom(type.dtype, copyOut(at.library, pointer, bytes)),
  );
  if (!single) return Array.from<number | bigint>(numbers) as number[] | bigint[];
  return type.dtype === 'bool' ? numbers[0] !== 0 : numbers[0];
}

/**
 * All attributes of an object: 64-bit integers as bigint, other numbers as number, h5py's truth values as boolean, one axis
 * or more as a flat array. Empty attributes and types without a counterpart (references, compounds) are left out.
 */
export function readAttributes(at: ObjectAt): Record<string, AttributeValue> {
  return guarded(at, 'file-damaged', () => {
    const attrs: Record<string, AttributeValue> = {};
    for (const name of at.library.get_attribute_names(at.id, absolute(at))) {
      const value = readAttribute(at, name);
      if (value !== undefined) attrs[name] = value;
    }
    return attrs;
  });
}

function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function encodeIntegers(integers: readonly bigint[], at: ObjectAt): { dtype: Dtype; bytes: Uint8Array } {
  const unsigned = integers.some((value) => value > maximumInt64);
  if (integers.some((value) => value < (unsigned ? 0n : -maximumInt64 - 1n) || value >= 2n ** 64n)) {
    throw new Lh5Error('argument-invalid', 'an integer attribute does not fit into 64 bits', placeOf(at));
  }
  return unsigned
    ? { dtype: 'uint64', bytes: bytesOf(BigUint64Array.from(integers)) }
    : { dtype: 'int64', bytes: bytesOf(BigInt64Array.from(integers)) };
}

function encodeNumbers(
  values: readonly (number | bigint | boolean)[],
  at: ObjectAt,
): { dtype: Dtype; bytes: Uint8Array } {
  if (values.length > 0 && values.every((value) => typeof value === 'boolean')) {
    return { dtype: 'bool', bytes: Uint8Array.from(values, Number) };
  }
  if (values.some((value) => typeof value === 'bigint')) return encodeIntegers(values.map(BigInt), at);
  const numbers = values.map(Number);
  const whole = numbers.every(
    (value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31 && !Object.is(value, -0),
  );
  return whole
    ? { dtype: 'int32', bytes: bytesOf(Int32Array.from(numbers)) }
    : { dtype: 'float64', bytes: bytesOf(Float64Array.from(numbers)) };
}

interface NewAttribute {
  readonly type: WrittenType;
  readonly shape: readonly bigint[];
  readonly data: Uint8Array | readonly string[];
}

function create(at: ObjectAt, name: string, { type, shape, data }: NewAttribute): void {
  const { library } = at;
  const metadata = { ...type, shape: [...shape], maxshape: [...shape], total_size: Number(shape[0] ?? 1n) };
  const status =
    data instanceof Uint8Array
      ? withMemory(at, data.byteLength, (pointer) => {
          copyIn(at.library, pointer, data);
          return library.create_attribute(at.id, absolute(at), name, BigInt(pointer), metadata);
        })
      : library.create_vlen_str_attribute(at.id, absolute(at), name, data, metadata);
  if (status < 0 || !library.get_attribute_names(at.id, absolute(at)).includes(name)) {
    failAt(at, 'io-failed', `attribute ${name} cannot be written`);
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Whether a text consists of ASCII characters alone. */
export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/**
 * Writes an attribute, replacing one of the same name. Texts are of variable length; whole numbers below 2^31 int32,
 * other numbers float64, bigints int64 or uint64, truth values uint8.
 */
export function writeAttribute(at: ObjectAt, name: string, value: AttributeValue): void {
  guarded(at, 'io-failed', () => {
    const { library } = at;
    if (library.get_attribute_names(at.id, absolute(at)).includes(name))
      library.delete_attribute(at.id, absolute(at), name);
    const list: readonly (number | bigint | boolean | string)[] = typeof value === 'object' ? value : [value];
    const shape = typeof value === 'object' ? [BigInt(list.length)] : [];
    const texts = list.filter(isText);
    if (texts.length > 0 && texts.length === list.length) {
      create(at, name, { type: textType('variable', texts.every(isAscii)), shape, data: texts });
      return;
    }
    const { dtype, bytes } = encodeNumbers(
      list.filter((item) => !isText(item)),
      at,
    );
    create(at, name, { type: numberType(dtype), shape, data: bytes });
  });
}

/** Writes the datatype attribute and all others of an object. */
export function writeAttributes(at: ObjectAt, datatype: string | undefined, attrs: Attributes): void {
  if (datatype !== undefined) writeAttribute(at, 'datatype', datatype);
  for (const [name, value] of Object.entries(attrs)) writeAttribute(at, name, value);
}
