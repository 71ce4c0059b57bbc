import type { Numbers } from '../spec/kernel-spec.js';

/** Number of samples above the threshold. */
export function timeOverThreshold(wIn: Numbers, threshold: Numbers, count: Numbers): number {
  let above = 0;
  for (const value of wIn) if (value > threshold[0]!) above += 1;
  count[0] = above;
  return 0;
}
