import { LANES, loadPair, status, storeQuad, stride } from './lanes';

/** y_i = x_i - (a + b) x_{i-1} + a b x_{i-2} - (q - 1) y_{i-1} + q y_{i-2} in double; the first two are copied. */
function lane<T>(n: i32, x: usize, y: usize, a: f64, b: f64, f: f64): bool {
  const q = f * b - f * a - b;
  let x2 = <f64>load<T>(x);
  let x1 = <f64>load<T>(x + stride<T>());
  let y2 = x2;
  let y1 = x1;
  store<T>(y, <T>y2);
  store<T>(y + stride<T>(), <T>y1);
  for (let i: usize = 2; i < <usize>n; i++) {
    const value = <f64>load<T>(x + i * stride<T>());
    const result = value - (a + b) * x1 + a * b * x2 - (q - 1) * y1 + q * y2;
    x2 = x1;
    x1 = value;
    y2 = y1;
    y1 = result;
    store<T>(y + i * stride<T>(), <T>result);
  }
  return y1 != y1;
}

/**
 * All lanes, both pairs side by side, so that one computes while the other waits. The recursion is that of
 * (1 - z)(1 + q z) with z the step back: differences d_i = x_i - (a + b) x_{i-1} + a b x_{i-2} - q d_{i-1}, and their
 * sum y_i = y_{i-1} + d_i, which waits for an addition only. `constants`: a + b, a b and q, four doubles each.
 */
function vectors<T>(n: i32, x: usize, y: usize, constants: usize): i32 {
  const half = 2 * sizeof<T>();
  const b0 = v128.load(constants);
  const b1 = v128.load(constants, 16);
  const p0 = v128.load(constants, 32);
  const p1 = v128.load(constants, 48);
  const q0 = v128.load(constants, 64);
  const q1 = v128.load(constants, 80);
  let old0 = loadPair<T>(x);
  let old1 = loadPair<T>(x + half);
  let last0 = loadPair<T>(x + stride<T>());
  let last1 = loadPair<T>(x + stride<T>() + half);
  let d0 = f64x2.sub(last0, old0);
  let d1 = f64x2.sub(last1, old1);
  let y0 = last0;
  let y1 = last1;
  memory.copy(y, x, 2 * stride<T>());
  const end = x + <usize>n * stride<T>();
  x += 2 * stride<T>();
  y += 2 * stride<T>();
  for (; x < end; x += stride<T>()) {
    const v0 = loadPair<T>(x);
    const v1 = loadPair<T>(x + half);
    const w0 = f64x2.add(f64x2.sub(v0, f64x2.mul(b0, last0)), f64x2.mul(p0, old0));
    const w1 = f64x2.add(f64x2.sub(v1, f64x2.mul(b1, last1)), f64x2.mul(p1, old1));
    d0 = f64x2.sub(w0, f64x2.mul(q0, d0));
    d1 = f64x2.sub(w1, f64x2.mul(q1, d1));
    old0 = last0;
    old1 = last1;
    last0 = v0;
    last1 = v1;
    y0 = f64x2.add(y0, d0);
    y1 = f64x2.add(y1, d1);
    storeQuad<T>(y, y0, y1);
    y += stride<T>();
  }
  return i64x2.bitmask(f64x2.ne(y0, y0)) | (i64x2.bitmask(f64x2.ne(y1, y1)) << 2);
}

export function double_pole_zero<F>(
  n: i32,
  x: usize,
  tau1: usize,
  tau2: usize,
  fraction: usize,
  y: usize,
  scratch: usize,
): i32 {
  let nan = 0;
  if (ASC_FEATURE_SIMD) {
    for (let l: usize = 0; l < <usize>LANES; l++) {
      const at = l * sizeof<F>();
      const to = scratch + l * 8;
      const a = Math.exp(-1.0 / <f64>load<F>(tau1 + at));
      const b = Math.exp(-1.0 / <f64>load<F>(tau2 + at));
      const f = <f64>load<F>(fraction + at);
      store<f64>(to, a + b);
      store<f64>(to, a * b, 32);
      store<f64>(to, f * b - f * a - b, 64);
    }
    nan = vectors<F>(n, x, y, scratch);
  } else {
    for (let l = 0; l < LANES; l++) {
      const at = <usize>l * sizeof<F>();
      const a = Math.exp(-1.0 / <f64>load<F>(tau1 + at));
      const b = Math.exp(-1.0 / <f64>load<F>(tau2 + at));
      if (lane<F>(n, x + at, y + at, a, b, <f64>load<F>(fraction + at))) nan |= 1 << l;
    }
  }
  return status(0, nan, 0);
}
