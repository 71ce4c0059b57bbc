import type { Numbers } from '../spec/kernel-spec.js';

/** y_0 = x_0, y_i = y_{i-1} + x_i - c x_{i-1} with c = exp(-1/tau), the running sum in double. */
export function poleZero(wIn: Numbers, tau: Numbers, wOut: Numbers): number {
  const c = Math.exp(-1 / tau[0]!);
  let previous = 0;
  let sum = 0;
  for (let i = 0; i < wIn.length; i += 1) {
    sum += wIn[i]! - c * previous;
    previous = wIn[i]!;
    wOut[i] = sum;
  }
  return Number.isNaN(sum) ? 1 : 0;
}
