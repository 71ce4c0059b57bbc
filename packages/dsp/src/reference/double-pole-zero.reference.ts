import type { Numbers } from '../spec/kernel-spec.js';

/** Makes a step of (1 - f) exp(-t/tau1) + f exp(-t/tau2); recursion in double, the first two samples are copied. */
export function doublePoleZero(
  wIn: Numbers,
  tau1: Numbers,
  tau2: Numbers,
  fraction: Numbers,
  wOut: Numbers,
): number {
  const a = Math.exp(-1 / tau1[0]!);
  const b = Math.exp(-1 / tau2[0]!);
  const q = fraction[0]! * b - fraction[0]! * a - b;
  let last = wIn[1]!;
  let before = wIn[0]!;
  wOut[0] = before;
  wOut[1] = last;
  for (let i = 2; i < wIn.length; i += 1) {
    const value = wIn[i]! - (a + b) * wIn[i - 1]! + a * b * wIn[i - 2]! - (q - 1) * last + q * before;
    before = last;
    last = value;
    wOut[i] = value;
  }
  return 0;
}
