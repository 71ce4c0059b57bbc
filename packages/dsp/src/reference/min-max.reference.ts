import type { Numbers } from '../spec/kernel-spec.js';

/** Smallest and largest sample and where each is first met. */
export function minMax(wIn: Numbers, tMin: Numbers, tMax: Numbers, aMin: Numbers, aMax: Numbers): number {
  let low = 0;
  let high = 0;
  for (let i = 1; i < wIn.length; i += 1) {
    if (wIn[i]! < wIn[low]!) low = i;
    if (wIn[i]! > wIn[high]!) high = i;
  }
  tMin[0] = low;
  tMax[0] = high;
  aMin[0] = wIn[low]!;
  aMax[0] = wIn[high]!;
  return 0;
}
