import { correct } from './pole-zero-sums';

export function pole_zero<F>(n: i32, wIn: usize, tau: usize, wOut: usize): i32 {
  return correct<F>(n, wIn, tau, wOut);
}
