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

/** What is known before the last result: all but (q - 1) y_{i-1}. */
function known(value: v128, x1: v128, x2: v128, y2: v128, both: v128, product: v128, q: v128): v128 {
  return f64x2.add(
    f64x2.sub(value, f64x2.mul(both, x1)),
    f64x2.add(f64x2.mul(product, x2), f64x2.mul(q, y2)),
  );
}

/** Both pairs of lanes side by side, so that one computes while the other waits. */
function vectors<T>(n: i32, x: usize, y: usize, tau1: usize, tau2: usize, fraction: usize): i32 {
  const half = 2 * sizeof<T>();
  const one = f64x2.splat(1);
  const a0 = decays<T>(tau1);
  const a1 = decays<T>(tau1 + half);
  const b0 = decays<T>(tau2);
  const b1 = decays<T>(tau2 + half);
  const f0 = loadPair<T>(fraction);
  const f1 = loadPair<T>(fraction + half);
  const s0 = f64x2.add(a0, b0);
  const s1 = f64x2.add(a1, b1);
  const m0 = f64x2.mul(a0, b0);
  const m1 = f64x2.mul(a1, b1);
  const q0 = f64x2.sub(f64x2.sub(f64x2.mul(f0, b0), f64x2.mul(f0, a0)), b0);
  const q1 = f64x2.sub(f64x2.sub(f64x2.mul(f1, b1), f64x2.mul(f1, a1)), b1);
  const r0 = f64x2.sub(q0, one);
  const r1 = f64x2.sub(q1, one);
  let v2 = loadPair<T>(x);
  let w2 = loadPair<T>(x + half);
  let v1 = loadPair<T>(x + stride<T>());
  let w1 = loadPair<T>(x + stride<T>() + half);
  let g2 = v2;
  let h2 = w2;
  let g1 = v1;
  let h1 = w1;
  memory.copy(y, x, 2 * stride<T>());
  for (let i: usize = 2; i < <usize>n; i++) {
    const at = i * stride<T>();
    const v0 = loadPair<T>(x + at);
    const w0 = loadPair<T>(x + at + half);
    const g0 = f64x2.sub(known(v0, v1, v2, g2, s0, m0, q0), f64x2.mul(r0, g1));
    const h0 = f64x2.sub(known(w0, w1, w2, h2, s1, m1, q1), f64x2.mul(r1, h1));
    storePair<T>(y + at, g0);
    storePair<T>(y + at + half, h0);
    v2 = v1;
    w2 = w1;
    v1 = v0;
    w1 = w0;
    g2 = g1;
    h2 = h1;
    g1 = g0;
    h1 = h0;
  }
  return i64x2.bitmask(f64x2.ne(g1, g1)) | (i64x2.bitmask(f64x2.ne(h1, h1)) << 2);
}

function run<T>(n: i32, x: usize, tau1: usize, tau2: usize, fraction: usize, y: usize): i32 {
  let nan = 0;
  if (ASC_FEATURE_SIMD) {
    nan = vectors<T>(n, x, y, tau1, tau2, fraction);
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
