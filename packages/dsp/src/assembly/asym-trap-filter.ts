import { trapezoid } from './trapezoid';

export function asym_trap_filter_f32(n: i32, x: usize, rise: usize, flat: usize, fall: usize, y: usize): i32 {
  return trapezoid<f32>(n, x, rise, flat, fall, y, true);
}

export function asym_trap_filter_f64(n: i32, x: usize, rise: usize, flat: usize, fall: usize, y: usize): i32 {
  return trapezoid<f64>(n, x, rise, flat, fall, y, true);
}
