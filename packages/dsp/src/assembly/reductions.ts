import { better } from './first-place';
import { halves, LANES, stride } from './lanes';
import { total } from './sums';

/** numpy's functions along the samples. NaN never gets here. */

/** Largest or smallest sample of every lane. */
function extreme<T>(n: i32, x: usize, isLargest: bool, out: usize): void {
  const end = x + <usize>n * stride<T>();
  if (ASC_FEATURE_SIMD) {
    for (let h: usize = 0; h < <usize>halves<T>(); h++) {
      let p = x + h * 16;
      let a = v128.load(p);
      let b = a;
      for (; p + stride<T>() < end; p += 2 * stride<T>()) {
        a = better<T>(isLargest, a, v128.load(p));
        b = better<T>(isLargest, b, v128.load(p + stride<T>()));
      }
      if (p < end) a = better<T>(isLargest, a, v128.load(p));
      v128.store(out + h * 16, better<T>(isLargest, a, b));
    }
    return;
  }
  for (let at: usize = 0; at < stride<T>(); at += sizeof<T>()) {
    let best = load<T>(x + at);
    for (let p = x + at; p < end; p += stride<T>()) {
      const value = load<T>(p);
      if (isLargest ? value > best : value < best) best = value;
    }
    store<T>(out + at, best);
  }
}

/** Largest less smallest; `out` holds the smallest meanwhile. */
export function ptp<F>(n: i32, x: usize, out: usize, spare: usize): i32 {
  extreme<F>(n, x, false, out);
  extreme<F>(n, x, true, spare);
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * sizeof<F>();
    store<F>(out + at, <F>(load<F>(spare + at) - load<F>(out + at)));
  }
  return 0;
}

/** Sum times a factor. */
function scaled<T>(n: i32, x: usize, divisor: f64, out: usize, sums: usize): i32 {
  total<T>(n, x, sums);
  for (let l: usize = 0; l < <usize>LANES; l++)
    store<T>(out + l * sizeof<T>(), <T>(load<f64>(sums + l * 8) / divisor));
  return 0;
}

export function amin<F>(n: i32, x: usize, out: usize): i32 {
  extreme<F>(n, x, false, out);
  return 0;
}

export function sum<F>(n: i32, x: usize, out: usize, scratch: usize): i32 {
  return scaled<F>(n, x, 1, out, scratch);
}

export function mean<F>(n: i32, x: usize, out: usize, scratch: usize): i32 {
  return scaled<F>(n, x, <f64>n, out, scratch);
}
