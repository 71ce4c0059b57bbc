import { LANES, stride, uniform } from './lanes';
import { sortLanes } from './sort-lanes';

const ROOT: f64 = 0.7071067811865476;

/** Bytes that are worked on at once: a vector, or a number in builds without. */
function unit<T>(): usize {
  return ASC_FEATURE_SIMD ? 16 : sizeof<T>();
}

/** Averages and details of pairs that begin at `x`; an odd last sample is repeated. In place when `x` is `averages`. */
function split<T>(n: i32, x: usize, averages: usize, details: usize): void {
  const root = <T>ROOT;
  for (let k = 0; 2 * k < n; k++) {
    const right = 2 * k + 1 < n ? stride<T>() : 0;
    for (let at: usize = 0; at < stride<T>(); at += unit<T>()) {
      const p = x + <usize>(2 * k) * stride<T>() + at;
      const to = <usize>k * stride<T>() + at;
      if (ASC_FEATURE_SIMD) {
        const a = v128.load(p);
        const b = v128.load(p + right);
        v128.store(averages + to, v128.mul<T>(v128.add<T>(a, b), v128.splat<T>(root)));
        v128.store(details + to, v128.mul<T>(v128.sub<T>(a, b), v128.splat<T>(root)));
      } else {
        const a = load<T>(p);
        const b = load<T>(p + right);
        store<T>(averages + to, <T>((a + b) * root));
        store<T>(details + to, <T>((a - b) * root));
      }
    }
  }
}

/** Undoes `split` in place, from the end on, with details that are drawn towards 0 by the limits. */
function join<T>(n: i32, samples: usize, details: usize, limits: usize): void {
  const root = <T>ROOT;
  for (let k = (n - 1) / 2; k >= 0; k--) {
    const isPair = 2 * k + 1 < n;
    for (let at: usize = 0; at < stride<T>(); at += unit<T>()) {
      const from = <usize>k * stride<T>() + at;
      const to = samples + <usize>(2 * k) * stride<T>() + at;
      if (ASC_FEATURE_SIMD) {
        const limit = v128.load(limits + at);
        const detail = v128.load(details + from);
        const small = v128.pmax<T>(v128.pmin<T>(detail, limit), v128.neg<T>(limit));
        const d = v128.sub<T>(detail, small);
        const a = v128.load(samples + from);
        v128.store(to, v128.mul<T>(v128.add<T>(a, d), v128.splat<T>(root)));
        if (isPair) v128.store(to + stride<T>(), v128.mul<T>(v128.sub<T>(a, d), v128.splat<T>(root)));
      } else {
        const limit = load<T>(limits + at);
        const detail = load<T>(details + from);
        const d = detail - max<T>(min<T>(detail, limit), -limit);
        const a = load<T>(samples + from);
        store<T>(to, <T>((a + d) * root));
        if (isPair) store<T>(to + stride<T>(), <T>((a - d) * root));
      }
    }
  }
}

/** Writes the limits of all lanes; those that are not given come from the middle one of the sizes of the details. */
function limit<T>(n: i32, threshold: usize, details: usize, sorted: usize, limits: usize): void {
  memory.copy(limits, threshold, stride<T>());
  let isGiven = true;
  for (let at: usize = 0; at < stride<T>(); at += sizeof<T>())
    isGiven = isGiven && !isNaN<T>(load<T>(threshold + at));
  if (isGiven) return;
  const count = (n + 1) / 2;
  for (let i: usize = 0; i < <usize>(count * LANES) * sizeof<T>(); i += sizeof<T>())
    store<T>(sorted + i, abs<T>(load<T>(details + i)));
  sortLanes<T>(count, sorted);
  const high = sorted + <usize>(count / 2) * stride<T>();
  const low = sorted + <usize>((count - 1) / 2) * stride<T>();
  const factor = Math.sqrt(2 * Math.log(<f64>n)) / 0.6745 / 2;
  for (let at: usize = 0; at < stride<T>(); at += sizeof<T>()) {
    if (!isNaN<T>(load<T>(threshold + at))) continue;
    store<T>(limits + at, <T>((<f64>load<T>(low + at) + <f64>load<T>(high + at)) * factor));
  }
}

/** Lengths of the levels, as many as `level` can be at most. */
const LENGTHS = memory.data(4 * 64);

/** All lanes with the same number of levels. Working memory: limits, sorted details, details of all levels. */
function denoise<T>(n: i32, x: usize, levels: i32, threshold: usize, y: usize, scratch: usize): void {
  const sorted = scratch + stride<T>();
  const first = sorted + <usize>((n + 1) / 2) * stride<T>();
  let details = first;
  let length = n;
  for (let level = 0; level < levels; level++) {
    store<i32>(LENGTHS + ((<usize>level) << 2), length);
    split<T>(length, level == 0 ? x : y, y, details);
    length = (length + 1) / 2;
    details += <usize>length * stride<T>();
  }
  limit<T>(n, threshold, first, sorted, scratch);
  for (let level = levels - 1; level >= 0; level--) {
    details -= <usize>((load<i32>(LENGTHS + ((<usize>level) << 2)) + 1) / 2) * stride<T>();
    join<T>(load<i32>(LENGTHS + ((<usize>level) << 2)), y, details, scratch);
  }
}

/** One run for all lanes when they have as many levels; else one per lane, of which only that lane counts. */
export function wavelet_denoise<F>(
  n: i32,
  x: usize,
  level: usize,
  threshold: usize,
  y: usize,
  scratch: usize,
): i32 {
  if (uniform<F>(level)) {
    denoise<F>(n, x, <i32>load<F>(level), threshold, y, scratch);
    return 0;
  }
  const spare = scratch + <usize>(2 * n + 66) * stride<F>();
  for (let at: usize = 0; at < stride<F>(); at += sizeof<F>()) {
    const levels = load<F>(level + at);
    if (!(levels >= 1)) continue;
    denoise<F>(n, x, <i32>levels, threshold, spare, scratch);
    for (let i = at; i < <usize>n * stride<F>(); i += stride<F>()) store<F>(y + i, load<F>(spare + i));
  }
  return 0;
}
