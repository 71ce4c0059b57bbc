import type { Numbers } from '../spec/kernel-spec.js';

/** Every sample repeated `factor` times around its place; places that nothing fills stay NaN. */
export function upsampler(wIn: Numbers, factor: Numbers, wOut: Numbers): number {
  const u = factor[0]!;
  for (let i = 0; i < wIn.length; i += 1) {
    const from = Math.floor(i * u - Math.floor(u / 2));
    const to = Math.min(from + Math.floor(u), wOut.length);
    for (let j = Math.max(from, 0); j < to; j += 1) wOut[j] = wIn[i]!;
  }
  return 0;
}
