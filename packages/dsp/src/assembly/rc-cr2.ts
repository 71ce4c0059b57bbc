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

/**
 * Both pairs of lanes side by side, so that one computes while the other waits. (1 - a z)^3 with z the step back is
 * taken as three recursions one behind the other, of which each waits for a multiplication and an addition of its own.
 */
function vectors<T>(n: i32, x: usize, tau: usize, y: usize): i32 {
  const half = 2 * sizeof<T>();
  const a0 = decays<T>(tau);
  const a1 = decays<T>(tau + half);
  memory.copy(y, x, 3 * stride<T>());
  const end = x + <usize>n * stride<T>();
  const first0 = loadPair<T>(x);
  const first1 = loadPair<T>(x + half);
  const second0 = loadPair<T>(x + stride<T>());
  const second1 = loadPair<T>(x + stride<T>() + half);
  let x0 = loadPair<T>(x + 2 * stride<T>());
  let x1 = loadPair<T>(x + 2 * stride<T>() + half);
  let step0 = f64x2.sub(x0, second0);
  let step1 = f64x2.sub(x1, second1);
  let y0 = x0;
  let y1 = x1;
  let u0 = f64x2.sub(x0, f64x2.mul(a0, second0));
  let u1 = f64x2.sub(x1, f64x2.mul(a1, second1));
  let v0 = f64x2.sub(u0, f64x2.mul(a0, f64x2.sub(second0, f64x2.mul(a0, first0))));
  let v1 = f64x2.sub(u1, f64x2.mul(a1, f64x2.sub(second1, f64x2.mul(a1, first1))));
  x += 3 * stride<T>();
  y += 3 * stride<T>();
  for (; x < end; x += stride<T>()) {
    const new0 = loadPair<T>(x);
    const new1 = loadPair<T>(x + half);
    const d0 = f64x2.sub(new0, x0);
    const d1 = f64x2.sub(new1, x1);
    v0 = f64x2.add(f64x2.sub(d0, step0), f64x2.mul(a0, v0));
    v1 = f64x2.add(f64x2.sub(d1, step1), f64x2.mul(a1, v1));
    u0 = f64x2.add(v0, f64x2.mul(a0, u0));
    u1 = f64x2.add(v1, f64x2.mul(a1, u1));
    y0 = f64x2.add(u0, f64x2.mul(a0, y0));
    y1 = f64x2.add(u1, f64x2.mul(a1, y1));
    storePair<T>(y, y0);
    storePair<T>(y + half, y1);
    x0 = new0;
    x1 = new1;
    step0 = d0;
    step1 = d1;
    y += stride<T>();
  }
  return i64x2.bitmask(f64x2.ne(y0, y0)) | (i64x2.bitmask(f64x2.ne(y1, y1)) << 2);
}

export function rc_cr2<F>(n: i32, x: usize, tau: usize, y: usize): i32 {
  let nan = 0;
  if (ASC_FEATURE_SIMD) {
    nan = vectors<F>(n, x, tau, y);
  } else {
    for (let l = 0; l < LANES; l++) {
      const at = <usize>l * sizeof<F>();
      if (lane<F>(n, x + at, <f64>load<F>(tau + at), y + at)) nan |= 1 << l;
    }
  }
  return status(nan, nan, 1);
}
