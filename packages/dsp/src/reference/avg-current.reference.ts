import type { Numbers } from '../spec/kernel-spec.js';

/** y_i = (x_{i+L} - x_i) / L; the index uses the whole part of L, the division all of it. */
export function avgCurrent(wIn: Numbers, length: Numbers, wOut: Numbers): number {
  const span = length[0]!;
  for (let i = 0; i < wOut.length; i += 1) wOut[i] = (wIn[i + Math.floor(span)]! - wIn[i]!) / span;
  return 0;
}
