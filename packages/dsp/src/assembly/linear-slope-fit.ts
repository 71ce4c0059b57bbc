import { moments } from './moments';

export function linear_slope_fit_f32(
  n: i32,
  x: usize,
  mean: usize,
  stdev: usize,
  slope: usize,
  intercept: usize,
  scratch: usize,
): i32 {
  return moments<f32>(n, x, mean, stdev, slope, intercept, scratch);
}

export function linear_slope_fit_f64(
  n: i32,
  x: usize,
  mean: usize,
  stdev: usize,
  slope: usize,
  intercept: usize,
  scratch: usize,
): i32 {
  return moments<f64>(n, x, mean, stdev, slope, intercept, scratch);
}
