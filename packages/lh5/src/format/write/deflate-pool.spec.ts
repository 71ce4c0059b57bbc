import { constants, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { deflateBytes } from './deflate-pool.js';

const { Z_DEFAULT_STRATEGY, Z_RLE } = constants;

function bytesOf(length: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, (_, k) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return k % 3 === 0 ? state >>> 24 : k >> 6;
  });
}

describe('deflate states that are used again', () => {
  it('make what new ones make, of any length, many at once', async () => {
    const lengths = [1, 2, 100, 70_000, 3, 250_000, 17, 140_000, 5000];
    const all = lengths.map((length, seed) => bytesOf(length, seed));
    for (const [level, strategy] of [
      [4, Z_DEFAULT_STRATEGY],
      [4, Z_RLE],
    ] as const) {
      const made = await Promise.all(all.map((bytes) => deflateBytes(bytes, level, strategy)));
      made.forEach((bytes, k) => {
        expect(Buffer.compare(Buffer.concat(bytes), deflateSync(all[k]!, { level, strategy }))).toBe(0);
      });
    }
  });
});
