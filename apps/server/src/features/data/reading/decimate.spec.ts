import { describe, expect, it } from 'vitest';
import { decimate } from './decimate.js';

describe('decimate', () => {
  it('leaves a curve alone that has no more points than would be drawn', () => {
    const samples = Float32Array.of(3, 1, Number.NaN, Number.POSITIVE_INFINITY);
    expect(decimate(samples, 2)).toEqual({ indices: [0, 1, 2, 3], values: [3, 1, null, null], step: 1 });
    expect(decimate(new Uint16Array(0), 2)).toEqual({ indices: [], values: [], step: 1 });
  });

  it('keeps the smallest and the largest sample of every stretch, in their order', () => {
    const samples = Uint16Array.of(5, 9, 1, 5, /* */ 2, 2, 8, 3);
    expect(decimate(samples, 2)).toEqual({ indices: [1, 2, 4, 6], values: [9, 1, 2, 8], step: 2 });
  });

  it('never loses a spike, wherever it is', () => {
    for (let at = 0; at < 1009; at += 1) {
      const samples = new Int16Array(1009);
      samples[at] = at % 2 === 0 ? 100 : -100;
      const { indices, values } = decimate(samples, 16);
      expect(values[indices.indexOf(at)]).toBe(samples[at]);
      expect(indices).toHaveLength(32);
      expect([...indices].sort((a, b) => a - b)).toEqual(indices);
    }
  });

  it('passes over what is not a number, and takes 64-bit integers', () => {
    const holes = Float64Array.of(Number.NaN, 4, Number.NaN, 7, ...Array<number>(4).fill(Number.NaN));
    expect(decimate(holes, 2).values).toEqual([4, 7, null, null]);
    expect(decimate(BigInt64Array.of(1n, -5n, 3n, 2n, 9n), 1).values).toEqual([-5, 9]);
  });
});
