import { moments } from './moments';

export function mean_stdev<F>(n: i32, x: usize, mean: usize, stdev: usize, scratch: usize): i32 {
  return moments<F>(n, x, mean, stdev, 0, 0, scratch);
}
