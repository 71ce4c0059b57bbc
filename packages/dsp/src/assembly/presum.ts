import { LANES, loadPair, storePair, stride, uniform } from './lanes';

function lane<T>(m: i32, k: i32, x: usize, divisor: f64, y: usize): void {
  let p = x;
  for (let i = 0; i < m; i++) {
    let sum = 0.0;
    for (let j = 0; j < k; j++) {
      sum += <f64>load<T>(p) / divisor;
      p += stride<T>();
    }
    store<T>(y + <usize>i * stride<T>(), <T>sum);
  }
}

function vectors<T>(m: i32, k: i32, x: usize, divisor: f64, y: usize): void {
  const half = 2 * sizeof<T>();
  const factor = f64x2.splat(1.0 / divisor);
  for (let i = 0; i < m; i++) {
    let s0 = f64x2.splat(0);
    let s1 = s0;
    for (let j = 0; j < k; j++) {
      s0 = f64x2.add(s0, loadPair<T>(x));
      s1 = f64x2.add(s1, loadPair<T>(x + half));
      x += stride<T>();
    }
    storePair<T>(y, f64x2.mul(s0, factor));
    storePair<T>(y + half, f64x2.mul(s1, factor));
    y += stride<T>();
  }
}

/** m sums (or averages) of k = n / m neighbours, in double. */
export function presum<F>(n: i32, m: i32, x: usize, norm: usize, factor: usize, y: usize): i32 {
  const k = m == 0 ? 0 : n / m;
  for (let l: usize = 0; l < <usize>LANES; l++) store<F>(factor + l * sizeof<F>(), <F>k);
  if (ASC_FEATURE_SIMD && uniform<F>(norm)) {
    vectors<F>(m, k, x, load<F>(norm) == <F>1 ? <f64>k : 1, y);
  } else {
    for (let l: usize = 0; l < <usize>LANES; l++) {
      const at = l * sizeof<F>();
      lane<F>(m, k, x + at, load<F>(norm + at) == <F>1 ? <f64>k : 1, y + at);
    }
  }
  return 0;
}
