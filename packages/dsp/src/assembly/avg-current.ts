import { halves, LANES, laneBits, status, stride, uniform } from './lanes';

function lane<T>(m: i32, x: usize, length: T, y: usize): bool {
  const ahead = <usize>(<i32>length) * stride<T>();
  let bad = false;
  for (let i: usize = 0; i < <usize>m; i++) {
    const at = x + i * stride<T>();
    const value = <T>((load<T>(at + ahead) - load<T>(at)) / length);
    store<T>(y + i * stride<T>(), value);
    bad = bad || value != value;
  }
  return bad;
}

function vectors<T>(m: i32, x: usize, length: T, y: usize): i32 {
  const ahead = <usize>(<i32>length) * stride<T>();
  const factor = v128.splat<T>(<T>(<T>1 / length));
  let nan = 0;
  for (let h = 0; h < halves<T>(); h++) {
    const half = <usize>h * 16;
    let bad = i32x4.splat(0);
    let p = x + half;
    let q = p + ahead;
    let to = y + half;
    const end = to + <usize>m * stride<T>();
    for (; to < end; to += stride<T>()) {
      const value = v128.mul<T>(v128.sub<T>(v128.load(q), v128.load(p)), factor);
      v128.store(to, value);
      bad = v128.or(bad, v128.ne<T>(value, value));
      p += stride<T>();
      q += stride<T>();
    }
    nan |= laneBits<T>(bad, h);
  }
  return nan;
}

/** n input samples, m = n - length output samples; a NaN length (masked by the caller) reads nothing. */
export function avg_current<F>(n: i32, m: i32, x: usize, length: usize, y: usize): i32 {
  let nan = 0;
  if (ASC_FEATURE_SIMD && uniform<F>(length)) {
    nan = vectors<F>(m, x, load<F>(length), y);
  } else {
    for (let l = 0; l < LANES; l++) {
      const at = <usize>l * sizeof<F>();
      const value = load<F>(length + at);
      if (value == value && lane<F>(m, x + at, value, y + at)) nan |= 1 << l;
    }
  }
  return status(0, nan, 0);
}
