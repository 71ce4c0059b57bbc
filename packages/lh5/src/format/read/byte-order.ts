import type { ElementDescription } from '../../hdf5/element-type.js';

/** The bytes of numbers in little-endian order; turned round in place where they are not. */
export function ordered(bytes: Uint8Array<ArrayBuffer>, type: ElementDescription): Uint8Array<ArrayBuffer> {
  if (type.littleEndian || type.size < 2) return bytes;
  for (let at = 0; at + type.size <= bytes.byteLength; at += type.size)
    bytes.subarray(at, at + type.size).reverse();
  return bytes;
}
