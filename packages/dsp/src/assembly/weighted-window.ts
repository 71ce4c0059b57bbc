import { convolveInside } from './convolve-sums';
import { notFinite } from './finite';
import { halves, LANES, status, stride } from './lanes';

/**
 * Every result is a weighted sum of the `size` samples around it; near the ends, of the first or last `size` samples with
 * weights of its own. The first sample is taken away before and its share given back, which keeps the digits of pulses on a
 * high baseline. Table (see src/plans/window-plan.ts): the weights of the middle, last first, four times each; the weights
 * of every place of a window; their sums.
 */

/** The row of weights of result i. */
function rowOf(n: i32, size: i32, i: i32): i32 {
  return i - min(max(i - (size - 1) / 2, 0), n - size);
}

/** Results [begin, end) of one lane; true when one of them is NaN. */
function lane<T>(n: i32, size: i32, x: usize, base: f64, begin: i32, end: i32, y: usize, table: usize): bool {
  let bad = false;
  const rows = table + <usize>size * stride<T>();
  for (let i = begin; i < end; i++) {
    const row = rowOf(n, size, i);
    const weights = rows + <usize>(row * size) * sizeof<T>();
    const from = x + <usize>(i - row) * stride<T>();
    let sum = 0.0;
    for (let j: usize = 0; j < <usize>size; j++)
      sum += <f64>load<T>(weights + j * sizeof<T>()) * (<f64>load<T>(from + j * stride<T>()) - base);
    const share = <f64>load<T>(rows + <usize>(size * size + row) * sizeof<T>());
    sum += base * share;
    bad = bad || sum != sum;
    store<T>(y + <usize>i * stride<T>(), <T>sum);
  }
  return bad;
}

/** The results in the middle of all lanes. */
function inside<T>(n: i32, size: i32, x: usize, y: usize, data: usize, table: usize): void {
  const half = (size - 1) / 2;
  const share = table + <usize>size * stride<T>() + <usize>(size * size + half) * sizeof<T>();
  const sum = v128.splat<T>(load<T>(share));
  const inner = y + <usize>half * stride<T>();
  for (let h: usize = 0; h < <usize>halves<T>(); h++) {
    const at = h * 16;
    const base = v128.load(x + at);
    for (let i = at; i < <usize>n * stride<T>(); i += stride<T>())
      v128.store(data + i, v128.sub<T>(v128.load(x + i), base));
    const count = n - size + 1;
    convolveInside<T>(size, count, data + at + <usize>(size - 1) * stride<T>(), table + at, inner + at);
    const given = v128.mul<T>(base, sum);
    for (let i = at; i < <usize>count * stride<T>(); i += stride<T>())
      v128.store(inner + i, v128.add<T>(v128.load(inner + i), given));
  }
}

function run<T>(n: i32, x: usize, y: usize, data: usize, size: i32, table: usize): i32 {
  const half = (size - 1) / 2;
  const bad = notFinite<T>(n, x);
  if (ASC_FEATURE_SIMD) inside<T>(n, size, x, y, data, table);
  let nan = 0;
  for (let l = 0; l < LANES; l++) {
    const at = <usize>l * sizeof<T>();
    const isBad = (bad & (1 << l)) != 0;
    const base = isBad ? 0 : <f64>load<T>(x + at);
    const begin = isBad || !ASC_FEATURE_SIMD ? n : half;
    const isFirst = lane<T>(n, size, x + at, base, 0, begin, y + at, table);
    const isLast = lane<T>(n, size, x + at, base, max(n - half, begin), n, y + at, table);
    if (isFirst || isLast) nan |= 1 << l;
  }
  return status(0, nan, 0);
}

export function gaussian_window<F>(
  n: i32,
  x: usize,
  sigma: usize,
  truncate: usize,
  y: usize,
  scratch: usize,
  size: i32,
  table: usize,
): i32 {
  return run<F>(n, x, y, scratch, size, table);
}

export function savgol_window<F>(
  n: i32,
  x: usize,
  length: usize,
  degree: usize,
  derivative: usize,
  y: usize,
  scratch: usize,
  size: i32,
  table: usize,
): i32 {
  return run<F>(n, x, y, scratch, size, table);
}
