import { LANES, loadPair, pairOf, status, storePair, stride } from './lanes';

/** The recursion of one lane in double; true when the result has become NaN. */
function lane<T>(n: i32, x: usize, tau: f64, y: usize): bool {
  const a = Math.exp(-1.0 / tau);
  let y3 = <f64>load<T>(x);
  let y2 = <f64>load<T>(x + stride<T>());
  let y1 = <f64>load<T>(x + 2 * stride<T>());
  let x2 = y2;
  let x1 = y1;
  store<T>(y, <T>y3);
  store<T>(y + stride<T>(), <T>y2);
  store<T>(y + 2 * stride<T>(), <T>y1);
  for (let i: usize = 3; i < <usize>n; i++) {
    const value = <f64>load<T>(x + i * stride<T>());
    const result = 3 * a * y1 - 3 * a * a * y2 + a * a * a * y3 + value - 2 * x1 + x2;
    x2 = x1;
    x1 = value;
    y3 = y2;
    y2 = y1;
    y1 = result;
    store<T>(y + i * stride<T>(), <T>result);
  }
  return y1 != y1;
}

function decays<T>(tau: usize): v128 {
  return pairOf(Math.exp(-1.0 / <f64>load<T>(tau)), Math.exp(-1.0 / <f64>load<T>(tau + sizeof<T>())));
}

/** What is known before the last result: all but 3 a y_{i-1}. */
function known(value: v128, x1: v128, x2: v128, y2: v128, y3: v128, b: v128, c: v128): v128 {
  const input = f64x2.add(f64x2.sub(value, f64x2.add(x1, x1)), x2);
  return f64x2.add(input, f64x2.sub(f64x2.mul(c, y3), f64x2.mul(b, y2)));
}

/** Both pairs of lanes side by side, so that one computes while the other waits. */
function vectors<T>(n: i32, x: usize, tau: usize, y: usize): i32 {
  const half = 2 * sizeof<T>();
  const three = f64x2.splat(3);
  const e0 = decays<T>(tau);
  const e1 = decays<T>(tau + half);
  const a0 = f64x2.mul(three, e0);
  const a1 = f64x2.mul(three, e1);
  const b0 = f64x2.mul(a0, e0);
  const b1 = f64x2.mul(a1, e1);
  const c0 = f64x2.mul(f64x2.mul(e0, e0), e0);
  const c1 = f64x2.mul(f64x2.mul(e1, e1), e1);
  let p3 = loadPair<T>(x);
  let q3 = loadPair<T>(x + half);
  let p2 = loadPair<T>(x + stride<T>());
  let q2 = loadPair<T>(x + stride<T>() + half);
  let p1 = loadPair<T>(x + 2 * stride<T>());
  let q1 = loadPair<T>(x + 2 * stride<T>() + half);
  let v2 = p2;
  let w2 = q2;
  let v1 = p1;
  let w1 = q1;
  memory.copy(y, x, 3 * stride<T>());
  for (let i: usize = 3; i < <usize>n; i++) {
    const at = i * stride<T>();
    const v0 = loadPair<T>(x + at);
    const w0 = loadPair<T>(x + at + half);
    const p0 = f64x2.add(known(v0, v1, v2, p2, p3, b0, c0), f64x2.mul(a0, p1));
    const q0 = f64x2.add(known(w0, w1, w2, q2, q3, b1, c1), f64x2.mul(a1, q1));
    storePair<T>(y + at, p0);
    storePair<T>(y + at + half, q0);
    v2 = v1;
    w2 = w1;
    v1 = v0;
    w1 = w0;
    p3 = p2;
    q3 = q2;
    p2 = p1;
    q2 = q1;
    p1 = p0;
    q1 = q0;
  }
  return i64x2.bitmask(f64x2.ne(p1, p1)) | (i64x2.bitmask(f64x2.ne(q1, q1)) << 2);
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

export function rc_cr2_f32(n: i32, x: usize, tau: usize, y: usize): i32 {
  return run<f32>(n, x, tau, y);
}

export function rc_cr2_f64(n: i32, x: usize, tau: usize, y: usize): i32 {
  return run<f64>(n, x, tau, y);
}
