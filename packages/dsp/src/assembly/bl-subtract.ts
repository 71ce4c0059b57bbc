import { subtract } from './subtract';

export function bl_subtract<F>(n: i32, wIn: usize, baseline: usize, wOut: usize): i32 {
  return subtract<F>(n, wIn, baseline, wOut);
}
