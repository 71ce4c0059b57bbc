import { rowBytes } from './histogram-bins';
import { countAll, countWithin, draw, range } from './histogram-counts';
import { countAgain, countValues } from './histogram-values';
import { LANES, status, stride } from './lanes';

/** Middle of the first fullest of m bins, rounded to a multiple of `step` (half to even). */
function middleOf(m: i32, low: f64, width: f64, step: f64, counts: usize): f64 {
  let best = 0;
  let most = load<i32>(counts);
  for (let i = 1; i < m; i++) {
    const count = load<i32>(counts + <usize>i * 16);
    if (count > most) {
      most = count;
      best = i;
    }
  }
  return nearest<f64>((low + width * (<f64>best + 0.5)) / step) * step;
}

/** Bins of a given width around a centre, or around the most frequent value where the centre is NaN. Fault 1: NaN. */
export function histogram_around_mode<F>(
  n: i32,
  m: i32,
  p: i32,
  x: usize,
  center: usize,
  binWidth: usize,
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
  const values = counts + 2 * rowBytes(m);
  const nan = range<F>(n, x, low, high);
  let isOpen = false;
  for (let l: usize = 0; l < <usize>LANES; l++) {
    store<f64>(width + l * 8, (load<f64>(high + l * 8) - load<f64>(low + l * 8)) / <f64>m);
    const c = load<F>(center + l * sizeof<F>());
    isOpen = isOpen || c != c;
  }
  memory.copy(first, low, 32);
  const single = nan == 0 ? countValues<F>(n, x, low, high, values, spare) : 0;
  if (isOpen) {
    if (single > 0) countAgain(single, first, values, m, low, width, high, counts);
    else countWithin<F>(n, m, x, low, width, high, counts, spare, nan);
  }
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * 8;
    const step = <f64>load<F>(binWidth + l * sizeof<F>());
    let middle = <f64>load<F>(center + l * sizeof<F>());
    if (middle != middle) {
      middle = load<f64>(low + at);
      if (load<f64>(width + at) != 0)
        middle = middleOf(m, middle, load<f64>(width + at), step, counts + l * 4);
    }
    store<f64>(low + at, middle - step * <f64>(m / 2) - step / 2);
    store<f64>(width + at, step);
    store<f64>(high + at, NaN);
  }
  if (single > 0) countAgain(single, first, values, m, low, width, high, counts);
  else countAll<F, StaticArray<F>>(n, m, x, low, width, high, counts, spare);
  draw<F>(m, p, low, width, counts, weights, borders);
  let unset = 0;
  for (let l = 0; l < LANES; l++) {
    const at = <usize>l * sizeof<F>();
    const step = load<f64>(width + <usize>l * 8);
    if (step == step) continue;
    unset |= 1 << l;
    for (let i: usize = 0; i < <usize>m; i++) store<F>(weights + at + i * stride<F>(), <F>NaN);
  }
  return status(nan, unset, 1);
}
