import { correct } from './pole-zero-sums';

export function pole_zero_f32(n: i32, wIn: usize, tau: usize, wOut: usize): i32 {
  return correct<f32>(n, wIn, tau, wOut);
}

export function pole_zero_f64(n: i32, wIn: usize, tau: usize, wOut: usize): i32 {
  return correct<f64>(n, wIn, tau, wOut);
}
