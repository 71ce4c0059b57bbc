import type { Numbers } from '../spec/kernel-spec.js';
import { meanStdev } from './mean-stdev.reference.js';

/** Mean and deviation as mean_stdev; straight line by least squares over the sample index, sums in double. */
export function linearSlopeFit(
  wIn: Numbers,
  mean: Numbers,
  stdev: Numbers,
  slope: Numbers,
  intercept: Numbers,
): number {
  meanStdev(wIn, mean, stdev);
  const n = wIn.length;
  let sumI = 0;
  let sumII = 0;
  let sum = 0;
  let sumIX = 0;
  for (let i = 0; i < n; i += 1) {
    sumI += i;
    sumII += i * i;
    sum += wIn[i]!;
    sumIX += i * wIn[i]!;
  }
  const steepness = (n * sumIX - sumI * sum) / (n * sumII - sumI * sumI);
  slope[0] = steepness;
  intercept[0] = (sum - steepness * sumI) / n;
  return 0;
}
