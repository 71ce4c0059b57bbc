import { moments } from './moments';

export function linear_slope_fit<F>(
  n: i32,
  x: usize,
  mean: usize,
  stdev: usize,
  slope: usize,
  intercept: usize,
  scratch: usize,
): i32 {
  return moments<F>(n, x, mean, stdev, slope, intercept, scratch);
}
