import { describe, expect, it } from 'vitest';
import { callKernel, type KernelInputs, kernelOf2021, series } from '../testing/call-kernel.js';

const nan = Number.NaN;

function call(name: string, inputs: KernelInputs, precision?: 'float32') {
  return callKernel(kernelOf2021(name)!, inputs, precision);
}

function output(name: string, inputs: KernelInputs) {
  return Object.values(call(name, inputs))[0]!;
}

describe('filters of 2021', () => {
  const wf_in = [0, 0, 4, 4, 4, 4, 4, 4];

  it('trap_filter, trap_norm and asymTrapFilter answer a step with a trapezoid', () => {
    expect(output('trap_filter', { wf_in, rise: 2, flat: 1 })).toEqual([0, 0, 4, 8, 8, 4, 0, 0]);
    expect(output('trap_norm', { wf_in, rise: 2, flat: 1 })).toEqual([0, 0, 2, 4, 4, 2, 0, 0]);
    expect(output('asymTrapFilter', { wf_in, rise: 2, flat: 1, fall: 4 })).toEqual([0, 0, 2, 4, 4, 3, 2, 1]);
  });

  it('are NaN from the first NaN on, not before', () => {
    const found = output('trap_norm', { wf_in: wf_in.with(4, nan), rise: 2, flat: 1 });
    expect(found).toEqual([0, 0, 2, 4, nan, nan, nan, nan]);
  });

  it('refuse lengths that do not fit', () => {
    expect(() => call('trap_filter', { wf_in, rise: 4, flat: 1 })).toThrow('the filter is 9 samples long');
    expect(() => call('trap_norm', { wf_in, rise: -1, flat: 1 })).toThrow('rise must not be negative');
  });

  it('trap_pickoff is the value of trap_norm at one time', () => {
    const pickoff = (pickoff_time: number) =>
      output('trap_pickoff', { wf_in, rise: 2, flat: 1, pickoff_time });
    expect([4, 5, 6].map(pickoff)).toEqual([4, 2, 0]);
    expect(pickoff(3)).toBeNaN();
  });

  it('avg_current divides differences by their distance', () => {
    expect(output('avg_current', { wf_in: [1, 2, 4, 8, 16], n: 2, deriv: 3 })).toEqual([1.5, 3, 6]);
    expect(() => call('avg_current', { wf_in: [1, 2, 4], n: 2, deriv: 2 })).toThrow('only 1 exist');
  });

  it('pole_zero flattens a tail, and drifts in float32', () => {
    const tail = series(3000, (i) => 10_000 * Math.exp(-i / 300));
    const exact = output('pole_zero', { wf_in: tail, tau: 300 }) as number[];
    expect(Math.max(...exact.map((value) => Math.abs(value - 10_000)))).toBeLessThan(1e-6);
    const drifting = call('pole_zero', { wf_in: tail, tau: 300 }, 'float32')['wf_out'] as number[];
    const drift = Math.max(...drifting.map((value) => Math.abs(value - 10_000)));
    expect(drift).toBeGreaterThan(1e-3);
    expect(drift).toBeLessThan(10);
  });

  it('double_pole_zero goes by sums with 1 / tau', () => {
    // slow = 5, 5 + 3 + 5/10, + 0 + 8/10; fast = 0, 3, 3 + 0 - 3/2.
    const found = output('double_pole_zero', { wf_in: [5, 8, 8], tau1: 10, tau2: 2, frac: 0.5 }) as number[];
    [5, 8.5 - 1.5, 9.3 - 0.75].forEach((value, i) => {
      expect(found[i]).toBeCloseTo(value, 12);
    });
  });

  it('presum adds neighbours and drops the rest', () => {
    expect(output('presum', { wf_in: [1, 2, 3, 4, 5], wf_out: 2 })).toEqual([3, 7]);
    expect(output('presum', { wf_in: [1, nan, 3, 4], wf_out: 2 })).toEqual([nan, 7]);
  });
});

describe('statistics of 2021', () => {
  it('linear_fit and linear_slope_fit find a line', () => {
    const wf_in = series(10, (i) => 3 - 2 * i);
    const fit = call('linear_fit', { wf_in });
    expect(fit['b']).toBeCloseTo(3, 12);
    expect(fit['m']).toBeCloseTo(-2, 12);
    const all = call('linear_slope_fit', { wf_in });
    expect(all['mean_y']).toBeCloseTo(-6, 12);
    expect(all['slope']).toBeCloseTo(-2, 12);
    expect(all['intercept']).toBeCloseTo(3, 12);
    expect(call('linear_fit', { wf_in: wf_in.with(3, nan) })).toEqual({ b: nan, m: nan });
  });

  it('linear_slope_fit has its own deviation: from the running mean, over n + 1', () => {
    // Running means 0, 1; distances 0, 1; so the root of 1 / 3.
    expect(call('linear_slope_fit', { wf_in: [0, 2] })['sigma_y']).toBeCloseTo(Math.sqrt(1 / 3), 14);
  });

  it('log_check is NaN for a negative sample, minus infinity for 0', () => {
    expect(output('log_check', { wf_in: [1, 0] })).toEqual([0, Number.NEGATIVE_INFINITY]);
    expect(output('log_check', { wf_in: [1, -1] })).toEqual([nan, nan]);
    expect(output('log_check', { wf_in: [1, nan] })).toEqual([0, nan]);
  });

  it('min_max passes over NaN and takes the first of equals', () => {
    const wf_in = [2, 5, nan, 1, 5, 1];
    expect(call('min_max', { wf_in })).toEqual({ argmin: 3, argmax: 1, wf_min: 1, wf_max: 5 });
  });
});

describe('times of 2021', () => {
  const wf_in = [0, 1, 2, 6, 10, 9];

  it('fixed_time_pickoff gives a sample, NaN outside', () => {
    expect(output('fixed_time_pickoff', { wf_in, time: 3 })).toBe(6);
    expect(output('fixed_time_pickoff', { wf_in, time: 9 })).toBeNaN();
    expect(output('fixed_time_pickoff', { wf_in, time: -1 })).toBeNaN();
  });

  it('time_point_frac gives the sample nearest to the share of the height', () => {
    expect(output('time_point_frac', { wf_in, frac: 0.5, tp_max: 4 })).toBe(3);
    expect(output('time_point_frac', { wf_in, frac: 0.3, tp_max: 4 })).toBe(2);
    expect(output('time_point_frac', { wf_in: [5, 6, 9], frac: 0.1, tp_max: 2 })).toBe(0);
    expect(() => call('time_point_frac', { wf_in, frac: 0.5, tp_max: 6 })).toThrow('tp_max must be between');
  });

  it('time_point_thresh gives the sample above a rising crossing, 0 without one', () => {
    expect(output('time_point_thresh', { wf_in, threshold: 4, tp_max: 4 })).toBe(3);
    expect(output('time_point_thresh', { wf_in, threshold: 2, tp_max: 4 })).toBe(0);
    expect(output('time_point_thresh', { wf_in, threshold: 50, tp_max: 4 })).toBe(0);
  });
});
