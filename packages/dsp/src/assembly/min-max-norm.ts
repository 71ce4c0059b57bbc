import { halves, LANES, laneBits, status, stride } from './lanes';

function divisorOf<T>(low: T, high: T): T {
  const a = abs<T>(low);
  const b = abs<T>(high);
  if (a == <T>0 || b == <T>0) return <T>1;
  return a > b ? a : b;
}

function lane<T>(n: i32, x: usize, divisor: T, y: usize): bool {
  let bad = false;
  for (let i: usize = 0; i < <usize>n; i++) {
    const value = <T>(load<T>(x + i * stride<T>()) / divisor);
    store<T>(y + i * stride<T>(), value);
    bad = bad || value != value;
  }
  return bad;
}

function vectors<T>(n: i32, x: usize, low: usize, high: usize, y: usize): i32 {
  const zero = v128.splat<T>(<T>0);
  const one = v128.splat<T>(<T>1);
  let nan = 0;
  for (let h = 0; h < halves<T>(); h++) {
    const at = <usize>h * 16;
    const a = v128.abs<T>(v128.load(low + at));
    const b = v128.abs<T>(v128.load(high + at));
    const isZero = v128.or(v128.eq<T>(a, zero), v128.eq<T>(b, zero));
    const factor = v128.div<T>(one, v128.bitselect(one, v128.pmax<T>(a, b), isZero));
    let bad = i32x4.splat(0);
    for (let i: usize = 0; i < <usize>n; i++) {
      const value = v128.mul<T>(v128.load(x + at + i * stride<T>()), factor);
      v128.store(y + at + i * stride<T>(), value);
      bad = v128.or(bad, v128.ne<T>(value, value));
    }
    nan |= laneBits<T>(bad, h);
  }
  return nan;
}

export function min_max_norm<F>(n: i32, x: usize, low: usize, high: usize, y: usize): i32 {
  let nan = 0;
  if (ASC_FEATURE_SIMD) {
    nan = vectors<F>(n, x, low, high, y);
  } else {
    for (let l = 0; l < LANES; l++) {
      const at = <usize>l * sizeof<F>();
      if (lane<F>(n, x + at, divisorOf<F>(load<F>(low + at), load<F>(high + at)), y + at)) nan |= 1 << l;
    }
  }
  return status(0, nan, 0);
}
