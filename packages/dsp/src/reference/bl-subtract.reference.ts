import type { Numbers } from '../spec/kernel-spec.js';

/** y_i = x_i - baseline. */
export function blSubtract(wIn: Numbers, baseline: Numbers, wOut: Numbers): number {
  for (let i = 0; i < wIn.length; i += 1) wOut[i] = wIn[i]! - baseline[0]!;
  return 0;
}
