import type { Numbers } from '../spec/kernel-spec.js';

/** Sums of k = floor(n / m) neighbours, divided by k when normalising; the rest is dropped. */
export function presum(wIn: Numbers, doNorm: Numbers, factor: Numbers, wOut: Numbers): number {
  const k = Math.floor(wIn.length / wOut.length);
  const divisor = doNorm[0] === 1 ? k : 1;
  factor[0] = k;
  for (let i = 0; i < wOut.length; i += 1) {
    let sum = 0;
    for (let j = i * k; j < (i + 1) * k; j += 1) sum += wIn[j]! / divisor;
    wOut[i] = sum;
  }
  return 0;
}
