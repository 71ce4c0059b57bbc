import { halves, LANES, nanBits, status, stride, uniform } from './lanes';

/**
 * The running sum behind all trapezoids: y_i = y_{i-1} + (x_i - x_{i-r}) / up - (x_{i-r-f} - x_{i-r-f-d}) / down, terms
 * before the start absent; r, f and d are the lengths of rise, flat top and fall. R is what is written: an array (all
 * samples) or a number (the largest one).
 */
function lane<T, R>(n: i32, x: usize, y: usize, rise: i32, flat: i32, fall: i32, up: T, down: T): bool {
  const a = rise;
  const b = rise + flat;
  const c = rise + flat + fall;
  let sum = <T>0;
  let largest = <T>-Infinity;
  for (let i = 0; i < n; i++) {
    const at = x + <usize>i * stride<T>();
    let gain = load<T>(at);
    if (i >= a) gain = <T>(gain - load<T>(at - <usize>a * stride<T>()));
    sum = <T>(sum + gain / up);
    if (i >= b) {
      let loss = load<T>(at - <usize>b * stride<T>());
      if (i >= c) loss = <T>(loss - load<T>(at - <usize>c * stride<T>()));
      sum = <T>(sum - loss / down);
    }
    if (isReference<R>()) store<T>(y + <usize>i * stride<T>(), sum);
    else if (sum > largest) largest = sum;
  }
  if (!isReference<R>()) store<T>(y, sum != sum ? sum : largest);
  return sum != sum;
}

/** What the sum gains at a sample behind which all terms are present. S: an array when plus and minus are the same. */
function gainAt<T, S>(p: usize, a: usize, b: usize, c: usize, plus: v128, minus: v128): v128 {
  const gain = v128.sub<T>(v128.load(p), v128.load(a));
  const loss = v128.sub<T>(v128.load(b), v128.load(c));
  if (isReference<S>()) return v128.mul<T>(v128.sub<T>(gain, loss), plus);
  return v128.sub<T>(v128.mul<T>(gain, plus), v128.mul<T>(loss, minus));
}

/**
 * All lanes; the waveform is cut where a term joins, so that the inner loops have no branch. Four gains are added up
 * before the sum takes them, so that it waits for one addition per four samples.
 */
