import { halves, LANES, nanBits, status, stride, uniform } from './lanes';

/** Running average of one lane, looking back (`step` the way to the next sample) or ahead (`step` negative). */
function lane<T>(n: i32, x: usize, y: usize, length: T, ahead: bool): bool {
  const whole = <i32>length;
  const step = ahead ? -(<isize>stride<T>()) : <isize>stride<T>();
  const from = ahead ? <isize>(n - 1) * <isize>stride<T>() : 0;
  let p = <isize>x + from;
  let q = <isize>y + from;
  const first = load<T>(<usize>p);
  let sum = first;
  store<T>(<usize>q, sum);
  for (let i = 1; i < n; i++) {
    p += step;
    q += step;
    const old = i < whole ? first : load<T>(<usize>(p - <isize>whole * step));
    sum = <T>(sum + (load<T>(<usize>p) - old) / length);
    store<T>(<usize>q, sum);
  }
  return sum != sum;
}

/** What an average gains by the sample that enters and the one that leaves the window. */
function gainOf<T>(enters: v128, leaves: v128, factor: v128): v128 {
  return v128.mul<T>(v128.sub<T>(enters, leaves), factor);
}

/**
 * Four averages after `sum`, of which the last one comes back. W: u32 when they go from the lowest address up, i32 when they go
 * down to it. What the samples add is summed first, so that `sum` waits for one addition in four.
 */
function fourAverages<T, W>(p: usize, old: usize, y: usize, sum: v128, factor: v128): v128 {
  const first = isSigned<W>() ? 12 * sizeof<T>() : 0;
  const second = isSigned<W>() ? 8 * sizeof<T>() : 4 * sizeof<T>();
  const third = isSigned<W>() ? 4 * sizeof<T>() : 8 * sizeof<T>();
  const fourth = isSigned<W>() ? 0 : 12 * sizeof<T>();
  const a = gainOf<T>(v128.load(p, first), v128.load(old, first), factor);
  const b = v128.add<T>(a, gainOf<T>(v128.load(p, second), v128.load(old, second), factor));
  const c = gainOf<T>(v128.load(p, third), v128.load(old, third), factor);
  const d = v128.add<T>(c, gainOf<T>(v128.load(p, fourth), v128.load(old, fourth), factor));
  const middle = v128.add<T>(sum, b);
  const last = v128.add<T>(sum, v128.add<T>(b, d));
  v128.store(y, v128.add<T>(sum, a), first);
  v128.store(y, middle, second);
  v128.store(y, v128.add<T>(middle, c), third);
  v128.store(y, last, fourth);
  return last;
}

/** All lanes with one length, looking back (W: u32) or ahead (i32). */
function vectors<T, W>(n: i32, x: usize, y: usize, length: T): i32 {
  const whole = <i32>length;
  const step: isize = isSigned<W>() ? -(<isize>stride<T>()) : <isize>stride<T>();
  const from: isize = isSigned<W>() ? <isize>(n - 1) * <isize>stride<T>() : 0;
  const lowest: isize = isSigned<W>() ? 3 * step : 0;
  const reach = <isize>whole * step;
  const factor = v128.splat<T>(<T>(<T>1 / length));
  let nan = 0;
  for (let h = 0; h < halves<T>(); h++) {
    let p = <isize>x + from + h * 16;
    let q = <isize>y + from + h * 16;
    const first = v128.load(<usize>p);
    let sum = first;
    v128.store(<usize>q, sum);
    p += step;
    q += step;
    let i = 1;
    for (; i < min(whole, n); i++) {
      sum = v128.add<T>(sum, gainOf<T>(v128.load(<usize>p), first, factor));
      v128.store(<usize>q, sum);
      p += step;
      q += step;
    }
    for (; i + 4 <= n; i += 4) {
      const low = p + lowest;
      sum = fourAverages<T, W>(<usize>low, <usize>(low - reach), <usize>(q + lowest), sum, factor);
      p += 4 * step;
      q += 4 * step;
    }
    for (; i < n; i++) {
      sum = v128.add<T>(sum, gainOf<T>(v128.load(<usize>p), v128.load(<usize>(p - reach)), factor));
      v128.store(<usize>q, sum);
      p += step;
      q += step;
    }
    nan |= nanBits<T>(sum, h);
  }
  return nan;
}

/** Average of `length` samples before (or, `ahead`, behind) each sample; status bits of lanes that became NaN. */
function average<T>(n: i32, x: usize, length: usize, y: usize, ahead: bool): i32 {
  if (ASC_FEATURE_SIMD && uniform<T>(length) && load<T>(length) >= 1)
    return ahead ? vectors<T, i32>(n, x, y, load<T>(length)) : vectors<T, u32>(n, x, y, load<T>(length));
  let nan = 0;
  for (let l = 0; l < LANES; l++) {
    const at = <usize>l * sizeof<T>();
    const value = load<T>(length + at);
    if (value == value && lane<T>(n, x + at, y + at, value, ahead)) nan |= 1 << l;
  }
  return nan;
}

/** Passes of one lane: left and right in turn (type 0), all left (1) or all right (2); false when there is none. */
function passes<T>(n: i32, x: usize, y: usize, spare: usize, length: T, count: i32, type: i32): bool {
  let source = x;
  let bad = false;
  for (let pass = 0; pass < count; pass++) {
    const target = (count - 1 - pass) % 2 == 0 ? y : spare;
    bad = lane<T>(n, source, target, length, type == 2 || (type != 1 && pass % 2 == 1));
    source = target;
  }
  return bad;
}

export function moving_window_multi<F>(
  n: i32,
  x: usize,
  length: usize,
  count: usize,
  type: usize,
  y: usize,
  spare: usize,
): i32 {
  let nan = 0;
  if (uniform<F>(length) && uniform<F>(count) && uniform<i32>(type) && load<F>(count) >= 1) {
    const times = <i32>load<F>(count);
    const way = load<i32>(type);
    let source = x;
    for (let pass = 0; pass < times; pass++) {
      const target = (times - 1 - pass) % 2 == 0 ? y : spare;
      nan |= average<F>(n, source, length, target, way == 2 || (way != 1 && pass % 2 == 1));
      source = target;
    }
    return status(0, nan, 0);
  }
  for (let l = 0; l < LANES; l++) {
    const at = <usize>l * sizeof<F>();
    const span = load<F>(length + at);
    const times = load<F>(count + at);
    if (span == span && times >= 1) {
      const way = load<i32>(type + <usize>l * 4);
      if (passes<F>(n, x + at, y + at, spare + at, span, <i32>times, way)) nan |= 1 << l;
    } else {
      for (let i: usize = 0; i < <usize>n; i++) store<F>(y + at + i * stride<F>(), <F>NaN);
      nan |= 1 << l;
    }
  }
  return status(0, nan, 0);
}

export function moving_window_left<F>(n: i32, x: usize, length: usize, y: usize): i32 {
  return status(0, average<F>(n, x, length, y, false), 0);
}

export function moving_window_right<F>(n: i32, x: usize, length: usize, y: usize): i32 {
  return status(0, average<F>(n, x, length, y, true), 0);
}
