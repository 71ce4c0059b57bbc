import { describe, expect, it } from 'vitest';
import { binCenter, binEdges, findBin, histogramOf, integerBins, localMaxima, partOf } from './histogram.js';

describe('histograms', () => {
  const histogram = histogramOf([0, 0.4, 0.5, 1.99, 2, -0.1, Number.NaN], 0, 2, 0.5);

  it('counts, the right edge and what is outside apart', () => {
    expect([...histogram.counts]).toEqual([2, 1, 0, 1]);
    expect(histogram.left).toBe(3);
    expect([...binEdges(histogram)]).toEqual([0, 0.5, 1, 1.5, 2]);
    expect(binCenter(histogram, 1)).toBe(0.75);
    expect([-1, 0, 1.2, 2, 9].map((value) => findBin(histogram, value))).toEqual([-1, 0, 2, 4, 4]);
  });
  it('gives whole bins of a part', () => {
    expect(partOf(histogram, 0.5, 1.6)).toMatchObject({ from: 0.5, counts: Float64Array.of(1, 0) });
    expect(partOf(histogram, 5, 9).counts).toHaveLength(0);
  });
  it('keeps integers evenly in bins', () => {
    expect(integerBins(0.4, 10.2, 2.6)).toEqual({ from: 0, to: 12, width: 3 });
    expect(integerBins(3, 5, 0.2)).toEqual({ from: 3, to: 5, width: 1 });
  });
  it('finds maxima that stand out', () => {
    expect(localMaxima([0, 1, 5, 1, 2, 1.5, 8, 0, 3], 2)).toEqual([2, 6]);
    expect(localMaxima([1, 1, 1], 0.5)).toEqual([]);
  });
  it('refuses ranges without a bin', () => {
    expect(() => histogramOf([], 1, 1, 0.5)).toThrow('there is no bin of 0.5 between 1 and 1');
    expect(() => histogramOf([], 0, 1, 0)).toThrow('no bin');
  });
});
