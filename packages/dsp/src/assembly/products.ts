import { LANES, loadPair, status, storePair, storeQuad, stride } from './lanes';

/** numpy's products along the samples, in double and in order: others would overflow elsewhere. */

/** Product of the samples of all lanes. NaN never gets here. */
export function prod<F>(n: i32, x: usize, out: usize): i32 {
  const end = x + <usize>n * stride<F>();
  if (ASC_FEATURE_SIMD) {
    let low = f64x2.splat(1);
    let high = low;
    for (; x < end; x += stride<F>()) {
      low = f64x2.mul(low, loadPair<F>(x));
      high = f64x2.mul(high, loadPair<F>(x + 2 * sizeof<F>()));
    }
    storeQuad<F>(out, low, high);
    return 0;
  }
  for (let at: usize = 0; at < stride<F>(); at += sizeof<F>()) {
    let product = 1.0;
    for (let p = x + at; p < end; p += stride<F>()) product *= <f64>load<F>(p);
    store<F>(out + at, <F>product);
  }
  return 0;
}

/** Running products of all lanes. */
export function cumprod<F>(n: i32, x: usize, y: usize): i32 {
  if (ASC_FEATURE_SIMD) {
    const half = 2 * sizeof<F>();
    let low = f64x2.splat(1);
    let high = low;
    for (const end = x + <usize>n * stride<F>(); x < end; x += stride<F>()) {
      low = f64x2.mul(low, loadPair<F>(x));
      high = f64x2.mul(high, loadPair<F>(x + half));
      storePair<F>(y, low);
      storePair<F>(y + half, high);
      y += stride<F>();
    }
    const nan = i64x2.bitmask(f64x2.ne(low, low)) | (i64x2.bitmask(f64x2.ne(high, high)) << 2);
    return status(0, nan, 0);
  }
  let nan = 0;
  for (let l = 0; l < LANES; l++) {
    const at = <usize>l * sizeof<F>();
    let product = 1.0;
    for (let i: usize = 0; i < <usize>n; i++) {
      product *= <f64>load<F>(x + at + i * stride<F>());
      store<F>(y + at + i * stride<F>(), <F>product);
    }
    if (product != product) nan |= 1 << l;
  }
  return status(0, nan, 0);
}
