import { LANES, loadPair, pairOf, status, storePair, stride } from './lanes';

/** y_i = y_{i-1} + x_i - c x_{i-1}, c = exp(-1/tau), in double. True when the result has become NaN. */
function lane<T>(n: i32, x: usize, tau: f64, y: usize): bool {
  const c = Math.exp(-1.0 / tau);
  let previous = 0.0;
  let sum = 0.0;
  for (let i: usize = 0; i < <usize>n; i++) {
    const value = <f64>load<T>(x + i * stride<T>());
    sum += value - c * previous;
    previous = value;
    store<T>(y + i * stride<T>(), <T>sum);
  }
  return sum != sum;
}

/** Two samples at a time: both differences are added at once, so that the sum waits for one addition per two. */
function vectors<T>(n: i32, x: usize, tau: usize, y: usize): i32 {
  const half = 2 * sizeof<T>();
  const size = sizeof<T>();
  const c0 = pairOf(Math.exp(-1.0 / <f64>load<T>(tau)), Math.exp(-1.0 / <f64>load<T>(tau + size)));
  const c1 = pairOf(
    Math.exp(-1.0 / <f64>load<T>(tau + 2 * size)),
    Math.exp(-1.0 / <f64>load<T>(tau + 3 * size)),
  );
  let p0 = f64x2.splat(0);
  let p1 = f64x2.splat(0);
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  const end = x + <usize>n * stride<T>();
  if ((n & 1) != 0) {
    p0 = loadPair<T>(x);
    p1 = loadPair<T>(x + half);
    s0 = p0;
    s1 = p1;
    storePair<T>(y, s0);
    storePair<T>(y + half, s1);
    x += stride<T>();
    y += stride<T>();
  }
  for (; x < end; x += 2 * stride<T>()) {
    const v0 = loadPair<T>(x);
    const v1 = loadPair<T>(x + half);
    const w0 = loadPair<T>(x + stride<T>());
    const w1 = loadPair<T>(x + stride<T>() + half);
    const d0 = f64x2.sub(v0, f64x2.mul(c0, p0));
    const d1 = f64x2.sub(v1, f64x2.mul(c1, p1));
    const e0 = f64x2.add(d0, f64x2.sub(w0, f64x2.mul(c0, v0)));
    const e1 = f64x2.add(d1, f64x2.sub(w1, f64x2.mul(c1, v1)));
    storePair<T>(y, f64x2.add(s0, d0));
    storePair<T>(y + half, f64x2.add(s1, d1));
    s0 = f64x2.add(s0, e0);
    s1 = f64x2.add(s1, e1);
    storePair<T>(y + stride<T>(), s0);
    storePair<T>(y + stride<T>() + half, s1);
    p0 = w0;
    p1 = w1;
    y += 2 * stride<T>();
  }
  return i64x2.bitmask(f64x2.ne(s0, s0)) | (i64x2.bitmask(f64x2.ne(s1, s1)) << 2);
}

function run<T>(n: i32, x: usize, tau: usize, y: usize): i32 {
  let nan = 0;
  if (ASC_FEATURE_SIMD) {
    nan = vectors<T>(n, x, tau, y);
  } else {
    for (let l = 0; l < LANES; l++) {
      const at = <usize>l * sizeof<T>();
      if (lane<T>(n, x + at, <f64>load<T>(tau + at), y + at)) nan |= 1 << l;
    }
  }
  return status(nan, nan, 1);
}

export function pole_zero_f32(n: i32, wIn: usize, tau: usize, wOut: usize): i32 {
  return run<f32>(n, wIn, tau, wOut);
}

export function pole_zero_f64(n: i32, wIn: usize, tau: usize, wOut: usize): i32 {
  return run<f64>(n, wIn, tau, wOut);
}
