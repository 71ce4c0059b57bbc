import { constants, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { shuffle } from '../format/shuffle.js';
import { inflateShuffled } from './inflate.js';

let seed = 1;
function random(): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return seed / 2 ** 32;
}

const kinds: Record<string, (k: number, length: number) => number> = {
  zeros: () => 0,
  noise: () => random() * 256,
  'few bits of noise': () => random() ** 3 * 40,
  'short repetitions': (k) => k % 7,
  steps: (k) => (k >> 4) + random() * 3,
  'noise, then runs': (k, length) => (k < length / 2 ? random() * 12 : random() < 0.001 ? 7 : 55),
  'rare long codes': () => -Math.log(random() + 1e-9) * 9,
};
const lengths = [0, 1, 2, 3, 15, 16, 17, 300, 5000, 70_000, 262_144];
const { Z_DEFAULT_STRATEGY, Z_FILTERED, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE } = constants;

describe('the compiled inflate', () => {
  it.each(Object.keys(kinds))('gives back %s of any length, level and strategy', (kind) => {
    for (const length of lengths) {
      const data = Uint8Array.from({ length }, (_, k) => kinds[kind]!(k, length));
      for (const level of [0, 1, 4, 9]) {
        for (const strategy of [Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED]) {
          const packed = deflateSync(data, { level, strategy, memLevel: strategy === Z_RLE ? 1 : 8 });
          const found = inflateShuffled(packed, length, 1);
          expect(found !== undefined && Buffer.compare(found, data) === 0, `${length} at ${level}`).toBe(
            true,
          );
        }
      }
    }
  });

  it('puts shuffled bytes back, with some left over', () => {
    for (const size of [2, 4, 8]) {
      const data = Uint8Array.from({ length: 999 * size + 1 }, (_, k) => k * k);
      expect(inflateShuffled(deflateSync(shuffle(data, size)), data.length, size)).toEqual(data);
    }
  });

  it('leaves damaged, cut and too long data to others', () => {
    const data = Uint8Array.from({ length: 9000 }, (_, k) => kinds['steps']!(k, 9000));
    const packed = deflateSync(data);
    expect(inflateShuffled(packed, 8999, 1)).toBeUndefined();
    expect(inflateShuffled(packed.subarray(0, 5), 9000, 1)).toBeUndefined();
    for (let k = 0; k < 300; k += 1) {
      const cut = packed.subarray(0, Math.floor(random() * packed.length));
      expect(inflateShuffled(cut, 9000, 1)).toBeUndefined();
      const damaged = Uint8Array.from(packed);
      const at = Math.floor(random() * packed.length);
      damaged[at] = damaged[at]! ^ (1 << Math.floor(random() * 8));
      const found = inflateShuffled(damaged, 9000, 1);
      expect(found === undefined || Buffer.compare(found, data) === 0).toBe(true);
    }
  });

  it('never leaves its memory, whatever it is given', () => {
    for (let k = 0; k < 3000; k += 1) {
      const bytes = Uint8Array.from({ length: 400 }, () => random() * 256);
      bytes.set([0x78, 0x9c, 0x05 ^ (k & 1)]);
      expect(inflateShuffled(bytes, 1000, 1)).toBeUndefined();
    }
  });
});
