import { trapezoid, trapezoidTop } from './trapezoid';

export function trap_filter_f32(n: i32, x: usize, rise: usize, flat: usize, y: usize): i32 {
  return trapezoid<f32>(n, x, rise, flat, rise, y, false);
}

export function trap_filter_f64(n: i32, x: usize, rise: usize, flat: usize, y: usize): i32 {
  return trapezoid<f64>(n, x, rise, flat, rise, y, false);
}

export function trap_filter_top_f32(n: i32, x: usize, rise: usize, flat: usize, top: usize): i32 {
  return trapezoidTop<f32>(n, x, rise, flat, rise, top, false);
}

export function trap_filter_top_f64(n: i32, x: usize, rise: usize, flat: usize, top: usize): i32 {
  return trapezoidTop<f64>(n, x, rise, flat, rise, top, false);
}
