import { trapezoid, trapezoidTop } from './trapezoid';

export function trap_norm<F>(n: i32, x: usize, rise: usize, flat: usize, y: usize): i32 {
  return trapezoid<F>(n, x, rise, flat, rise, y, true);
}

export function trap_norm_top<F>(n: i32, x: usize, rise: usize, flat: usize, top: usize): i32 {
  return trapezoidTop<F>(n, x, rise, flat, rise, top, true);
}
