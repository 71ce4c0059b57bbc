import type { AttributeValue, Dtype } from '@countroom/records';
import { Lh5Error, type Lh5ErrorPlace } from '../errors.js';

/** The value of an attribute as a file holds it. */
export interface StoredAttribute {
  /** Of numbers; without meaning for texts. */
  readonly dtype: Dtype;
  /** Empty for one value, else the length of the list. */
  readonly shape: readonly number[];
  readonly data: Uint8Array | readonly string[];
}

const maximumInt64 = 2n ** 63n - 1n;

function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function encodeIntegers(
  integers: readonly bigint[],
  place: Lh5ErrorPlace,
): { dtype: Dtype; data: Uint8Array } {
  const unsigned = integers.some((value) => value > maximumInt64);
  if (integers.some((value) => value < (unsigned ? 0n : -maximumInt64 - 1n) || value >= 2n ** 64n)) {
    throw new Lh5Error('argument-invalid', 'an integer attribute does not fit into 64 bits', place);
  }
  return unsigned
    ? { dtype: 'uint64', data: bytesOf(BigUint64Array.from(integers)) }
    : { dtype: 'int64', data: bytesOf(BigInt64Array.from(integers)) };
}

function encodeNumbers(
  values: readonly (number | bigint | boolean)[],
  place: Lh5ErrorPlace,
): { dtype: Dtype; data: Uint8Array } {
  if (values.length > 0 && values.every((value) => typeof value === 'boolean')) {
    return { dtype: 'bool', data: Uint8Array.from(values, Number) };
  }
  if (values.some((value) => typeof value === 'bigint')) return encodeIntegers(values.map(BigInt), place);
  const numbers = values.map(Number);
  const whole = numbers.every(
    (value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31 && !Object.is(value, -0),
  );
  return whole
    ? { dtype: 'int32', data: bytesOf(Int32Array.from(numbers)) }
    : { dtype: 'float64', data: bytesOf(Float64Array.from(numbers)) };
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
 * The form in which an attribute is stored: whole numbers below 2^31 int32, other numbers float64, bigints int64 or uint64,
 * truth values bool. Throws an `Lh5Error` for integers beyond 64 bits.
 */
export function storedAttribute(value: AttributeValue, place: Lh5ErrorPlace): StoredAttribute {
  const list: readonly (number | bigint | boolean | string)[] = typeof value === 'object' ? value : [value];
  const shape = typeof value === 'object' ? [list.length] : [];
  const texts = list.filter(isText);
  if (texts.length > 0 && texts.length === list.length) return { dtype: 'uint8', shape, data: texts };
  const numbers = list.filter((item) => !isText(item));
  return { shape, ...encodeNumbers(numbers, place) };
}
