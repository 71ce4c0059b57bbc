import { LANES, loadPair, storePair, stride, uniform } from './lanes';

function lane<T>(n: i32, x: usize, fraction: f64, back: i32, threshold: T): T {
  let start = 0;
  while (start < n && !(load<T>(x + <usize>start * stride<T>()) > threshold)) start++;
  const apart = <usize>back * stride<T>();
  for (let i = max(start, back); i + 1 < n; i++) {
    const p = x + <usize>i * stride<T>();
    const here = fraction * <f64>load<T>(p) - <f64>load<T>(p - apart);
    const next = fraction * <f64>load<T>(p + stride<T>()) - <f64>load<T>(p + stride<T>() - apart);
    if (here > 0 && next <= 0) return <T>(<f64>i + here / (here - next));
  }
  return <T>NaN;
}

/** Samples that are compared with the threshold together. */
const BLOCK: i32 = 8;

/** First sample of the block in which the first lane is above its threshold; n when none is. */
function firstAbove<T>(n: i32, x: usize, threshold: usize): i32 {
  for (let from = 0; from < n; from += BLOCK) {
    const end = x + <usize>min(from + BLOCK, n) * stride<T>();
    let above = i32x4.splat(0);
    for (let h: usize = 0; h < stride<T>(); h += 16) {
      const level = v128.load(threshold + h);
      for (let p = x + <usize>from * stride<T>() + h; p < end; p += stride<T>())
        above = v128.or(above, v128.gt<T>(v128.load(p), level));
    }
    if (v128.any_true(above)) return from;
  }
  return n;
}

/** Two lanes with one delay, until both have found their crossing; nothing is above the threshold before `from`. */
function pair<T>(n: i32, x: usize, from: i32, fraction: v128, back: i32, threshold: v128): v128 {
  const apart = <usize>back * stride<T>();
  const start = max(from, back);
  let found = f64x2.splat(NaN);
  let open = i64x2.splat(0);
  for (let i = from; i < start; i++)
    open = v128.or(open, f64x2.gt(loadPair<T>(x + <usize>i * stride<T>()), threshold));
  x += <usize>(start - back) * stride<T>();
  let value = loadPair<T>(x + apart);
  let here = f64x2.sub(f64x2.mul(fraction, value), loadPair<T>(x));
  let left = i64x2.splat(-1);
  for (let i = start; i + 1 < n; i++) {
    x += stride<T>();
    open = v128.or(open, f64x2.gt(value, threshold));
    value = loadPair<T>(x + apart);
    const next = f64x2.sub(f64x2.mul(fraction, value), loadPair<T>(x));
    const crosses = v128.and(f64x2.gt(here, f64x2.splat(0)), f64x2.le(next, f64x2.splat(0)));
    const isNew = v128.and(v128.and(open, left), crosses);
    if (v128.any_true(isNew)) {
      const time = f64x2.add(f64x2.splat(<f64>i), f64x2.div(here, f64x2.sub(here, next)));
      found = v128.bitselect(time, found, isNew);
      left = v128.andnot(left, isNew);
      if (!v128.any_true(left)) break;
    }
    here = next;
  }
  return found;
}

/** The delay may differ from row to row: then lane by lane. */
export function constant_fraction<F>(
  n: i32,
  x: usize,
  fraction: usize,
  delay: usize,
  threshold: usize,
  out: usize,
): i32 {
  const size = sizeof<F>();
  if (ASC_FEATURE_SIMD && uniform<F>(delay)) {
    const back = <i32>load<F>(delay);
    const from = firstAbove<F>(n, x, threshold);
    for (let at: usize = 0; at < stride<F>(); at += 2 * size) {
      const level = loadPair<F>(threshold + at);
      storePair<F>(out + at, pair<F>(n, x + at, from, loadPair<F>(fraction + at), back, level));
    }
    return 0;
  }
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * size;
    const back = load<F>(delay + at);
    if (!(back >= 1)) continue;
    const found = lane<F>(n, x + at, <f64>load<F>(fraction + at), <i32>back, load<F>(threshold + at));
    store<F>(out + at, found);
  }
  return 0;
}
