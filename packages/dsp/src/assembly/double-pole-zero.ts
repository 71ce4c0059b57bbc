import { LANES, loadPair, pairOf, status, storePair, stride } from './lanes';

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

/** exp(-1 / tau) of two neighbouring lanes. */
function decays<T>(tau: usize): v128 {
  return pairOf(Math.exp(-1.0 / <f64>load<T>(tau)), Math.exp(-1.0 / <f64>load<T>(tau + sizeof<T>())));
}

/** Two lanes; the sums that do not wait for the last result are formed first. */
function pair<T>(n: i32, x: usize, y: usize, a: v128, b: v128, f: v128): i32 {
  const q = f64x2.sub(f64x2.sub(f64x2.mul(f, b), f64x2.mul(f, a)), b);
  const back = f64x2.sub(q, f64x2.splat(1));
  const both = f64x2.add(a, b);
  const product = f64x2.mul(a, b);
  let x2 = loadPair<T>(x);
  let x1 = loadPair<T>(x + stride<T>());
  let y2 = x2;
  let y1 = x1;
  storePair<T>(y, y2);
  storePair<T>(y + stride<T>(), y1);
  for (let i: usize = 2; i < <usize>n; i++) {
    const value = loadPair<T>(x + i * stride<T>());
    const known = f64x2.add(
      f64x2.sub(value, f64x2.mul(both, x1)),
      f64x2.add(f64x2.mul(product, x2), f64x2.mul(q, y2)),
    );
    const result = f64x2.sub(known, f64x2.mul(back, y1));
    x2 = x1;
    x1 = value;
    y2 = y1;
    y1 = result;
    storePair<T>(y + i * stride<T>(), result);
  }
  return i64x2.bitmask(f64x2.ne(y1, y1));
}

function run<T>(n: i32, x: usize, tau1: usize, tau2: usize, fraction: usize, y: usize): i32 {
  let nan = 0;
  if (ASC_FEATURE_SIMD) {
    for (let h: usize = 0; h < 2; h++) {
      const at = h * 2 * sizeof<T>();
      nan |=
        pair<T>(n, x + at, y + at, decays<T>(tau1 + at), decays<T>(tau2 + at), loadPair<T>(fraction + at)) <<
        (<i32>h * 2);
    }
  } else {
    for (let l = 0; l < LANES; l++) {
      const at = <usize>l * sizeof<T>();
      const a = Math.exp(-1.0 / <f64>load<T>(tau1 + at));
      const b = Math.exp(-1.0 / <f64>load<T>(tau2 + at));
      if (lane<T>(n, x + at, y + at, a, b, <f64>load<T>(fraction + at))) nan |= 1 << l;
    }
  }
  return status(0, nan, 0);
}

export function double_pole_zero_f32(
  n: i32,
  x: usize,
  tau1: usize,
  tau2: usize,
  fraction: usize,
  y: usize,
): i32 {
  return run<f32>(n, x, tau1, tau2, fraction, y);
}

export function double_pole_zero_f64(
  n: i32,
  x: usize,
  tau1: usize,
  tau2: usize,
  fraction: usize,
  y: usize,
): i32 {
  return run<f64>(n, x, tau1, tau2, fraction, y);
}
