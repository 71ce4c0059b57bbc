import type { Numbers } from '../spec/kernel-spec.js';

/** Samples in ascending order. */
export function sort(wIn: Numbers, wOut: Numbers): number {
  wOut.set(wIn);
  wOut.sort();
  return 0;
}
