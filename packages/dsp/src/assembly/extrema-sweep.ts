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

/**
 * Where a vector sweep puts its state down from block to block. Lanes whose list is full find no more: their highest and lowest
 * samples are NaN, which no comparison goes past.
 */
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
      if (!(value < <T>(high - deltaMax) && high > absMax)) continue;
      if (!push<T>(m, found, 0, lane, <T>highAt)) return;
      low = value;
      lowAt = i;
      wants = false;
    } else {
      if (!(value > <T>(low + deltaMin) && low < absMin)) continue;
      if (!push<T>(m, found, 1, lane, <T>lowAt)) return;
      high = value;
      highAt = i;
      wants = true;
    }
  }
}

/** First step from `i` on at which a lane has a value that it is known to have; n at most. */
function placeOf<T>(n: i32, x: usize, step: i32, i: i32, value: T): T {
  while (i >= 0 && i < n && load<T>(x + <usize>i * stride<T>()) != value) i += step;
  return <T>i;
}

/** Looks up where the lanes' samples are that could become extrema, of which only the block may be known. */
function lookUp<T>(n: i32, x: usize, step: i32, state: usize): void {
  for (let at: usize = 0; at < 16; at += sizeof<T>()) {
    const row = load<i32>(state + at, WANTS) != 0 ? state + at : state + LOW + at;
    const value = load<T>(row);
    if (isNaN<T>(value)) continue;
    store<T>(row, placeOf<T>(n, x + at, step, <i32>load<T>(row, HIGH_AT), value), HIGH_AT);
  }
}

/**
 * Notes the extrema that lanes have gone past, all lanes alike: a branch that may be taken in any of them costs more than a place
 * that is written where the next one will be. At `state` stand the places, then which lanes have gone past one, then which of
 * them were maxima. Returns the lanes whose list is full.
 */
function note<T>(m: i32, found: usize, half: i32, state: usize): i32 {
  let full = 0;
  for (let k: usize = 0; k < 16 / sizeof<T>(); k++) {
    const own = state + k * sizeof<T>();
    const lane = <usize>half * 2 + k;
    const past = load<i32>(own, LOW);
    const kind = load<i32>(own, HIGH_AT) + 1;
    const counter = found + <usize>kind * 16 + lane * 4;
    const count = load<i32>(counter);
    const isFull = count >= m;
    const slot = found + LISTS + <usize>(kind * m + count) * stride<T>() + lane * sizeof<T>();
    store<T>(select<usize>(own, slot, isFull), load<T>(own));
    store<i32>(counter, count - select<i32>(0, past, isFull));
    full |= select<i32>(past, 0, isFull) & (1 << (<i32>k));
  }
  return full;
}

/** A vector with NaN in the lanes of `bits`. */
function spoilt<T>(value: v128, bits: i32, state: usize): v128 {
  v128.store(state, value);
  for (let left = bits; left != 0; left &= left - 1) store<T>(state + <usize>ctz(left) * sizeof<T>(), <T>NaN);
  return v128.load(state);
}

/** Lanes that are below the maximum that they wait past, or above the minimum, by enough. */
function pastOf<T>(lowest: v128, highest: v128, low: v128, high: v128, wants: v128, levels: usize): v128 {
  const fallen = v128.lt<T>(lowest, v128.sub<T>(high, v128.load(levels)));
  const pastHigh = v128.and(fallen, v128.gt<T>(high, v128.load(levels, ABS_MAX)));
  const risen = v128.gt<T>(highest, v128.add<T>(low, v128.load(levels, DELTA_MIN)));
  const pastLow = v128.and(risen, v128.lt<T>(low, v128.load(levels, ABS_MIN)));
  return v128.bitselect(pastHigh, pastLow, wants);
}

