import { describe, expect, it } from 'vitest';
import { callKernel, numbers, series } from '../testing/call-kernel.js';
import { fft, ifft } from './fft.reference.js';

const nan = Number.NaN;

describe('fft and ifft', () => {
  it('find the one frequency of a cosine', () => {
    const waveform = Float64Array.from(series(8, (i) => 3 * Math.cos((2 * Math.PI * 2 * i) / 8)));
    const spectrum = new Float64Array(10);
    fft(waveform, spectrum);
    spectrum.forEach((value, i) => {
      expect(value).toBeCloseTo(i === 4 ? 12 : 0, 12);
    });
  });

  it.each([2, 6, 8, 10, 30])('give back a waveform of %i samples', (n) => {
    const waveform = Float64Array.from(series(n, (i) => ((i * 7) % 5) - 2));
    const spectrum = new Float64Array(n + 2);
    const back = new Float64Array(n);
    fft(waveform, spectrum);
    ifft(spectrum, back);
    back.forEach((value, i) => {
      expect(value).toBeCloseTo(waveform[i]!, 12);
    });
  });

  it('make a NaN a spectrum of NaN, its imaginary parts 0 as numpy writes it', () => {
    const spectrum = new Float64Array(4);
    fft(Float64Array.of(1, nan), spectrum);
    expect([...spectrum]).toEqual([nan, 0, nan, 0]);
  });
});

describe('discrete_wavelet_transform', () => {
  const call = (level: number, coeff: string, w_out: number, w_in: readonly number[] = [1, 3, 5, 9, 2]) =>
    numbers('discrete_wavelet_transform', { w_in, level, wave_type: 'h', coeff, w_out });

  it('has averages and details of one level, odd lengths with the last sample twice', () => {
    const root = Math.SQRT2;
    [4 / root, 14 / root, 4 / root].forEach((value, i) => {
      expect(call(1, 'a', 3)[i]).toBeCloseTo(value, 12);
    });
    [-2 / root, -4 / root, 0].forEach((value, i) => {
      expect(call(1, 'd', 3)[i]).toBeCloseTo(value, 12);
    });
    expect(call(2, 'a', 2)[0]).toBeCloseTo(9, 12);
    expect(call(2, 'd', 2)[0]).toBeCloseTo(-5, 12);
  });

  it.each([
    [0, 'a', 5, /level must be between/],
    [1, 'x', 3, /choose a \(averages\) or d/],
    [1, 'a', 4, /has 3 coefficients, the output 4/],
  ])('refuses level %i, coefficients %s, output %i', (level, coeff, length, message) => {
    expect(() => call(level, coeff, length)).toThrow(message);
  });
});

describe('dplms', () => {
  const n = 5;
  const unit = series(n * n, (at) => (at % (n + 1) === 0 ? 1 : 0));
  const noise_mat = series(n, (row) => row).map((row) => unit.slice(row * n, (row + 1) * n));
  const reference = series(20, (i) => (i < 10 ? 0 : 1));
  const call = (changes: object = {}) =>
    numbers('dplms', { noise_mat, reference, a1: 1, a2: 0.5, a3: 1, ff: 1, kernel: n, ...changes });

  it('has a convolution with the reference whose maximum is 1', () => {
    const kernel = call();
    const convolved = series(reference.length - n + 1, (start) =>
      kernel.reduce((sum, weight, i) => sum + weight * reference[start + n - 1 - i]!, 0),
    );
    expect(Math.max(...convolved)).toBeCloseTo(1, 12);
  });

  it('has less area the more the area weighs', () => {
    const area = (a3: number) => Math.abs(call({ a3 }).reduce((sum, weight) => sum + weight, 0));
    expect(area(1000)).toBeLessThan(area(1));
  });

  it.each([
    [{ a1: 0 }, /a1 must be above 0/],
    [{ ff: 2 }, /ff must be 1/],
  ])('refuses %j', (changes, message) => {
    expect(() => call(changes)).toThrow(message);
  });

  it('is NaN for NaN', () => {
    expect(
      callKernel('dplms', {
        noise_mat,
        reference: [...reference.slice(1), nan],
        a1: 1,
        a2: 1,
        a3: 1,
        ff: 1,
        kernel: n,
      }),
    ).toEqual({ kernel: [nan, nan, nan, nan, nan] });
  });
});
