import { describe, expect, it } from 'vitest';
import type { Histogram } from '../histogram/histogram.js';
import { binnedLikelihood, onOffLikelihood } from './costs.js';
import { minimise } from './minimise.js';

const bins = (...counts: number[]): Histogram => ({
  from: 0,
  width: 1,
  counts: Float64Array.from(counts),
  left: 0,
});
/** So many counts of signal in every bin. */
const flat = (x: number, [signal]: readonly number[]): number => signal! * x;

describe('likelihood of a signal over a background that is known elsewhere', () => {
  const on = bins(7, 0, 3, 12, 1);
  const off = bins(20, 4, 0, 9, 0);

  it('takes the background of every bin at its best', () => {
    for (const signal of [0.1, 2, 6]) {
      const best = (bin: number): number =>
        minimise(
          ([background]) =>
            binnedLikelihood(bins(on.counts[bin]!), flat)([signal + 0.3 * background!]) +
            binnedLikelihood(bins(off.counts[bin]!), flat)([background!]),
          [{ name: 'background', start: 1, lower: 0 }],
        ).cost;
      const expected = [0, 1, 2, 3, 4].reduce((sum, bin) => sum + best(bin), 0);
      expect(onOffLikelihood(on, off, 0.3, flat)([signal])).toBeCloseTo(expected, 2);
    }
  });

  it('is that of the signal alone without any background', () => {
    const signal = binnedLikelihood(on, flat)([4]);
    expect(onOffLikelihood(on, bins(0, 0, 0, 0, 0), 1e-9, flat)([4])).toBeCloseTo(signal, 5);
  });
});
