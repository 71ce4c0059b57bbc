import { correctLess } from './pole-zero-sums';
import { trapezoid, trapezoidTop } from './trapezoid';

/**
 * The trapezoid of the waveform less its baseline and its decay. The waveform in between lies in the working memory, which is
 * still in the cache when it is read. Fault 1: an infinite sample. `isTop`: only the largest sample is written.
 */
function run<T>(
  n: i32,
  x: usize,
  baseline: usize,
  tau: usize,
  rise: usize,
  flat: usize,
  y: usize,
  scratch: usize,
  isTop: bool,
): i32 {
  const bad = correctLess<T>(n, x, baseline, tau, scratch);
  const found = isTop
    ? trapezoidTop<T>(n, scratch, rise, flat, rise, y, true)
    : trapezoid<T>(n, scratch, rise, flat, rise, y, true);
  return bad | found;
}

export function trap_pole_zero<F>(
  n: i32,
  x: usize,
  baseline: usize,
  tau: usize,
  rise: usize,
  flat: usize,
  y: usize,
  scratch: usize,
): i32 {
  return run<F>(n, x, baseline, tau, rise, flat, y, scratch, false);
}

export function trap_pole_zero_top<F>(
  n: i32,
  x: usize,
  baseline: usize,
  tau: usize,
  rise: usize,
  flat: usize,
  top: usize,
  scratch: usize,
): i32 {
  return run<F>(n, x, baseline, tau, rise, flat, top, scratch, true);
}