function vectors<T, R, S>(n: i32, x: usize, y: usize, rise: i32, flat: i32, fall: i32, up: T, down: T): i32 {
  const a = min(rise, n);
  const b = min(rise + flat, n);
  const c = min(rise + flat + fall, n);
  const toA = <usize>rise * stride<T>();
  const toB = toA + <usize>flat * stride<T>();
  const toC = toB + <usize>fall * stride<T>();
  const plus = v128.splat<T>(<T>(<T>1 / up));
  const minus = v128.splat<T>(<T>(<T>1 / down));
  let nan = 0;
  for (let h = 0; h < halves<T>(); h++) {
    let p = x + <usize>h * 16;
    let q = y + <usize>h * 16;
    let sum = v128.splat<T>(<T>0);
    let largest = v128.splat<T>(<T>-Infinity);
    let i = 0;
    for (; i < a; i++) {
      sum = v128.add<T>(sum, v128.mul<T>(v128.load(p), plus));
      if (isReference<R>()) v128.store(q, sum);
      else largest = v128.pmax<T>(largest, sum);
      p += stride<T>();
      q += stride<T>();
    }
    for (; i < b; i++) {
      sum = v128.add<T>(sum, v128.mul<T>(v128.sub<T>(v128.load(p), v128.load(p - toA)), plus));
      if (isReference<R>()) v128.store(q, sum);
      else largest = v128.pmax<T>(largest, sum);
      p += stride<T>();
      q += stride<T>();
    }
    for (; i < c; i++) {
      const gain = v128.mul<T>(v128.sub<T>(v128.load(p), v128.load(p - toA)), plus);
      sum = v128.add<T>(sum, v128.sub<T>(gain, v128.mul<T>(v128.load(p - toB), minus)));
      if (isReference<R>()) v128.store(q, sum);
      else largest = v128.pmax<T>(largest, sum);
      p += stride<T>();
      q += stride<T>();
    }
    const step = stride<T>();
    for (; i + 4 <= n; i += 4) {
      const g0 = gainAt<T, S>(p, p - toA, p - toB, p - toC, plus, minus);
      p += step;
      const g1 = v128.add<T>(g0, gainAt<T, S>(p, p - toA, p - toB, p - toC, plus, minus));
      p += step;
      const g2 = v128.add<T>(g1, gainAt<T, S>(p, p - toA, p - toB, p - toC, plus, minus));
      p += step;
      const g3 = v128.add<T>(g2, gainAt<T, S>(p, p - toA, p - toB, p - toC, plus, minus));
      p += step;
      const s0 = v128.add<T>(sum, g0);
      const s1 = v128.add<T>(sum, g1);
      const s2 = v128.add<T>(sum, g2);
      sum = v128.add<T>(sum, g3);
      if (isReference<R>()) {
        v128.store(q, s0);
        v128.store(q, s1, 4 * sizeof<T>());
        v128.store(q, s2, 8 * sizeof<T>());
        v128.store(q, sum, 12 * sizeof<T>());
      } else {
        largest = v128.pmax<T>(largest, v128.pmax<T>(v128.pmax<T>(s0, s1), v128.pmax<T>(s2, sum)));
      }
      q += 4 * step;
    }
    for (; i < n; i++) {
      sum = v128.add<T>(sum, gainAt<T, S>(p, p - toA, p - toB, p - toC, plus, minus));
      if (isReference<R>()) v128.store(q, sum);
      else largest = v128.pmax<T>(largest, sum);
      p += stride<T>();
      q += stride<T>();
    }
    if (!isReference<R>()) v128.store(y + <usize>h * 16, v128.or(largest, v128.ne<T>(sum, sum)));
    nan |= nanBits<T>(sum, h);
  }
  return nan;
}

function run<T, R>(n: i32, x: usize, rise: usize, flat: usize, fall: usize, y: usize, normalise: bool): i32 {
  let nan = 0;
  if (ASC_FEATURE_SIMD && uniform<i32>(rise) && uniform<i32>(flat) && uniform<i32>(fall)) {
    const up = normalise ? <T>load<i32>(rise) : <T>1;
    const down = normalise ? <T>load<i32>(fall) : <T>1;
    const r = load<i32>(rise);
    const f = load<i32>(flat);
    const d = load<i32>(fall);
    if (up == down) nan = vectors<T, R, StaticArray<T>>(n, x, y, r, f, d, up, down);
    else nan = vectors<T, R, T>(n, x, y, r, f, d, up, down);
  } else {
    for (let l = 0; l < LANES; l++) {
      const at = <usize>l * sizeof<T>();
      const r = load<i32>(rise + <usize>l * 4);
      const d = load<i32>(fall + <usize>l * 4);
      const up = normalise ? <T>r : <T>1;
      const down = normalise ? <T>d : <T>1;
      if (lane<T, R>(n, x + at, y + at, r, load<i32>(flat + <usize>l * 4), d, up, down)) nan |= 1 << l;
    }
  }
  return status(0, nan, 0);
}

/** `rise`, `flat` and `fall` point to int32 scalars; `normalise`: divide by the lengths, else by 1. */
export function trapezoid<T>(
  n: i32,
  x: usize,
  rise: usize,
  flat: usize,
  fall: usize,
  y: usize,
  normalise: bool,
): i32 {
  return run<T, StaticArray<T>>(n, x, rise, flat, fall, y, normalise);
}

/** The same, but of the result only the largest sample of every lane. */
export function trapezoidTop<T>(
  n: i32,
  x: usize,
  rise: usize,
  flat: usize,
  fall: usize,
  top: usize,
  normalise: bool,
): i32 {
  return run<T, T>(n, x, rise, flat, fall, top, normalise);
}
