import { subtract } from './subtract';

export function bl_subtract_f32(n: i32, wIn: usize, baseline: usize, wOut: usize): i32 {
  return subtract<f32>(n, wIn, baseline, wOut);
}

export function bl_subtract_f64(n: i32, wIn: usize, baseline: usize, wOut: usize): i32 {
  return subtract<f64>(n, wIn, baseline, wOut);
}
