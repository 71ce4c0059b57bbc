import type { Numbers } from '../spec/kernel-spec.js';

/** Average of the samples below the threshold; NaN when there is none. */
export function meanBelowThreshold(wIn: Numbers, threshold: Numbers, result: Numbers): number {
  let sum = 0;
  let count = 0;
  for (const value of wIn) {
    if (value >= threshold[0]!) continue;
    sum += value;
    count += 1;
  }
  result[0] = sum / count;
  return 0;
}
