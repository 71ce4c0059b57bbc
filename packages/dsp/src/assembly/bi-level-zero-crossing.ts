import { halves, LANES, laneBits, status, stride } from './lanes';

/** Steps that are looked through at once for something to do. */
const BLOCK: i32 = 16;

/** Bytes of a lane's state: places above, below, and of the candidate (i32), and whether zero was crossed (i32). */
const STATE: usize = 16;

/** A crossing of the outer level on one side: records the candidate when the gate allows, then starts anew. */
function reach<T>(
  i: i32,
  gate: i32,
  state: usize,
  own: usize,
  other: usize,
  polarity: T,
  m: i32,
  count: usize,
  polarities: usize,
  times: usize,
): void {
  const from = load<i32>(state + other);
  if (load<i32>(state + 12) != 0 && from != 0) {
    if (i - from < gate) {
      const found = load<u32>(count);
      if (found < <u32>m) {
        store<T>(polarities + <usize>found * stride<T>(), polarity);
        store<T>(times + <usize>found * stride<T>(), <T>load<i32>(state + 8));
      }
      store<u32>(count, found + 1);
    } else {
      store<i32>(state + own, i);
    }
  } else {
    store<i32>(state + own, i);
  }
  store<i32>(state + other, 0);
  store<i32>(state + 12, 0);
}

/** Steps [from, to) of one lane. */
function walk<T>(
  from: i32,
  to: i32,
  x: usize,
  positive: T,
  negative: T,
  gate: i32,
  state: usize,
  m: i32,
  count: usize,
  polarities: usize,
  times: usize,
): void {
  for (let i = from; i < to; i++) {
    const here = load<T>(x + <usize>i * stride<T>());
    const next = load<T>(x + <usize>(i + 1) * stride<T>());
    if (load<i32>(state + 4) != 0 && here <= <T>0 && next > <T>0) {
      store<i32>(state + 12, 1);
      store<i32>(state + 8, i);
    }
    if (here <= positive && next > positive)
      reach<T>(i, gate, state, 0, 4, <T>0, m, count, polarities, times);
    if (load<i32>(state) != 0 && here >= <T>0 && next < <T>0) {
      store<i32>(state + 12, 1);
      store<i32>(state + 8, i);
    }
    if (here >= negative && next < negative)
      reach<T>(i, gate, state, 4, 0, <T>1, m, count, polarities, times);
  }
}

/**
 * Steps [from, to) of a lane that waits for zero and in which no sample is beyond a level: only the last crossing of
 * zero counts. `side`: 1 when the lane was above, -1 when it was below.
 */
function lastCrossing<T>(from: i32, to: i32, x: usize, side: T, state: usize): void {
  let next = <T>(side * load<T>(x + <usize>to * stride<T>()));
  for (let i = to - 1; i >= from; i--) {
    const here = <T>(side * load<T>(x + <usize>i * stride<T>()));
    if (here >= <T>0 && next < <T>0) {
      store<i32>(state + 12, 1);
      store<i32>(state + 8, i);
      return;
    }
    next = here;
  }
}

/** Lanes in which a sample of (from, to] lies beyond one of the levels: without one, nothing starts. */
function beyond<T>(from: i32, to: i32, x: usize, positives: usize, negatives: usize): i32 {
  let bits = 0;
  for (let h = 0; h < halves<T>(); h++) {
    const at = <usize>h * 16;
    const positive = v128.load(positives + at);
    const negative = v128.load(negatives + at);
    let any = i32x4.splat(0);
    const end = x + at + <usize>to * stride<T>();
    for (let p = x + at + <usize>(from + 1) * stride<T>(); p <= end; p += stride<T>()) {
      const value = v128.load(p);
      any = v128.or(any, v128.or(v128.gt<T>(value, positive), v128.lt<T>(value, negative)));
    }
    bits |= laneBits<T>(any, h);
  }
  return bits;
}

export function bi_level_zero_crossing_time_points<F>(
  n: i32,
  m: i32,
  x: usize,
  positives: usize,
  negatives: usize,
  gates: usize,
  starts: usize,
  counts: usize,
  polarities: usize,
  times: usize,
  states: usize,
): i32 {
  memory.fill(states, 0, <usize>LANES * STATE);
  const end = polarities + <usize>m * stride<F>();
  for (let p = polarities; p < end; p += sizeof<F>()) store<F>(p, <F>NaN);
  for (let p = times; p < times + (end - polarities); p += sizeof<F>()) store<F>(p, <F>NaN);
  for (let l: usize = 0; l < <usize>LANES; l++) store<u32>(counts + l * 4, 0);
  for (let from = 0; from < n - 1; from += BLOCK) {
    const to = min(from + BLOCK, n - 1);
    let busy = 15;
    if (ASC_FEATURE_SIMD) busy = beyond<F>(from, to, x, positives, negatives);
    for (let l: usize = 0; l < <usize>LANES; l++) {
      const state = states + l * STATE;
      const isIdle = load<i32>(state) == 0 && load<i32>(state + 4) == 0;
      if (isIdle && (busy & (1 << (<i32>l))) == 0) continue;
      const at = l * sizeof<F>();
      const start = <f64>load<F>(starts + at);
      if (!(start >= 0 && start < <f64>to)) continue;
      if ((busy & (1 << (<i32>l))) == 0 && start <= <f64>from) {
        lastCrossing<F>(from, to, x + at, load<i32>(state) != 0 ? <F>1 : <F>-1, state);
        continue;
      }
      walk<F>(
        max(from, <i32>start),
        to,
        x + at,
        load<F>(positives + at),
        load<F>(negatives + at),
        <i32>Math.ceil(<f64>load<F>(gates + at)),
        state,
        m,
        counts + l * 4,
        polarities + at,
        times + at,
      );
    }
  }
  let nan = 0;
  for (let l = 0; l < LANES; l++) if (load<u32>(counts + <usize>l * 4) < <u32>m) nan |= 1 << l;
  return status(0, nan, 0);
}
