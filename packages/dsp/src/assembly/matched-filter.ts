import { LANES, loadPair, status, storePair, stride } from './lanes';

/** Sums of the squares of all lanes in double, at `sums`. */
function powers<T>(n: i32, x: usize, sums: usize): void {
  const end = x + <usize>n * stride<T>();
  if (ASC_FEATURE_SIMD) {
    let low = f64x2.splat(0);
    let high = low;
    for (; x < end; x += stride<T>()) {
      const a = loadPair<T>(x);
      const b = loadPair<T>(x + 2 * sizeof<T>());
      low = f64x2.add(low, f64x2.mul(a, a));
      high = f64x2.add(high, f64x2.mul(b, b));
    }
    v128.store(sums, low);
    v128.store(sums, high, 16);
    return;
  }
  for (let l: usize = 0; l < <usize>LANES; l++) {
    let sum = 0.0;
    for (let p = x + l * sizeof<T>(); p < end; p += stride<T>()) sum += <f64>load<T>(p) * <f64>load<T>(p);
    store<f64>(sums + l * 8, sum);
  }
}

/** A pulse back to front, over the sum of its squares. Fault 1: the pulse is 0 all over. */
export function matched_filter<F>(n: i32, pulse: usize, kernel: usize, scratch: usize): i32 {
  powers<F>(n, pulse, scratch);
  let faulty = 0;
  for (let l = 0; l < LANES; l++) if (n > 0 && !(load<f64>(scratch + <usize>l * 8) > 0)) faulty |= 1 << l;
  const end = kernel + <usize>n * stride<F>();
  let from = pulse + <usize>n * stride<F>();
  if (ASC_FEATURE_SIMD) {
    const half = 2 * sizeof<F>();
    const low = v128.load(scratch);
    const high = v128.load(scratch, 16);
    for (; kernel < end; kernel += stride<F>()) {
      from -= stride<F>();
      storePair<F>(kernel, f64x2.div(loadPair<F>(from), low));
      storePair<F>(kernel + half, f64x2.div(loadPair<F>(from + half), high));
    }
  } else {
    for (; kernel < end; kernel += stride<F>()) {
      from -= stride<F>();
      for (let l: usize = 0; l < <usize>LANES; l++) {
        const at = l * sizeof<F>();
        store<F>(kernel + at, <F>(<f64>load<F>(from + at) / load<f64>(scratch + l * 8)));
      }
    }
  }
  return status(faulty, 0, 1);
}
