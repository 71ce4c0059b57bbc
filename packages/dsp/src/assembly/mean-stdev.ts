import { moments } from './moments';

export function mean_stdev_f32(n: i32, x: usize, mean: usize, stdev: usize, scratch: usize): i32 {
  return moments<f32>(n, x, mean, stdev, 0, 0, scratch);
}

export function mean_stdev_f64(n: i32, x: usize, mean: usize, stdev: usize, scratch: usize): i32 {
  return moments<f64>(n, x, mean, stdev, 0, 0, scratch);
}
