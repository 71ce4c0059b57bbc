import { Damage } from './byte-reader.js';

/** Undoes Snappy (raw format) over `size` bytes: literals, and copies of what is already there. */
export function decodeSnappy(coded: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(size);
  let at = 0;
  let filled = 0;
  const next = (bytes: number): number => {
    if (at + bytes > coded.length) throw new Damage('a block of Snappy ends too early');
    let value = 0;
    for (let k = 0; k < bytes; k += 1) value += coded[at + k]! * 2 ** (8 * k);
    at += bytes;
    return value;
  };
  let stated = 0;
  for (let shift = 0, more = true; more; shift += 7) {
    const byte = next(1);
    if (shift > 28) throw new Damage('a block of Snappy has no length');
    stated += (byte & 127) * 2 ** shift;
    more = byte > 127;
  }
  if (stated !== size) throw new Damage(`a block of Snappy holds ${stated} bytes where ${size} are expected`);
  while (filled < size) {
    const tag = next(1);
    const kind = tag & 3;
    if (kind === 0) {
      const short = tag >> 2;
      const length = 1 + (short < 60 ? short : next(short - 59));
      if (at + length > coded.length || filled + length > size)
        throw new Damage('a block of Snappy is wrong');
      out.set(coded.subarray(at, at + length), filled);
      at += length;
      filled += length;
      continue;
    }
    const length = kind === 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2);
    const distance = kind === 1 ? (tag >> 5) * 256 + next(1) : next(kind === 2 ? 2 : 4);
    if (distance === 0 || distance > filled || filled + length > size)
      throw new Damage('a block of Snappy is wrong');
    // What is copied may reach into what it makes.
    for (let k = 0; k < length; k += 1, filled += 1) out[filled] = out[filled - distance]!;
  }
  return out;
}
