import type { Numbers } from '../spec/kernel-spec.js';
import { fourier } from './fourier.js';
import { hasNan } from './has-nan.js';

/** Makes a complex result NaN as numpy writes it: the real parts NaN, the imaginary parts 0. */
function clearComplex(out: Numbers): void {
  for (let i = 0; i < out.length; i += 2) {
    out[i] = Number.NaN;
    out[i + 1] = 0;
  }
}

/** Unnormalised transform of real samples; the result is [re, im] pairs of the frequencies 0 to n / 2. */
export function fft(wIn: Numbers, dftOut: Numbers): number {
  if (hasNan(wIn)) {
    clearComplex(dftOut);
    return 0;
  }
  const { re, im } = fourier({ re: Float64Array.from(wIn, Number), im: new Float64Array(wIn.length) });
  for (let k = 0; k < dftOut.length / 2; k += 1) {
    dftOut[2 * k] = re[k]!;
    dftOut[2 * k + 1] = im[k]!;
  }
  return 0;
}

/** Real samples of which `fft` makes these [re, im] pairs, 1 / m normalised. */
export function ifft(dftIn: Numbers, wOut: Numbers): number {
  const m = wOut.length;
  const re = new Float64Array(m);
  const im = new Float64Array(m);
  for (let k = 0; k < m; k += 1) {
    const mirrored = 2 * k > m;
    const source = mirrored ? m - k : k;
    const isReal = source === 0 || 2 * source === m;
    re[k] = dftIn[2 * source]!;
    im[k] = isReal ? 0 : dftIn[2 * source + 1]! * (mirrored ? 1 : -1);
  }
  const result = fourier({ re, im }).re;
  for (let i = 0; i < m; i += 1) wOut[i] = result[i]! / m;
  return 0;
}
