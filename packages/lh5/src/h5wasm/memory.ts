import { Lh5Error } from '../errors.js';
import { placeOf } from '../hdf5/place.js';
import type { ObjectAt } from './location.js';
import { type Hdf5, isUnusable } from './module.js';

/** Most bytes that pass in one call between files and JavaScript; larger transfers are made in parts or refused. */
export const transferLimit = 1 << 30;

/**
 * Runs `use` with `bytes` bytes of the library's memory and frees them. The memory may move while the library works:
 * views on it must be made anew after each call.
 */
export function withMemory<T>(at: ObjectAt, bytes: number, use: (pointer: number) => T): T {
  const place = placeOf(at);
  if (!Number.isSafeInteger(bytes) || bytes < 0 || bytes > transferLimit) {
    throw new Lh5Error(
      'argument-invalid',
      `${bytes} bytes at once are too many: read it in smaller parts`,
      place,
    );
  }
  const { library } = at;
  const pointer = library._malloc(Math.max(bytes, 8));
  if (pointer === 0)
    throw new Lh5Error('io-failed', `no memory for ${bytes} bytes: read it in smaller parts`, place);
  try {
    return use(pointer);
  } finally {
    if (!isUnusable(library)) library._free(pointer);
  }
}

/** Copies bytes out of the library's memory into a buffer of their own. */
export function copyOut(library: Hdf5, pointer: number, bytes: number): Uint8Array<ArrayBuffer> {
  return library.HEAPU8.slice(pointer, pointer + bytes);
}

/** Copies bytes into the library's memory. */
export function copyIn(library: Hdf5, pointer: number, bytes: Uint8Array): void {
  library.HEAPU8.set(bytes, pointer);
}

const utf8 = new TextDecoder();

/** Texts behind an array of `count` pointers to zero-terminated UTF-8. Bytes that are no UTF-8 become U+FFFD. */
export function textsAt(library: Hdf5, pointer: number, count: number): string[] {
  const pointers = new Uint32Array(copyOut(library, pointer, 4 * count).buffer);
  const memory = library.HEAPU8;
  return Array.from(pointers, (at) =>
    at === 0 ? '' : utf8.decode(memory.subarray(at, memory.indexOf(0, at))),
  );
}
