import { halves, LANES, status, stride, uniform } from './lanes';

/** One lane: sample i fills floor(i u - floor(u / 2)) and the floor(u) - 1 places behind; true when a place is left NaN. */
function lane<T>(n: i32, m: i32, x: usize, factor: f64, y: usize): bool {
  const half = Math.floor(factor / 2);
  const width = <i32>Math.floor(factor);
  let done = 0;
  let gaps = false;
  for (let i = 0; i < n && done < m; i++) {
    const from = <i32>Math.floor(<f64>i * factor - half);
    const to = min(from + width, m);
    for (; done < min(from, m); done++) {
      store<T>(y + <usize>done * stride<T>(), <T>NaN);
      gaps = true;
    }
    const value = load<T>(x + <usize>i * stride<T>());
    for (let j = max(from, 0); j < to; j++) store<T>(y + <usize>j * stride<T>(), value);
    done = max(done, to);
  }
  for (; done < m; done++) {
    store<T>(y + <usize>done * stride<T>(), <T>NaN);
    gaps = true;
  }
  return gaps;
}

/** Fills places [from, to) of half of the lanes (all of floats) with one number per lane. */
function fill<T>(from: i32, to: i32, value: v128, y: usize): void {
  const end = y + <usize>to * stride<T>();
  for (let p = y + <usize>from * stride<T>(); p < end; p += stride<T>()) v128.store(p, value);
}

/** All lanes with a whole factor: the first sample fills what is behind its place, all others as many results as the factor. */
function repeated<T>(n: i32, m: i32, x: usize, factor: f64, y: usize): bool {
  const filled = <i32>Math.min(<f64>n * factor - Math.floor(factor / 2), <f64>m);
  const times = <i32>Math.min(factor, <f64>m);
  const first = <i32>Math.min(factor - Math.floor(factor / 2), <f64>filled);
  const bytes = <usize>times * stride<T>();
  for (let h: usize = 0; h < <usize>halves<T>(); h++) {
    const own = y + h * 16;
    let p = x + h * 16;
    fill<T>(0, first, v128.load(p), own);
    let to = own + <usize>first * stride<T>();
    const end = own + <usize>filled * stride<T>();
    for (; to + bytes <= end; ) {
      p += stride<T>();
      const value = v128.load(p);
      const next = to + bytes;
      for (; to < next; to += stride<T>()) v128.store(to, value);
    }
    if (to < end) {
      const value = v128.load(p + stride<T>());
      for (; to < end; to += stride<T>()) v128.store(to, value);
    }
    fill<T>(filled, m, v128.splat<T>(<T>NaN), own);
  }
  return filled < m;
}

/** All lanes with one factor. */
function vectors<T>(n: i32, m: i32, x: usize, factor: f64, y: usize): bool {
  const half = Math.floor(factor / 2);
  const width = <i32>Math.floor(factor);
  const none = v128.splat<T>(<T>NaN);
  let gaps = false;
  for (let h: usize = 0; h < <usize>halves<T>(); h++) {
    const own = y + h * 16;
    let done = 0;
    for (let i = 0; i < n && done < m; i++) {
      const from = <i32>Math.floor(<f64>i * factor - half);
      const to = min(from + width, m);
      if (done < min(from, m)) {
        fill<T>(done, min(from, m), none, own);
        done = min(from, m);
        gaps = true;
      }
      fill<T>(max(from, 0), to, v128.load(x + h * 16 + <usize>i * stride<T>()), own);
      done = max(done, to);
    }
    if (done < m) {
      fill<T>(done, m, none, own);
      gaps = true;
    }
  }
  return gaps;
}

/** The factor may differ from row to row: then lane by lane. */
export function upsampler<F>(n: i32, m: i32, x: usize, factor: usize, y: usize): i32 {
  let nan = 0;
  if (ASC_FEATURE_SIMD && uniform<F>(factor)) {
    const u = <f64>load<F>(factor);
    const isWhole = u >= 1 && Math.trunc(u) == u;
    return status(0, (isWhole ? repeated<F>(n, m, x, u, y) : vectors<F>(n, m, x, u, y)) ? 15 : 0, 0);
  }
  for (let l = 0; l < LANES; l++) {
    const at = <usize>l * sizeof<F>();
    const u = <f64>load<F>(factor + at);
    if (u == u && lane<F>(n, m, x + at, u, y + at)) nan |= 1 << l;
  }
  return status(0, nan, 0);
}
