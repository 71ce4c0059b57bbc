import { LANES, loadPair, stride } from './lanes';

/** Sums of all lanes in double, at `sums`. */
export function total<T>(n: i32, x: usize, sums: usize): void {
  if (ASC_FEATURE_SIMD) {
    const half = 2 * sizeof<T>();
    let a0 = f64x2.splat(0);
    let a1 = a0;
    let b0 = a0;
    let b1 = a0;
    let i = 0;
    for (; i + 2 <= n; i += 2) {
      a0 = f64x2.add(a0, loadPair<T>(x));
      a1 = f64x2.add(a1, loadPair<T>(x + half));
      b0 = f64x2.add(b0, loadPair<T>(x + stride<T>()));
      b1 = f64x2.add(b1, loadPair<T>(x + stride<T>() + half));
      x += 2 * stride<T>();
    }
    if (i < n) {
      a0 = f64x2.add(a0, loadPair<T>(x));
      a1 = f64x2.add(a1, loadPair<T>(x + half));
    }
    v128.store(sums, f64x2.add(a0, b0));
    v128.store(sums, f64x2.add(a1, b1), 16);
    return;
  }
  for (let l: usize = 0; l < <usize>LANES; l++) {
    let sum = 0.0;
    for (let i: usize = 0; i < <usize>n; i++) sum += <f64>load<T>(x + l * sizeof<T>() + i * stride<T>());
    store<f64>(sums + l * 8, sum);
  }
}
