import type { ColumnHistogram } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { binOf, binWidth, columnLabel } from './histogram-option';

const histogram: ColumnHistogram = {
  path: 'ch1/hit/energy',
  units: 'keV',
  entries: 10,
  nan: 0,
  underflow: 1,
  overflow: 2,
  min: -10,
  max: 10,
  bins: 4,
  counts: [1, 2, 3, 4],
  mean: 0,
  stdev: 1,
};

describe('histogram', () => {
  it('has bins of equal width', () => {
    expect(binWidth(histogram)).toBe(5);
  });

  it('tells the bin under the cursor; the last one has its upper edge', () => {
    expect(binOf(histogram, -10)).toEqual({ from: -10, to: -5, counts: 1 });
    expect(binOf(histogram, 0)).toEqual({ from: 0, to: 5, counts: 3 });
    expect(binOf(histogram, 10)).toEqual({ from: 5, to: 10, counts: 4 });
    expect(binOf(histogram, 10.01)).toBeNull();
    expect(binOf(histogram, Number.NaN)).toBeNull();
  });

  it('names its axis with the unit, when there is one', () => {
    expect(columnLabel(histogram)).toBe('energy / keV');
    expect(columnLabel({ path: 'flag', units: null })).toBe('flag');
  });
});
