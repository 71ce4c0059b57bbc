import { describe, expect, it } from 'vitest';
import { callKernel, numbers, result, series } from '../testing/call-kernel.js';

const x = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];

function expectClose(found: readonly number[], expected: readonly number[], digits = 9): void {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, digits);
  });
}

describe('median_filter', () => {
  it('gives what scipy.ndimage.median_filter gives with mode nearest', () => {
    expect(numbers('median_filter', { w_in: x, length: 5 })).toEqual([3, 3, 3, 4, 4, 5, 5, 5, 5, 5, 5, 8]);
    expect(numbers('median_filter', { w_in: x, length: 1 })).toEqual(x);
  });

  it('takes a spike away and leaves a step', () => {
    const step = series(20, (i) => (i < 10 ? 0 : 7));
    const spiked = step.map((value, i) => (i === 4 ? 100 : value));
    expect(numbers('median_filter', { w_in: spiked, length: 3 })).toEqual(step);
  });

  it('refuses even windows and such as do not fit; a NaN makes all of it NaN', () => {
    expect(() => numbers('median_filter', { w_in: x, length: 4 })).toThrow('length must be odd');
    expect(() => numbers('median_filter', { w_in: x, length: 13 })).toThrow('between 1 and 12');
    expect(numbers('median_filter', { w_in: [1, Number.NaN, 2], length: 1 })).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });
});

describe('savgol_filter', () => {
  const inputs = { w_in: x, length: 5, degree: 2 };

  it('gives what scipy.signal.savgol_filter gives', () => {
    expectClose(
      numbers('savgol_filter', { ...inputs, derivative: 0 }),
      [
        2.8571428571, 1.9714285714, 1.9428571429, 2.7142857143, 5.3428571429, 6.1714285714, 5.2571428571,
        4.2857142857, 4.9142857143, 3.6857142857, 4.9428571429, 7.9142857143,
      ],
    );
    expectClose(
      numbers('savgol_filter', { ...inputs, derivative: 1 }),
      [-1.3142857143, -0.4571428571, 0.4, 1.7, 0.4, 0.7, -0.3, -0.9, 0.3, 0.4, 2.1142857143, 3.8285714286],
    );
  });

  it('leaves polynomials of its degree as they are', () => {
    const cubic = series(30, (i) => 2 - i + 0.5 * i ** 2 - 0.01 * i ** 3);
    expectClose(numbers('savgol_filter', { w_in: cubic, length: 11, degree: 3, derivative: 0 }), cubic, 8);
  });

  it('refuses a polynomial that the window does not settle', () => {
    expect(() => numbers('savgol_filter', { ...inputs, degree: 5, derivative: 0 })).toThrow('degree');
  });
});

describe('matched_filter', () => {
  it('finds the height of its pulse', () => {
    const pulse = [1, 3, 2];
    const kernel = numbers('matched_filter', { pulse });
    const w_in = [0, 0, 5, 15, 10, 0, 0];
    const found = numbers('convolve_wf', { w_in, kernel, mode_in: 'v', w_out: 5 });
    expect(found[2]).toBeCloseTo(5, 12);
    expect(Math.max(...found)).toBe(found[2]);
  });

  it('refuses a pulse of nothing', () => {
    expect(() => numbers('matched_filter', { pulse: [0, 0] })).toThrow('0 all over');
  });
});

describe('wavelet_denoise', () => {
  it('gives the waveform back when nothing is taken away, at any length', () => {
    for (const length of [1, 2, 7, 8, 33]) {
      const w_in = series(length, (i) => Math.sin(i));
      expectClose(numbers('wavelet_denoise', { w_in, level: 3, a_threshold: 0 }), w_in, 12);
    }
  });

  it('takes small details away and draws large ones towards 0', () => {
    const w_in = [10, 10.2, 30, 10];
    const found = numbers('wavelet_denoise', { w_in, level: 1, a_threshold: Math.SQRT2 });
    expectClose(found, [10.1, 10.1, 29, 11], 12);
  });

  it('takes the noise of the finest details when no threshold is given', () => {
    const w_in = series(256, (i) => (i < 128 ? 0 : 100) + Math.sin(12.9898 * i * i) * 2);
    const found = numbers('wavelet_denoise', { w_in, level: 4, a_threshold: Number.NaN });
    const rough = (w: readonly number[]) =>
      w.reduce((sum, value, i) => sum + (value - (i < 128 ? 0 : 100)) ** 2, 0);
    expect(rough(found)).toBeLessThan(0.35 * rough(w_in));
    expect(found[200]! - found[50]!).toBeGreaterThan(95);
  });
});

describe('constant_fraction', () => {
  const pulse = (height: number) => series(100, (i) => (i < 30 ? 0 : height * Math.min(1, (i - 30) / 20)));

  it('is at the same time for pulses of all heights', () => {
    const time = (height: number) =>
      result('constant_fraction', {
        w_in: pulse(height),
        fraction: 0.5,
        delay: 15,
        a_threshold: 0.01 * height,
      });
    expect(time(1)).toBeCloseTo(55, 9);
    expect(time(1000)).toBeCloseTo(55, 9);
  });

  it('is NaN when nothing is above the threshold', () => {
    const inputs = { fraction: 0.5, delay: 15, a_threshold: 10 };
    expect(callKernel('constant_fraction', { w_in: pulse(1), ...inputs })['t_out']).toBeNaN();
  });

  it('refuses fractions and delays that make no sense', () => {
    expect(() => result('constant_fraction', { w_in: x, fraction: 1, delay: 2, a_threshold: 0 })).toThrow(
      'fraction',
    );
    expect(() => result('constant_fraction', { w_in: x, fraction: 0.3, delay: 0, a_threshold: 0 })).toThrow(
      'delay',
    );
  });
});
