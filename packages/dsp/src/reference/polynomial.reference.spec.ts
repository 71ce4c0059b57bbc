import { describe, expect, it } from 'vitest';
import { callKernel, series } from '../testing/call-kernel.js';

describe('poly_diff', () => {
  it('is zero on the polynomial itself', () => {
    const w_in = series(6, (i) => 2 - i + 3 * i * i);
    expect(callKernel('poly_diff', { w_in, poly_pars: [2, -1, 3] })).toEqual({ mean: 0, rms: 0 });
  });

  it('weighs residuals by their place in the mean, and divides their squares by n - 1', () => {
    const { mean, rms } = callKernel('poly_diff', { w_in: [1, 2, 3], poly_pars: [0] });
    expect(mean).toBe(1 / 1 + 2 / 2 + 3 / 3);
    expect(rms).toBe(Math.sqrt((1 + 4 + 9) / 2));
  });

  it('is NaN for NaN', () => {
    expect(callKernel('poly_diff', { w_in: [1, Number.NaN], poly_pars: [0] })).toEqual({
      mean: Number.NaN,
      rms: Number.NaN,
    });
  });
});

describe('poly_exp_rms', () => {
  it('compares with the exponential of the polynomial', () => {
    const w_in = series(5, (i) => Math.exp(1 - 0.1 * i));
    const { mean, rms } = callKernel('poly_exp_rms', { w_in, poly_pars: [1, -0.1] });
    expect(mean).toBeCloseTo(0, 14);
    expect(rms).toBeCloseTo(0, 14);
    expect(callKernel('poly_exp_rms', { w_in: [3, 1], poly_pars: [0] })).toEqual({ mean: 2, rms: 2 });
  });
});
