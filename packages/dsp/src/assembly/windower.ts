import { halves, LANES, status, stride, uniform } from './lanes';

/** First sample of a lane's window, at most one window before the waveform or right behind it; that for NaN. */
function startOf<T>(n: i32, m: i32, start: usize): i32 {
  const t = <f64>load<T>(start);
  return t == t ? <i32>Math.trunc(Math.max(Math.min(t, <f64>n), -(<f64>m))) : n;
}

/** Results [begin, end) of one lane, NaN outside of the waveform. */
function copyLane<T>(n: i32, x: usize, from: i32, begin: i32, end: i32, y: usize): void {
  for (let i = begin; i < end; i++) {
    const at = from + i;
    const value = at >= 0 && at < n ? load<T>(x + <usize>at * stride<T>()) : <T>NaN;
    store<T>(y + <usize>i * stride<T>(), value);
  }
}

/** All lanes from the same sample on. */
function copyAll<T>(n: i32, m: i32, x: usize, from: i32, y: usize): i32 {
  const first = min(max(-from, 0), m);
  const last = max(min(n - from, m), first);
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * sizeof<T>();
    copyLane<T>(n, x + at, from, 0, first, y + at);
    copyLane<T>(n, x + at, from, last, m, y + at);
  }
  const bytes = <usize>(last - first) * stride<T>();
  memory.copy(y + <usize>first * stride<T>(), x + <usize>(from + first) * stride<T>(), bytes);
  return last - first < m ? 15 : 0;
}

/** Results [begin, end), for which every lane has a sample, each from another place. */
function gather<T>(n: i32, m: i32, x: usize, start: usize, begin: i32, end: i32, y: usize): void {
  const size = sizeof<T>();
  for (let h: usize = 0; h < <usize>halves<T>(); h++) {
    const at = h * 16;
    const many = <usize>(end - begin) * stride<T>();
    const p = x + at + <usize>(startOf<T>(n, m, start + at) + begin) * stride<T>();
    const q = x + at + size + <usize>(startOf<T>(n, m, start + at + size) + begin) * stride<T>();
    const to = y + at + <usize>begin * stride<T>();
    if (size == 8) {
      for (let i: usize = 0; i < many; i += stride<T>())
        v128.store(to + i, v128.load64_lane(q + i, v128.load64_zero(p + i), 1));
    } else {
      const r = x + 8 + <usize>(startOf<T>(n, m, start + 8) + begin) * stride<T>();
      const s = x + 12 + <usize>(startOf<T>(n, m, start + 12) + begin) * stride<T>();
      for (let i: usize = 0; i < many; i += stride<T>()) {
        const low = v128.load32_lane(q + i, v128.load32_zero(p + i), 1);
        const high = v128.load32_lane(s + i, v128.load32_zero(r + i), 1);
        v128.store(to + i, v128.shuffle<i64>(low, high, 0, 2));
      }
    }
  }
}

/** Status bits of the lanes with NaN at an end. */
export function windower<F>(n: i32, m: i32, x: usize, start: usize, y: usize): i32 {
  if (ASC_FEATURE_SIMD && uniform<F>(start))
    return status(0, copyAll<F>(n, m, x, startOf<F>(n, m, start), y), 0);
  let begin = 0;
  let end = m;
  let nan = 0;
  for (let l = 0; l < LANES; l++) {
    const from = startOf<F>(n, m, start + <usize>l * sizeof<F>());
    begin = max(begin, -from);
    end = min(end, n - from);
    if (from < 0 || from + m > n) nan |= 1 << l;
  }
  end = max(begin, end);
  if (ASC_FEATURE_SIMD) gather<F>(n, m, x, start, begin, end, y);
  else begin = end;
  for (let at: usize = 0; at < stride<F>(); at += sizeof<F>()) {
    const from = startOf<F>(n, m, start + at);
    copyLane<F>(n, x + at, from, 0, begin, y + at);
    copyLane<F>(n, x + at, from, end, m, y + at);
  }
  return status(0, nan, 0);
}
