import { describe, expect, it } from 'vitest';
import { callKernel, numbers, series } from '../testing/call-kernel.js';

const pulse = [0, 0, 1, 0, 0, 0];

describe('recursive_filter', () => {
  it('follows its definition', () => {
    const found = numbers('recursive_filter', {
      w_in: [1, 2, 3, 4],
      a: [2, 1],
      b: [2, -1],
      init_in: 4,
      init_out: 6,
      w_out: 4,
    });
    const expected: number[] = [];
    [1, 2, 3, 4].forEach((x, i, all) => {
      expected.push((2 * x + (all[i - 1] ?? 4) + (expected[i - 1] ?? 6)) / 2);
    });
    expect(found).toEqual(expected);
  });

  it('is an average without feedback', () => {
    expect(
      numbers('recursive_filter', {
        w_in: [2, 4, 6],
        a: [0.5, 0.5],
        b: [1],
        init_in: 0,
        init_out: 0,
        w_out: 3,
      }),
    ).toEqual([1, 3, 5]);
  });
});

describe('convolve_exp', () => {
  it('decays behind a pulse, and does nothing with a decay time of 0', () => {
    const r = Math.exp(-1 / 3);
    numbers('convolve_exp', { w_in: pulse, tau: 3, w_out: 6 }).forEach((value, i) => {
      expect(value).toBeCloseTo(i < 2 ? 0 : r ** (i - 2), 12);
    });
    expect(numbers('convolve_exp', { w_in: pulse, tau: 0, w_out: 6 })).toEqual(pulse);
  });
});

describe('damped oscillators', () => {
  const oscillator = { tau: 5, omega: 0.7, phase: 0.3 };

  it('answer a pulse with a damped cosine', () => {
    numbers('convolve_damped_oscillator', { w_in: pulse, ...oscillator, w_out: 6 }).forEach((value, i) => {
      const t = i - 2;
      expect(value).toBeCloseTo(t < 0 ? 0 : Math.exp(-t / 5) * Math.cos(0.7 * t + 0.3), 12);
    });
  });

  it('are added to every step', () => {
    const w_in = series(8, (i) => (i < 3 ? 0 : 1));
    numbers('inject_damped_oscillation', { w_in, ...oscillator, frac: 0.5, w_out: 8 }).forEach((value, i) => {
      const t = i - 3;
      expect(value).toBeCloseTo(t < 0 ? 0 : 1 + 0.5 * Math.exp(-t / 5) * Math.cos(0.7 * t + 0.3), 12);
    });
    expect(() =>
      callKernel('inject_damped_oscillation', { w_in, ...oscillator, frac: 1.5, w_out: 8 }),
    ).toThrow(/frac must be between 0 and 1/);
  });
});
