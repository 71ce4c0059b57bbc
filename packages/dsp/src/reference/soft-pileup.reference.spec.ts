import { describe, expect, it } from 'vitest';
import { numbers, series } from '../testing/call-kernel.js';

const tau_in = 30;
const w_in = series(40, (i) => 7 * Math.exp(-i / tau_in) + 3 + (i >= 25 ? 100 : 0));

function expectStep(found: readonly number[]): void {
  found.forEach((value, i) => {
    expect(value).toBeCloseTo(i >= 25 ? 100 : 0, 9);
  });
}

describe('soft_pileup_corr', () => {
  it('takes a tail and its baseline away', () => {
    expectStep(numbers('soft_pileup_corr', { w_in, n_in: 20, tau_in }));
    expectStep(numbers('soft_pileup_corr', { w_in, n_in: 2, tau_in }));
  });

  it('needs from 2 to n whole samples', () => {
    for (const n_in of [1, 41, 2.5])
      expect(() => numbers('soft_pileup_corr', { w_in, n_in, tau_in })).toThrow('n_in');
  });
});

describe('soft_pileup_corr_bl', () => {
  it('takes a tail away above a given baseline', () => {
    expectStep(numbers('soft_pileup_corr_bl', { w_in, n_in: 20, tau_in, b_in: 3 }));
    expectStep(numbers('soft_pileup_corr_bl', { w_in, n_in: 1, tau_in, b_in: 3 }));
  });

  it('is NaN for NaN before anything is checked', () => {
    const found = numbers('soft_pileup_corr_bl', { w_in, n_in: 0, tau_in, b_in: Number.NaN });
    expect(found.every((value) => Number.isNaN(value))).toBe(true);
    expect(() => numbers('soft_pileup_corr_bl', { w_in, n_in: 0, tau_in, b_in: 3 })).toThrow('n_in');
  });
});
