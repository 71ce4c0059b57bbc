import type { Numbers } from '../spec/kernel-spec.js';
import { fourier } from './fourier.js';
import { hasNan } from './has-nan.js';

/** A filter in the frequency domain, real and imaginary parts apart. */
export interface FrequencyFilter {
  readonly re: readonly number[];
  readonly im: readonly number[];
}

/**
 * P* / (|P|^2 + |N|^2 / |S|^2) with S and N the spectra of a superpulse and of noise (of equal length, the superpulse
 * with its maximum behind sample 0) and P = S over the spectrum of the superpulse's maximum alone.
 */
export function wienerFilter(superpulse: readonly number[], noise: readonly number[]): FrequencyFilter {
  const n = superpulse.length;
  const spectrum = (values: ArrayLike<number>) =>
    fourier({ re: Float64Array.from(values), im: new Float64Array(n) });
  const peak = superpulse.reduce((best, value, i) => (value > superpulse[best]! ? i : best), 0);
  const delta = new Float64Array(n);
  delta[peak] = superpulse[peak]!;
  const [s, d, noiseSpectrum] = [spectrum(superpulse), spectrum(delta), spectrum(noise)];
  const re: number[] = [];
  const im: number[] = [];
  for (let k = 0; k < n; k += 1) {
    const size = d.re[k]! ** 2 + d.im[k]! ** 2;
    const pRe = (s.re[k]! * d.re[k]! + s.im[k]! * d.im[k]!) / size;
    const pIm = (s.im[k]! * d.re[k]! - s.re[k]! * d.im[k]!) / size;
    const signal = s.re[k]! ** 2 + s.im[k]! ** 2;
    const power = noiseSpectrum.re[k]! ** 2 + noiseSpectrum.im[k]! ** 2;
    const below = pRe * pRe + pIm * pIm + power / signal;
    re.push(pRe / below);
    im.push(-pIm / below);
  }
  return { re, im };
}

/** A spectrum of [re, im] pairs times a filter of the same frequencies, or of those up to the Nyquist frequency. */
export function multiplySpectrum(spectrum: Numbers, re: Numbers, im: Numbers, out: Numbers): number {
  const isNan = hasNan(spectrum);
  for (let k = 0; 2 * k < out.length; k += 1) {
    const [a, b, c, d] = [spectrum[2 * k]!, spectrum[2 * k + 1]!, re[k]!, im[k]!];
    out[2 * k] = isNan ? Number.NaN : a * c - b * d;
    out[2 * k + 1] = isNan ? 0 : a * d + b * c;
  }
  return 0;
}
