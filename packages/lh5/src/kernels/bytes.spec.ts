import { describe, expect, it } from 'vitest';
import { fletcher32 as plainFletcher32 } from '../format/fletcher32.js';
import { shuffle as plainShuffle, unshuffle as plainUnshuffle } from '../format/shuffle.js';
import { fletcher32, shuffle, unshuffle } from './bytes.js';
import { kernels } from './kernels.js';

function noise(length: number): Uint8Array {
  let seed = length + 1;
  return Uint8Array.from({ length }, () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return seed >>> 24;
  });
}

describe('compiled functions on bytes', () => {
  it('are built', () => {
    expect(kernels()).toBeDefined();
  });

  it.each([1, 2, 3, 4, 7, 8, 16])('shuffle elements of %i bytes like the plain form', (size) => {
    for (const length of [0, 1, 511, 512, 513, 16 * size * 40, 16 * size * 40 + 9 * size, 5000]) {
      const bytes = noise(length);
      const shuffled = plainShuffle(bytes, size);
      expect(shuffle(bytes, size)).toEqual(shuffled);
      expect(unshuffle(shuffled, size)).toEqual(bytes);
      expect(plainUnshuffle(shuffled, size)).toEqual(bytes);
    }
  });

  it('sum Fletcher32 like the plain form', () => {
    for (const length of [0, 1, 2, 511, 512, 513, 719, 720, 721, 722, 100_003])
      expect(fletcher32(noise(length))).toBe(plainFletcher32(noise(length)));
    const ones = new Uint8Array(1_000_001).fill(255);
    expect(fletcher32(ones)).toBe(plainFletcher32(ones));
  });

  it('leave what is too large for their memory to the plain form', () => {
    expect(kernels()?.room(1 << 30)).toBeUndefined();
  });
});
