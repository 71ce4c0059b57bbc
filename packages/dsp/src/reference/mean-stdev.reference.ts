import type { Numbers } from '../spec/kernel-spec.js';

/** Welford's running mean and sum of squares; deviation with n - 1. */
export function meanStdev(wIn: Numbers, mean: Numbers, stdev: Numbers): number {
  let average = 0;
  let squares = 0;
  for (let i = 0; i < wIn.length; i += 1) {
    const distance = wIn[i]! - average;
    average += distance / (i + 1);
    squares += distance * (wIn[i]! - average);
  }
  mean[0] = average;
  stdev[0] = Math.sqrt(squares / (wIn.length - 1));
  return 0;
}
