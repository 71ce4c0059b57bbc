import type { Numbers } from '../spec/kernel-spec.js';

/** Natural logarithm when all samples are positive, else NaN everywhere. */
export function logCheck(wIn: Numbers, wLog: Numbers): number {
  for (const value of wIn) if (value <= 0) return 0;
  for (let i = 0; i < wIn.length; i += 1) wLog[i] = Math.log(wIn[i]!);
  return 0;
}