/** Steps [from, to) one by one; where samples are that could become extrema has been looked up. */
function sweepSteps<T>(
  m: i32,
  x: usize,
  step: i32,
  levels: usize,
  found: usize,
  half: i32,
  state: usize,
  from: i32,
  to: i32,
): void {
  let high = v128.load(state);
  let low = v128.load(state, LOW);
  let highAt = v128.load(state, HIGH_AT);
  let lowAt = v128.load(state, LOW_AT);
  let wants = v128.load(state, WANTS);
  for (let i = from; i != to; i += step) {
    const value = v128.load(x + <usize>i * stride<T>());
    const index = v128.splat<T>(<T>i);
    highAt = v128.bitselect(index, highAt, v128.gt<T>(value, high));
    lowAt = v128.bitselect(index, lowAt, v128.lt<T>(value, low));
    high = v128.pmax<T>(high, value);
    low = v128.pmin<T>(low, value);
    const past = pastOf<T>(value, value, low, high, wants, levels);
    if (!v128.any_true(past)) continue;
    v128.store(state, v128.bitselect(highAt, lowAt, wants));
    v128.store(state, past, LOW);
    v128.store(state, wants, HIGH_AT);
    const full = note<T>(m, found, half, state);
    const fallen = v128.and(past, wants);
    const risen = v128.andnot(past, wants);
    low = v128.bitselect(value, low, fallen);
    lowAt = v128.bitselect(index, lowAt, fallen);
    high = v128.bitselect(value, high, risen);
    highAt = v128.bitselect(index, highAt, risen);
    wants = v128.xor(wants, past);
    if (full == 0) continue;
    high = spoilt<T>(high, full, state);
    low = spoilt<T>(low, full, state);
  }
  v128.store(state, high);
  v128.store(state, low, LOW);
  v128.store(state, highAt, HIGH_AT);
  v128.store(state, lowAt, LOW_AT);
  v128.store(state, wants, WANTS);
}

/** Steps that are looked at together: most blocks hold nothing that a lane could go past. */
const BLOCK: i32 = 16;

/**
 * All lanes of a half. Of a block in which no lane can go past an extremum only the smallest and the largest samples
 * count; the place of an extremum in such a block is looked up when it is wanted, from the first step of the block on.
 */
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
  const first = v128.load(x + <usize>start * stride<T>());
  v128.store(state, first);
  v128.store(state, first, LOW);
  v128.store(state, v128.splat<T>(<T>start), HIGH_AT);
  v128.store(state, v128.splat<T>(<T>start), LOW_AT);
  v128.store(state, i32x4.splat(-1), WANTS);
  let isKnown = true;
  for (let done = 0; done < n; done += BLOCK) {
    const count = min(BLOCK, n - done);
    const from = start + step * done;
    let p = x + <usize>(step > 0 ? from : from - count + 1) * stride<T>();
    const end = p + <usize>count * stride<T>();
    let lowest = v128.load(p);
    let highest = lowest;
    for (; p < end; p += stride<T>()) {
      const value = v128.load(p);
      lowest = v128.pmin<T>(lowest, value);
      highest = v128.pmax<T>(highest, value);
    }
    const high = v128.load(state);
    const low = v128.load(state, LOW);
    const newHigh = v128.pmax<T>(high, highest);
    const newLow = v128.pmin<T>(low, lowest);
    const wants = v128.load(state, WANTS);
    if (v128.any_true(pastOf<T>(lowest, highest, newLow, newHigh, wants, levels))) {
      if (!isKnown) lookUp<T>(n, x, step, state);
      isKnown = true;
      sweepSteps<T>(m, x, step, levels, found, half, state, from, from + step * count);
      const left = v128.load(state);
      if (!v128.any_true(v128.eq<T>(left, left))) return;
      continue;
    }
    isKnown = false;
    const index = v128.splat<T>(<T>from);
    v128.store(state, v128.bitselect(index, v128.load(state, HIGH_AT), v128.gt<T>(highest, high)), HIGH_AT);
    v128.store(state, v128.bitselect(index, v128.load(state, LOW_AT), v128.lt<T>(lowest, low)), LOW_AT);
    v128.store(state, newHigh);
    v128.store(state, newLow, LOW);
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
