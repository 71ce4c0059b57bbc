import type { Numbers } from '../spec/kernel-spec.js';
import { fourier } from './fourier.js';

/** Power spectrum |X|^2 / n; m = floor(n / 2) + 1 frequencies. */
export function psd(wIn: Numbers, psdOut: Numbers): number {
  const n = wIn.length;
  const { re, im } = fourier({ re: Float64Array.from(wIn), im: new Float64Array(n) });
  for (let k = 0; k < psdOut.length; k += 1) psdOut[k] = (re[k]! ** 2 + im[k]! ** 2) / n;
  return 0;
}
