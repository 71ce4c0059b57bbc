import { describe, expect, it } from 'vitest';
import { callKernel } from '../testing/call-kernel.js';

const nan = Number.NaN;
const weights_in = [1, 2, 0, 6, 10, 8, 5, 0, 1];
const edges_in = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90];

describe('histogram_peakstats', () => {
  const stats = (
    width_type: number,
    max_in = nan,
    skip_zeroes = 0,
    weights: readonly number[] = weights_in,
  ) => callKernel('histogram_peakstats', { weights_in: weights, edges_in, max_in, skip_zeroes, width_type });

  it('gives the middle of the peak bin and the width to half height', () => {
    // Right: bin 6 holds half, its left edge is 15 away. Left: the empty bin 2 ends at 30, also 15 away.
    expect(stats(0)).toEqual({ mode_out: 45, width_out: 30 });
    expect(stats(1)).toEqual({ mode_out: 45, width_out: 15 });
    expect(stats(2, nan, 1)).toEqual({ mode_out: 45, width_out: 25 });
    expect(stats(3, nan, 1)).toEqual({ mode_out: 45, width_out: 25 });
    expect(stats(4, nan, 1)).toEqual({ mode_out: 45, width_out: 15 });
  });

  it('takes the bin that holds the place of the peak, the last one when it lies beyond', () => {
    expect(stats(0, 12)['mode_out']).toBe(15);
    expect(stats(0, 1e6)['mode_out']).toBe(85);
    expect(stats(0, -5)['mode_out']).toBe(5);
  });

  it('reaches to the ends when nothing falls to half', () => {
    const flat = weights_in.map(() => 4);
    expect(stats(3, 45, 0, flat)['width_out']).toBe(45);
    expect(stats(4, 45, 0, flat)['width_out']).toBe(45);
  });

  it('refuses NaN counts, wrong lengths and unknown widths', () => {
    expect(() => stats(7)).toThrow('width_type must be 0, 1, 2, 3 or 4, not 7');
    expect(() => stats(0, nan, 0, [1, nan, 1, 1, 1, 1, 1, 1, 1])).toThrow('a count of the histogram is NaN');
    expect(() => stats(0, nan, 0, [1, 2])).toThrow('2 bins have 3 edges, not 10');
  });
});

describe('histogram_stats', () => {
  const stats = (max_in: number, weights: readonly number[] = weights_in) =>
    callKernel('histogram_stats', { weights_in: weights, edges_in, max_in });

  it('gives index and left edge of the peak, and the larger distance at half height', () => {
    // Right of the peak at 40: bin 6 begins at 60. From the left, bin 3 is the first with at least half.
    expect(stats(nan)).toEqual({ mode_out: 4, max_out: 40, fwhm_out: 20 });
  });

  it('takes the edge nearest to the place of the peak, the last bin beyond the end', () => {
    expect(stats(36)).toMatchObject({ mode_out: 4, max_out: 40 });
    expect(stats(85)).toMatchObject({ mode_out: 8, max_out: 80, fwhm_out: nan });
  });

  it('is NaN for NaN counts', () => {
    const weights = weights_in.with(2, nan);
    expect(stats(nan, weights)).toEqual({ mode_out: nan, max_out: nan, fwhm_out: nan });
  });
});
