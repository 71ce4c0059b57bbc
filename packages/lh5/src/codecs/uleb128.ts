import { Lh5Error } from '../errors.js';

function fail(reason: string): never {
  throw new Lh5Error('data-inconsistent', `the code uleb128_zigzag_diff ${reason}`);
}

/**
 * Decodes a stream of differences, zig-zag and ULEB128 coded, into `out`; returns how many samples it held. Sums wrap at
 * 32 bits. Throws an `Lh5Error` for empty input, a number that does not fit or is cut off, and too many samples.
 */
export function decodeUleb128(code: Uint8Array, out: Int32Array): number {
  if (code.length === 0 && out.length > 0) fail('is empty');
  let count = 0;
  let last = 0;
  let at = 0;
  while (at < code.length) {
    let value = 0;
    let shift = 0;
    for (;;) {
      const byte = code[at];
      if (byte === undefined) fail('ends inside a number');
      at += 1;
      if (shift === 28 && (byte & 0x70) !== 0) fail('holds a difference of more than 32 bits');
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
      shift += 7;
      if (shift > 28) fail('holds a difference of more than 32 bits');
    }
    if (count >= out.length) fail(`holds more than ${out.length} samples`);
    last = (last + ((value >>> 1) ^ -(value & 1))) | 0;
    out[count] = last;
    count += 1;
  }
  return count;
}

/** Encodes samples; their differences must fit into 32 bits (wrapping sums decode them exactly either way). */
export function encodeUleb128(samples: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const code = new Uint8Array(samples.length * 5);
  let at = 0;
  let last = 0;
  for (let k = 0; k < samples.length; k += 1) {
    const sample = samples[k]!;
    const difference = (sample - last) | 0;
    last = sample;
    let rest = ((difference << 1) ^ (difference >> 31)) >>> 0;
    while (rest >= 0x80) {
      code[at] = (rest & 0x7f) | 0x80;
      at += 1;
      rest >>>= 7;
    }
    code[at] = rest;
    at += 1;
  }
  return code.slice(0, at);
}
