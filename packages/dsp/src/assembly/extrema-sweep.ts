import { halves, LANES, stride } from './lanes';

/**
 * One sweep through a waveform for maxima and minima in turn. `levels` holds four rows of one number per lane, 32
 * bytes apart: by how much a waveform must go away from a maximum and from a minimum, above which value a maximum and
 * below which value a minimum counts. `found`: two rows of four 32-bit counts (maxima, minima), then from byte 32 on
 * two lists of m places, [place][lane].
 */
export const DELTA_MIN: usize = 32;
export const ABS_MAX: usize = 64;
export const ABS_MIN: usize = 96;
export const LISTS: usize = 32;

/** Where a vector sweep puts its state down while single lanes are looked at. */
const LOW: usize = 32;
const HIGH_AT: usize = 64;
const LOW_AT: usize = 96;
const WANTS: usize = 128;
/** Bytes of that state. */
export const SWEEP_STATE: usize = 160;

/** Adds a place to the list of maxima (`kind` 0) or minima (1) of a lane; false when it is full. */
function push<T>(m: i32, found: usize, kind: i32, lane: i32, place: T): bool {
  const at = found + <usize>(kind * 16 + lane * 4);
  const count = load<i32>(at);
  if (count >= m) return false;
  store<T>(found + LISTS + <usize>(kind * m + count) * stride<T>() + <usize>lane * sizeof<T>(), place);
  store<i32>(at, count + 1);
  return true;
}

function sweepLane<T>(n: i32, m: i32, x: usize, step: i32, levels: usize, found: usize, lane: i32): void {
  const deltaMax = load<T>(levels);
  const deltaMin = load<T>(levels + DELTA_MIN);
  const absMax = load<T>(levels + ABS_MAX);
  const absMin = load<T>(levels + ABS_MIN);
  const start = step > 0 ? 0 : n - 1;
  let high = load<T>(x + <usize>start * stride<T>());
  let low = high;
  let highAt = start;
  let lowAt = start;
  let wants = true;
  for (let i = start; i >= 0 && i < n; i += step) {
    const value = load<T>(x + <usize>i * stride<T>());
    if (value > high) {
      high = value;
      highAt = i;
    }
    if (value < low) {
      low = value;
      lowAt = i;
    }
    if (wants) {
      const isPast = value < <T>(high - deltaMax) && high > absMax;
      if (!isPast || !push<T>(m, found, 0, lane, <T>highAt)) continue;
      low = value;
      lowAt = i;
      wants = false;
    } else {
      const isPast = value > <T>(low + deltaMin) && low < absMin;
      if (!isPast || !push<T>(m, found, 1, lane, <T>lowAt)) continue;
      high = value;
      highAt = i;
      wants = true;
    }
  }
}

/** Notes the extremum that lane k of the state has gone past, and turns to the other kind. */
function turn<T>(m: i32, found: usize, lane: i32, state: usize, value: T, i: i32): void {
  const wants = load<u8>(state + WANTS) != 0;
  const place = load<T>(state + (wants ? HIGH_AT : LOW_AT));
  if (!push<T>(m, found, wants ? 0 : 1, lane, place)) return;
  store<T>(state + (wants ? LOW : 0), value);
  store<T>(state + (wants ? LOW_AT : HIGH_AT), <T>i);
  memory.fill(state + WANTS, wants ? 0 : 255, sizeof<T>());
}

/** All lanes of a half; only where a lane goes past an extremum is that lane looked at alone. */
function sweepHalf<T>(
  n: i32,
  m: i32,
  x: usize,
  step: i32,
  levels: usize,
  found: usize,
  half: i32,
  state: usize,
): void {
  const start = step > 0 ? 0 : n - 1;
  const move = v128.splat<T>(<T>step);
  const deltaMax = v128.load(levels);
  const deltaMin = v128.load(levels + DELTA_MIN);
  const absMax = v128.load(levels + ABS_MAX);
  const absMin = v128.load(levels + ABS_MIN);
  let index = v128.splat<T>(<T>start);
  let high = v128.load(x + <usize>start * stride<T>());
  let low = high;
  let highAt = index;
  let lowAt = index;
  let wants = i32x4.splat(-1);
  for (let i = start; i >= 0 && i < n; i += step) {
    const value = v128.load(x + <usize>i * stride<T>());
    const isHigh = v128.gt<T>(value, high);
    const isLow = v128.lt<T>(value, low);
    high = v128.bitselect(value, high, isHigh);
    low = v128.bitselect(value, low, isLow);
    highAt = v128.bitselect(index, highAt, isHigh);
    lowAt = v128.bitselect(index, lowAt, isLow);
    const pastHigh = v128.and(v128.lt<T>(value, v128.sub<T>(high, deltaMax)), v128.gt<T>(high, absMax));
    const pastLow = v128.and(v128.gt<T>(value, v128.add<T>(low, deltaMin)), v128.lt<T>(low, absMin));
    const past = v128.bitselect(pastHigh, pastLow, wants);
    if (v128.any_true(past)) {
      v128.store(state, high);
      v128.store(state + LOW, low);
      v128.store(state + HIGH_AT, highAt);
      v128.store(state + LOW_AT, lowAt);
      v128.store(state + WANTS, wants);
      const bits = sizeof<T>() == 4 ? i32x4.bitmask(past) : i64x2.bitmask(past);
      for (let k = 0; k < <i32>(16 / sizeof<T>()); k++) {
        if ((bits & (1 << k)) == 0) continue;
        const at = <usize>k * sizeof<T>();
        const own = load<T>(x + <usize>i * stride<T>() + at);
        turn<T>(m, found, half * 2 + k, state + at, own, i);
      }
      high = v128.load(state);
      low = v128.load(state + LOW);
      highAt = v128.load(state + HIGH_AT);
      lowAt = v128.load(state + LOW_AT);
      wants = v128.load(state + WANTS);
    }
    index = v128.add<T>(index, move);
  }
}

/** All lanes, forward (`step` 1) or backward (-1). */
export function sweep<T>(
  n: i32,
  m: i32,
  x: usize,
  step: i32,
  levels: usize,
  found: usize,
  state: usize,
): void {
  memory.fill(found, 0, LISTS);
  if (ASC_FEATURE_SIMD) {
    for (let h = 0; h < halves<T>(); h++) {
      const at = <usize>h * 16;
      sweepHalf<T>(n, m, x + at, step, levels + at, found, h, state);
    }
    return;
  }
  for (let l = 0; l < LANES; l++) {
    const at = <usize>l * sizeof<T>();
    sweepLane<T>(n, m, x + at, step, levels + at, found, l);
  }
}
