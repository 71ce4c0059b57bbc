import type { Numbers } from '../spec/kernel-spec.js';

/** Power spectrum |X|^2 / n from the definition of the transform; m = floor(n / 2) + 1 frequencies. */
export function psd(wIn: Numbers, psdOut: Numbers): number {
  const n = wIn.length;
  const cosines = Float64Array.from({ length: n }, (_, i) => Math.cos((2 * Math.PI * i) / n));
  const sines = Float64Array.from({ length: n }, (_, i) => Math.sin((2 * Math.PI * i) / n));
  for (let k = 0; k < psdOut.length; k += 1) {
    let real = 0;
    let imaginary = 0;
    for (let i = 0, phase = 0; i < n; i += 1, phase = (phase + k) % n) {
      real += wIn[i]! * cosines[phase]!;
      imaginary += wIn[i]! * sines[phase]!;
    }
    psdOut[k] = (real * real + imaginary * imaginary) / n;
  }
  return 0;
}
