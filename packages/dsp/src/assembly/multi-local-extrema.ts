import { ABS_MAX, ABS_MIN, DELTA_MIN, LISTS, SWEEP_STATE, sweep } from './extrema-sweep';
import { LANES, status, stride } from './lanes';

const FORWARD: i32 = 0;
const BACKWARD: i32 = 1;
const BOTH: i32 = 2;

/** One lane's places of one kind in what a sweep found: how many, and each by number. */
function countOf(found: usize, kind: i32, lane: i32): i32 {
  return load<i32>(found + <usize>(kind * 16 + lane * 4));
}

function placeOf<T>(m: i32, found: usize, kind: i32, lane: i32, number: i32): T {
  const row = LISTS + <usize>(kind * m + number) * stride<T>();
  return load<T>(found + row + <usize>lane * sizeof<T>());
}

/** Where results of one kind and lane go. */
function put<T>(out: usize, number: i32, place: T): void {
  store<T>(out + <usize>number * stride<T>(), place);
}

/** Places of the first list (`a` of them) that are among `b` of the second one, whose last entries come first in time. */
function common<T>(m: i32, ahead: usize, back: usize, kind: i32, lane: i32, a: i32, b: i32, out: usize): i32 {
  const last = countOf(back, kind, lane) - 1;
  let kept = 0;
  for (let i = 0; i < a; i++) {
    const place = placeOf<T>(m, ahead, kind, lane, i);
    for (let j = 0; j < b; j++) {
      if (placeOf<T>(m, back, kind, lane, last - j) != place) continue;
      put<T>(out, kept, place);
      kept++;
      break;
    }
  }
  return kept;
}

/** Places of both lists in order of time, each once, as many as there is room for. */
function union<T>(m: i32, ahead: usize, back: usize, kind: i32, lane: i32, out: usize): i32 {
  const a = countOf(ahead, kind, lane);
  let i = 0;
  let j = countOf(back, kind, lane) - 1;
  let kept = 0;
  while ((i < a || j >= 0) && kept < m) {
    const first = i < a ? placeOf<T>(m, ahead, kind, lane, i) : <T>Infinity;
    const second = j >= 0 ? placeOf<T>(m, back, kind, lane, j) : <T>Infinity;
    put<T>(out, kept, first < second ? first : second);
    kept++;
    if (first <= second) i++;
    if (second <= first) j--;
  }
  return kept;
}

/** One lane's results of one kind; `mixed`: minima of both sweeps are looked for among the maxima, as stored ones are. */
function settle<T>(
  m: i32,
  ahead: usize,
  back: usize,
  kind: i32,
  lane: i32,
  direction: i32,
  mixed: bool,
  out: usize,
): i32 {
  if (direction == FORWARD || direction == BACKWARD) {
    const found = direction == FORWARD ? ahead : back;
    const count = countOf(found, kind, lane);
    for (let i = 0; i < count; i++) put<T>(out, i, placeOf<T>(m, found, kind, lane, i));
    return count;
  }
  if (direction != BOTH) return union<T>(m, ahead, back, kind, lane, out);
  const source = mixed ? 0 : kind;
  const a = min(countOf(ahead, kind, lane), countOf(ahead, source, lane));
  const b = min(countOf(back, kind, lane), countOf(back, source, lane));
  return common<T>(m, ahead, back, source, lane, a, b, out);
}

/** NaN in all places of a list. */
function clear<T>(m: i32, list: usize): void {
  const end = list + <usize>m * stride<T>();
  if (ASC_FEATURE_SIMD) {
    for (; list < end; list += 16) v128.store(list, v128.splat<T>(<T>NaN));
  } else {
    for (; list < end; list += sizeof<T>()) store<T>(list, <T>NaN);
  }
}

function run<T>(
  n: i32,
  m: i32,
  x: usize,
  deltaMax: usize,
  deltaMin: usize,
  directions: usize,
  absMax: usize,
  absMin: usize,
  maxima: usize,
  minima: usize,
  maxCounts: usize,
  minCounts: usize,
  scratch: usize,
  mixed: bool,
): i32 {
  const row = stride<T>();
  const levels = scratch;
  const state = levels + 128;
  const ahead = state + SWEEP_STATE;
  const back = ahead + LISTS + <usize>(2 * m) * row;
  memory.copy(levels, deltaMax, row);
  memory.copy(levels + DELTA_MIN, deltaMin, row);
  memory.copy(levels + ABS_MAX, absMax, row);
  memory.copy(levels + ABS_MIN, absMin, row);
  let ways = 0;
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const way = <i32>load<T>(directions + l * sizeof<T>());
    ways |= way == FORWARD ? 1 : way == BACKWARD ? 2 : 3;
  }
  if ((ways & 1) != 0) sweep<T>(n, m, x, 1, levels, ahead, state);
  if ((ways & 2) != 0) sweep<T>(n, m, x, -1, levels, back, state);
  clear<T>(m, maxima);
  clear<T>(m, minima);
  let nan = 0;
  for (let l = 0; l < LANES; l++) {
    const at = <usize>l * sizeof<T>();
    const way = <i32>load<T>(directions + at);
    const a = settle<T>(m, ahead, back, 0, l, way, false, maxima + at);
    const b = settle<T>(m, ahead, back, 1, l, way, mixed, minima + at);
    store<u32>(maxCounts + <usize>l * 4, a);
    store<u32>(minCounts + <usize>l * 4, b);
    if (a < m || b < m) nan |= 1 << l;
  }
  return status(0, nan, 0);
}

export function get_multi_local_extrema<F>(
  n: i32,
  m: i32,
  x: usize,
  deltaMax: usize,
  deltaMin: usize,
  direction: usize,
  absMax: usize,
  absMin: usize,
  maxima: usize,
  minima: usize,
  maxCount: usize,
  minCount: usize,
  scratch: usize,
): i32 {
  return run<F>(
    n,
    m,
    x,
    deltaMax,
    deltaMin,
    direction,
    absMax,
    absMin,
    maxima,
    minima,
    maxCount,
    minCount,
    scratch,
    true,
  );
}

export function find_local_extrema<F>(
  n: i32,
  m: i32,
  x: usize,
  deltaMax: usize,
  deltaMin: usize,
  direction: usize,
  absMax: usize,
  absMin: usize,
  maxima: usize,
  minima: usize,
  maxCount: usize,
  minCount: usize,
  scratch: usize,
): i32 {
  return run<F>(
    n,
    m,
    x,
    deltaMax,
    deltaMin,
    direction,
    absMax,
    absMin,
    maxima,
    minima,
    maxCount,
    minCount,
    scratch,
    false,
  );
}
