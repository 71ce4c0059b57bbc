import { describe, expect, it } from 'vitest';
import { numbers, series } from '../testing/call-kernel.js';

const nan = Number.NaN;

describe.each(['convolve_wf', 'fft_convolve_wf'])('%s', (name) => {
  const w_in = [1, 2, 3, 4];
  const convolve = (mode_in: string, w_out: number, kernel: readonly number[] = [1, 10]) =>
    numbers(name, { w_in, kernel, mode_in, w_out });

  it('is full, valid or the same length', () => {
    expect(convolve('f', 5)).toEqual([1, 12, 23, 34, 40]);
    expect(convolve('v', 3)).toEqual([12, 23, 34]);
    expect(convolve('s', 4)).toEqual([1, 12, 23, 34]);
    expect(convolve('s', 4, [1, 10, 100])).toEqual([12, 123, 234, 340]);
  });

  it('is NaN for NaN in the kernel', () => {
    expect(convolve('s', 4, [1, nan])).toEqual([nan, nan, nan, nan]);
  });

  it('refuses other modes and lengths', () => {
    expect(() => convolve('x', 4)).toThrow("mode 'x' does not exist");
    expect(() => convolve('v', 4)).toThrow("mode 'v' gives 3 samples, the output has 4");
  });
});

describe('reflected_convolve_wf', () => {
  it('mirrors the waveform at its ends without repeating the edge', () => {
    const found = numbers('reflected_convolve_wf', { w_in: [1, 2, 3, 4], kernel: [1, 1, 1], w_out: 4 });
    expect(found).toEqual([2 + 1 + 2, 6, 9, 3 + 4 + 3]);
    expect(() => numbers('reflected_convolve_wf', { w_in: [1, 2], kernel: [1], w_out: 3 })).toThrow(
      '2 samples',
    );
  });
});

describe('gaussian_filter1d', () => {
  it('makes weights with the sum 1 in the shape of a Gaussian', () => {
    const weights = numbers('gaussian_filter1d', { sigma: 1, truncate: 3, weights: 7 });
    expect(weights.reduce((sum, value) => sum + value)).toBeCloseTo(1, 14);
    expect(weights).toEqual(weights.toReversed());
    expect(weights[2]! / weights[3]!).toBeCloseTo(Math.exp(-0.5), 14);
    expect(() => numbers('gaussian_filter1d', { sigma: 1, truncate: 3, weights: 6 })).toThrow(
      'must have 7 weights',
    );
    expect(numbers('gaussian_filter1d', { sigma: nan, truncate: 3, weights: 2 })).toEqual([nan, nan]);
  });
});

describe('t0_filter', () => {
  it('is a falling triangle and a constant whose areas cancel', () => {
    const kernel = numbers('t0_filter', { rise: 3, fall: 4, kernel: 7 });
    expect(kernel[0]).toBeCloseTo(1 / 2, 14);
    expect(kernel.slice(3)).toEqual([-0.25, -0.25, -0.25, -0.25]);
    expect(kernel.reduce((sum, value) => sum + value)).toBeCloseTo(0, 14);
    expect(() => numbers('t0_filter', { rise: 3, fall: 4, kernel: 6 })).toThrow('must add up');
    expect(() => numbers('t0_filter', { rise: -1, fall: 7, kernel: 6 })).toThrow('rise must not be negative');
  });
});

describe('moving_slope', () => {
  it('gives the slope of a line when it is convolved with it', () => {
    const kernel = numbers('moving_slope', { kernel: 5 });
    const found = numbers('convolve_wf', {
      w_in: series(12, (i) => 3 * i - 7),
      kernel,
      mode_in: 'v',
      w_out: 8,
    });
    for (const slope of found) expect(slope).toBeCloseTo(3, 12);
  });
});

describe('cusp_filter', () => {
  const cusp = (more: object = {}) =>
    numbers('cusp_filter', { sigma: 4, flat: 3, decay: 1e9, kernel: 21, ...more });

  it('has steep sides and takes a decay out', () => {
    // Without decay the filter is the difference of the cusp, so that its running sum is the cusp itself.
    let sum = 0;
    const shape = cusp().map((value) => (sum += value));
    expect(shape[9]).toBeCloseTo(1, 6);
    expect(shape[12]).toBeCloseTo(1, 6);
    expect(shape[5]! / shape[4]!).toBeCloseTo(Math.sinh(5 / 4) / Math.sinh(1), 6);
    expect(shape[16]).toBeCloseTo(shape[5]!, 6);
  });

  it('refuses negative lengths and parts of samples', () => {
    expect(() => cusp({ flat: 2.5 })).toThrow('flat must be a whole number');
    expect(() => cusp({ sigma: -1 })).toThrow('sigma must not be negative');
    expect(() => cusp({ decay: -1 })).toThrow('decay must not be negative');
    expect(cusp({ decay: nan, kernel: 2 })).toEqual([nan, nan]);
  });
});

describe('zac_filter', () => {
  it('has zero area, so that a constant leaves no trace', () => {
    let sum = 0;
    const shape = numbers('zac_filter', { sigma: 4, flat: 3, decay: 1e9, kernel: 41 }).map(
      (value) => (sum += value),
    );
    expect(shape.reduce((area, value) => area + value)).toBeCloseTo(0, 6);
    expect(shape[20]).toBeCloseTo(1, 6);
    expect(Math.min(...shape)).toBeLessThan(-0.1);
  });

  it('refuses what cusp_filter refuses', () => {
    expect(() => numbers('zac_filter', { sigma: 4, flat: 3, decay: -1, kernel: 9 })).toThrow(
      'must not be negative',
    );
  });
});

describe('psd', () => {
  it('has the power of a wave at its frequency', () => {
    const w_in = series(16, (i) => 3 * Math.cos((2 * Math.PI * 2 * i) / 16));
    const power = numbers('psd', { w_in, psd_out: 9 });
    power.forEach((value, k) => {
      expect(value).toBeCloseTo(k === 2 ? (9 * 16) / 4 : 0, 12);
    });
    expect(() => numbers('psd', { w_in, psd_out: 8 })).toThrow('9 values');
    expect(numbers('psd', { w_in: [1, nan], psd_out: 2 })).toEqual([nan, nan]);
  });
});
