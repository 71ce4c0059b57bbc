import { describe, expect, it } from 'vitest';
import { numpyKernelOf } from '../spec/kernels.js';
import { callKernel, numbers, result, series } from '../testing/call-kernel.js';

const nan = Number.NaN;

describe('linear_slope_fit', () => {
  it('gives mean, deviation with n - 1, slope and intercept', () => {
    const found = callKernel('linear_slope_fit', { w_in: [1, 3, 5, 7] }) as Record<string, number>;
    const [mean, stdev, slope, intercept] = Object.values(found);
    expect(mean).toBe(4);
    expect(stdev).toBeCloseTo(Math.sqrt(20 / 3), 14);
    expect(slope).toBe(2);
    expect(intercept).toBe(1);
  });

  it('has no deviation and no slope of one sample, and nothing of NaN', () => {
    expect(Object.values(callKernel('linear_slope_fit', { w_in: [5] }))).toEqual([5, nan, nan, nan]);
    expect(Object.values(callKernel('linear_slope_fit', { w_in: [5, nan] }))).toEqual([nan, nan, nan, nan]);
  });
});

describe('mean_stdev', () => {
  it('gives mean and deviation with n - 1', () => {
    expect(Object.values(callKernel('mean_stdev', { wf: [2, 4] }))).toEqual([3, Math.SQRT2]);
    expect(Object.values(callKernel('mean_stdev', { wf: [nan, 4] }))).toEqual([nan, nan]);
  });

  it('keeps its digits on a high baseline', () => {
    const wf = series(1000, (i) => 1e9 + (i % 2));
    const [mean, stdev] = Object.values(callKernel('mean_stdev', { wf })) as number[];
    expect(mean).toBeCloseTo(1e9 + 0.5, 5);
    expect(stdev).toBeCloseTo(Math.sqrt(250 / 999), 6);
  });
});

describe('linear_slope_diff', () => {
  it('weighs residuals by their place in the mean', () => {
    const found = callKernel('linear_slope_diff', { w_in: [1, 3, 5], slope: 1, intercept: 1 });
    expect(Object.values(found)).toEqual([1 / 2 + 2 / 3, Math.sqrt(5 / 2)]);
    expect(
      Object.values(callKernel('linear_slope_diff', { w_in: [1, 2], slope: nan, intercept: 0 })),
    ).toEqual([nan, nan]);
  });
});

describe('mean_below_threshold', () => {
  it('averages what is below, NaN when nothing is', () => {
    expect(result('mean_below_threshold', { w_in: [1, 5, 3, 9], threshold: 5 })).toBe(2);
    expect(result('mean_below_threshold', { w_in: [1, 5], threshold: 1 })).toBeNaN();
    expect(result('mean_below_threshold', { w_in: [nan, 0], threshold: 1 })).toBeNaN();
  });
});

describe('bl_subtract', () => {
  it('takes the baseline away', () => {
    expect(numbers('bl_subtract', { w_in: [3, 4], a_baseline: 3 })).toEqual([0, 1]);
    expect(numbers('bl_subtract', { w_in: [], a_baseline: 3 })).toEqual([]);
    expect(numbers('bl_subtract', { w_in: [3, 4], a_baseline: nan })).toEqual([nan, nan]);
  });
});

describe('min_max', () => {
  it('gives places and values, the first of equals', () => {
    const w_in = [2, 5, 1, 5, 1];
    expect(callKernel('min_max', { w_in })).toEqual({ t_min: 2, t_max: 1, a_min: 1, a_max: 5 });
    expect(callKernel('min_max', { w_in: [7] })).toEqual({ t_min: 0, t_max: 0, a_min: 7, a_max: 7 });
    expect(callKernel('min_max', { w_in: [7, nan] })).toEqual({
      t_min: nan,
      t_max: nan,
      a_min: nan,
      a_max: nan,
    });
  });
});

describe('min_max_norm', () => {
  const norm = (a_min: number, a_max: number) => numbers('min_max_norm', { w_in: [-2, 4], a_min, a_max });

  it('divides by the larger magnitude, and copies when one is 0', () => {
    expect(norm(-2, 4)).toEqual([-0.5, 1]);
    expect(norm(-8, 4)).toEqual([-0.25, 0.5]);
    expect(norm(0, 4)).toEqual([-2, 4]);
    expect(norm(nan, 4)).toEqual([nan, nan]);
  });
});

describe('sort', () => {
  it('puts samples in ascending order', () => {
    expect(numbers('sort', { w_in: [3, -1, 10, 2] })).toEqual([-1, 2, 3, 10]);
    expect(numbers('sort', { w_in: [3, nan] })).toEqual([nan, nan]);
  });
});

describe('time_over_threshold', () => {
  it('counts samples above, not at, the threshold', () => {
    expect(result('time_over_threshold', { w_in: [1, 5, 6, 7], a_threshold: 5 })).toBe(2);
    expect(result('time_over_threshold', { w_in: [1, nan], a_threshold: 5 })).toBeNaN();
  });
});

describe('saturation', () => {
  it('counts samples at 0 and at 2^B - B', () => {
    expect(callKernel('saturation', { w_in: [0, 4, 4, 7, 0, 0], bit_depth_in: 3 })).toMatchObject({
      n_lo_out: 3,
    });
    expect(callKernel('saturation', { w_in: [5, 5, 7], bit_depth_in: 3 })).toEqual({
      n_lo_out: 0,
      n_hi_out: 2,
    });
  });

  it('needs a whole number of bits above 0', () => {
    for (const bit_depth_in of [0, 2.5])
      expect(() => callKernel('saturation', { w_in: [1], bit_depth_in })).toThrow('whole number above 0');
  });
});

describe('log_check', () => {
  it('needs positive samples', () => {
    expect(numbers('log_check', { w_in: [1, Math.E] })).toEqual([0, 1]);
    expect(numbers('log_check', { w_in: [1, 0] })).toEqual([nan, nan]);
  });
});

describe("numpy's functions along the samples", () => {
  const w_in = [3, 1, 4, 1];
  it.each([
    ['amax', 4],
    ['amin', 1],
    ['sum', 9],
    ['mean', 2.25],
    ['std', Math.sqrt((0.75 ** 2 + 2 * 1.25 ** 2 + 1.75 ** 2) / 4)],
    ['median', 2],
    ['ptp', 3],
    ['argmax', 2],
    ['argmin', 1],
    ['prod', 12],
    ['var', (0.75 ** 2 + 2 * 1.25 ** 2 + 1.75 ** 2) / 4],
  ])('%s', (name, expected) => {
    expect(result(numpyKernelOf(name)!, { w_in })).toBeCloseTo(expected, 14);
    const ofNan = result(numpyKernelOf(name)!, { w_in: [1, nan, 3] });
    if (name.startsWith('arg')) expect(ofNan).toBe(1);
    else expect(ofNan).toBeNaN();
  });

  it('diff gives the steps', () => {
    expect(numbers(numpyKernelOf('diff')!, { w_in, out: 3, w_out: 3 })).toEqual([-2, 3, -3]);
  });

  it('cumsum and cumprod are NaN from the first NaN on', () => {
    expect(numbers(numpyKernelOf('cumsum')!, { w_in: [1, 2, nan, 4] })).toEqual([1, 3, nan, nan]);
    expect(numbers(numpyKernelOf('cumprod')!, { w_in: [2, 3, nan, 4] })).toEqual([2, 6, nan, nan]);
  });
});
