import { trapezoid } from './trapezoid';

export function asym_trap_filter<F>(n: i32, x: usize, rise: usize, flat: usize, fall: usize, y: usize): i32 {
  return trapezoid<F>(n, x, rise, flat, fall, y, true);
}
