import { randomSource } from '../core/random.js';

/** One kind of damage to a file. */
export type Damage = 'flip' | 'overwrite' | 'remove' | 'insert' | 'truncate' | 'zero' | 'repeat';

const damages: readonly Damage[] = ['flip', 'overwrite', 'remove', 'insert', 'truncate', 'zero', 'repeat'];

/** Joins chunks, for small fixtures. */
export function concatenate(chunks: Iterable<Uint8Array>): Uint8Array {
  const list = [...chunks];
  const all = new Uint8Array(list.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of list) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** Random bytes; the same seed gives the same. */
export function randomBytes(length: number, seed: number): Uint8Array {
  const random = randomSource(seed);
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
}

/** A damaged copy of a file: one to five injuries of random kind, place and size (at most 300 bytes, except cuts). */
export function corrupted(file: Uint8Array, seed: number): Uint8Array {
  const random = randomSource(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  let bytes: Uint8Array = file.slice();
  for (let injuries = 1 + below(5); injuries > 0 && bytes.length > 0; injuries--) {
    const at = below(bytes.length);
    bytes = damaged(bytes, damages[below(damages.length)]!, at, 1 + below(300), below(2 ** 31));
  }
  return bytes;
}

/** One injury: at a place, of a size (`flip` turns one bit round, `truncate` cuts everything from there). */
export function damaged(file: Uint8Array, damage: Damage, at: number, size: number, seed = 1): Uint8Array {
  const bytes = file.slice();
  const end = Math.min(bytes.length, at + size);
  switch (damage) {
    case 'flip':
      bytes[at]! ^= 1 << (seed % 8);
      return bytes;
    case 'overwrite':
      bytes.set(randomBytes(end - at, seed), at);
      return bytes;
    case 'zero':
      bytes.fill(0, at, end);
      return bytes;
    case 'remove':
      return concatenate([bytes.subarray(0, at), bytes.subarray(end)]);
    case 'insert':
      return concatenate([bytes.subarray(0, at), randomBytes(size, seed), bytes.subarray(at)]);
    case 'repeat':
      return concatenate([bytes.subarray(0, end), bytes.subarray(at)]);
    case 'truncate':
      return bytes.slice(0, at);
  }
}
