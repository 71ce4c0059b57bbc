import { rowBytes } from './histogram-bins';
import { countWithin, draw, range } from './histogram-counts';
import { countAgain, countValues } from './histogram-values';
import { LANES, status, stride } from './lanes';

/** Bins between the smallest and the largest sample, which itself is in none. Doubles first in the working memory. */
export function histogram<F>(
  n: i32,
  m: i32,
  p: i32,
  x: usize,
  weights: usize,
  borders: usize,
  scratch: usize,
): i32 {
  const low = scratch;
  const high = scratch + 32;
  const width = scratch + 64;
  const spare = scratch + 96;
  const first = scratch + 256;
  const counts = scratch + 288;
  const nan = range<F>(n, x, low, high);
  for (let at: usize = 0; at < 32; at += 8)
    store<f64>(width + at, (load<f64>(high + at) - load<f64>(low + at)) / <f64>m);
  memory.copy(first, low, 32);
  const values = counts + 2 * rowBytes(m);
  const single = nan == 0 ? countValues<F>(n, x, low, high, values, spare) : 0;
  if (single > 0) countAgain(single, first, values, m, low, width, high, counts);
  else countWithin<F>(n, m, x, low, width, high, counts, spare, nan);
  draw<F>(m, p, low, width, counts, weights, borders);
  for (let l = 0; l < LANES; l++) {
    const at = <usize>l * sizeof<F>();
    const isBad = (nan & (1 << l)) != 0;
    if (!isBad && load<f64>(width + <usize>l * 8) > 0) continue;
    for (let i: usize = 0; i < <usize>m; i++) store<F>(weights + at + i * stride<F>(), 0);
    if (!isBad) continue;
    for (let i: usize = 0; i < <usize>p; i++) store<F>(borders + at + i * stride<F>(), <F>NaN);
  }
  return status(0, nan, 0);
}
