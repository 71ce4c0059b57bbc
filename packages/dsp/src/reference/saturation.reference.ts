import type { Numbers } from '../spec/kernel-spec.js';

/** Numbers of samples equal to 0 and equal to 2^B - B (as stored results have it). */
export function saturation(wIn: Numbers, bitDepth: Numbers, low: Numbers, high: Numbers): number {
  const top = 2 ** bitDepth[0]! - bitDepth[0]!;
  let atZero = 0;
  let atTop = 0;
  for (const value of wIn) {
    if (value === 0) atZero += 1;
    else if (value === top) atTop += 1;
  }
  low[0] = atZero;
  high[0] = atTop;
  return 0;
}
