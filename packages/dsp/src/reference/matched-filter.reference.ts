import type { Numbers } from '../spec/kernel-spec.js';

/** A pulse back to front, divided by the sum of its squares. Fault 1: the pulse is 0 all over. */
export function matchedFilter(pulse: Numbers, kernel: Numbers): number {
  const n = pulse.length;
  let power = 0;
  for (const value of pulse) power += value * value;
  if (n > 0 && !(power > 0)) return 1;
  for (let i = 0; i < n; i += 1) kernel[i] = pulse[n - 1 - i]! / power;
  return 0;
}
