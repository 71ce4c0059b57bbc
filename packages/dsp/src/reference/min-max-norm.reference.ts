import type { Numbers } from '../spec/kernel-spec.js';

/** x / max(|a_max|, |a_min|); a copy when one of them is 0. */
export function minMaxNorm(wIn: Numbers, aMin: Numbers, aMax: Numbers, wOut: Numbers): number {
  const low = Math.abs(aMin[0]!);
  const high = Math.abs(aMax[0]!);
  const divisor = low === 0 || high === 0 ? 1 : Math.max(low, high);
  for (let i = 0; i < wIn.length; i += 1) wOut[i] = wIn[i]! / divisor;
  return 0;
}
