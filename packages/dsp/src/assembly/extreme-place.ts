import { BLOCK, better, firstPlace } from './first-place';
import { halves, stride } from './lanes';

/** Place of the first largest (or smallest) sample of a lane, or of its first NaN. */
function lane<T>(n: i32, x: usize, isLargest: bool): i32 {
  let best = load<T>(x);
  let at = 0;
  for (let i = 1; i < n && best == best; i++) {
    const value = load<T>(x + <usize>i * stride<T>());
    if ((isLargest ? value > best : value < best) || value != value) {
      best = value;
      at = i;
    }
  }
  return at;
}

/** The best samples of the lanes, and sums that tell which lanes hold a NaN. */
const BEST = memory.data(32);
const SUMS = memory.data(32);

/**
 * The best samples of all lanes at \`BEST\`, the beginnings of their blocks of samples at \`out\`. A NaN gets lost on the way, but
 * not in the sum of all samples (nor do two infinities).
 */
function vectors<T>(n: i32, x: usize, isLargest: bool, out: usize): void {
  const step = v128.splat<T>(<T>BLOCK);
  for (let h: usize = 0; h < <usize>halves<T>(); h++) {
    let p = x + h * 16;
    const end = p + <usize>n * stride<T>();
    let best = v128.load(p);
    let from = v128.splat<T>(<T>0);
    let bestFrom = from;
    let sum = from;
    while (p < end) {
      const stop = min(p + <usize>BLOCK * stride<T>(), end);
      let a = v128.load(p);
      let b = a;
      sum = v128.add<T>(sum, a);
      let other = v128.splat<T>(<T>0);
      p += stride<T>();
      for (; p + stride<T>() < stop; p += 2 * stride<T>()) {
        const one = v128.load(p);
        const two = v128.load(p + stride<T>());
        a = better<T>(isLargest, a, one);
        b = better<T>(isLargest, b, two);
        sum = v128.add<T>(sum, one);
        other = v128.add<T>(other, two);
      }
      if (p < stop) {
        const last = v128.load(p);
        a = better<T>(isLargest, a, last);
        sum = v128.add<T>(sum, last);
        p += stride<T>();
      }
      a = better<T>(isLargest, a, b);
      sum = v128.add<T>(sum, other);
      const isNew = isLargest ? v128.gt<T>(a, best) : v128.lt<T>(a, best);
      best = v128.bitselect(a, best, isNew);
      bestFrom = v128.bitselect(from, bestFrom, isNew);
      from = v128.add<T>(from, step);
    }
    v128.store(BEST + h * 16, best);
    v128.store(SUMS + h * 16, sum);
    v128.store(out + h * 16, bestFrom);
  }
}

function place<T>(n: i32, x: usize, isLargest: bool, out: usize): i32 {
  if (ASC_FEATURE_SIMD) vectors<T>(n, x, isLargest, out);
  for (let at: usize = 0; at < stride<T>(); at += sizeof<T>()) {
    const found =
      ASC_FEATURE_SIMD && !isNaN<T>(load<T>(SUMS + at))
        ? firstPlace<T>(n, x + at, <i32>load<T>(out + at), load<T>(BEST + at))
        : lane<T>(n, x + at, isLargest);
    store<T>(out + at, <T>found);
  }
  return 0;
}

export function argmax<F>(n: i32, x: usize, out: usize): i32 {
  return place<F>(n, x, true, out);
}

export function argmin<F>(n: i32, x: usize, out: usize): i32 {
  return place<F>(n, x, false, out);
}
