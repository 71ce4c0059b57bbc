import { backward, forward } from './crossing';
import { halves, LANES, laneBits, stride } from './lanes';

/** Lanes with a crossing between neighbours: `from` and `to` in the order of time, `strict` on the side of `from`. */
function crossings<T>(from: usize, to: usize, level: v128, strict: bool): v128 {
  const a = v128.load(from);
  const b = v128.load(to);
  if (strict) {
    const up = v128.and(v128.lt<T>(a, level), v128.ge<T>(b, level));
    return v128.or(up, v128.and(v128.gt<T>(a, level), v128.le<T>(b, level)));
  }
  const up = v128.and(v128.le<T>(a, level), v128.gt<T>(b, level));
  return v128.or(up, v128.and(v128.ge<T>(a, level), v128.lt<T>(b, level)));
}

/** Lanes of `open` with a crossing between samples i and i + 1 (forward) or i - 1 and i. */
function found<T>(x: usize, i: i32, levels: usize, ahead: bool): i32 {
  const at = x + <usize>(ahead ? i : i - 1) * stride<T>();
  let bits = 0;
  for (let h = 0; h < halves<T>(); h++) {
    const half = <usize>h * 16;
    const level = v128.load(levels + half);
    bits |= laneBits<T>(crossings<T>(at + half, at + stride<T>() + half, level, !ahead), h);
  }
  return bits;
}

/** Lanes with a crossing anywhere in four steps from i on, in walking direction. */
function foundInFour<T>(x: usize, i: i32, levels: usize, ahead: bool): i32 {
  const at = x + <usize>(ahead ? i : i - 4) * stride<T>();
  let bits = 0;
  for (let h = 0; h < halves<T>(); h++) {
    const p = at + <usize>h * 16;
    const level = v128.load(levels + <usize>h * 16);
    const a = crossings<T>(p, p + stride<T>(), level, !ahead);
    const b = crossings<T>(p + stride<T>(), p + 2 * stride<T>(), level, !ahead);
    const c = crossings<T>(p + 2 * stride<T>(), p + 3 * stride<T>(), level, !ahead);
    const d = crossings<T>(p + 3 * stride<T>(), p + 4 * stride<T>(), level, !ahead);
    bits |= laneBits<T>(v128.or(v128.or(a, b), v128.or(c, d)), h);
  }
  return bits;
}

/** Steps whose samples are looked at together before single ones are. */
const BLOCK: i32 = 8;

/** Lanes that may cross somewhere in BLOCK steps from i on, in walking direction: those not all above or all below. */
function mayCross<T>(x: usize, i: i32, levels: usize, ahead: bool): i32 {
  const at = x + <usize>(ahead ? i : i - BLOCK) * stride<T>();
  const step = stride<T>();
  let bits = 0;
  for (let h = 0; h < halves<T>(); h++) {
    const p = at + <usize>h * 16;
    const level = v128.load(levels + <usize>h * 16);
    let low = v128.load(p + <usize>BLOCK * step);
    let high = low;
    for (let k: usize = 0; k < <usize>BLOCK * step; k += 2 * step) {
      const a = v128.load(p + k);
      const b = v128.load(p + k + step);
      low = v128.pmin<T>(low, v128.pmin<T>(a, b));
      high = v128.pmax<T>(high, v128.pmax<T>(a, b));
    }
    const apart = v128.or(v128.gt<T>(low, level), v128.lt<T>(high, level));
    bits |= laneBits<T>(v128.not(apart), h);
  }
  return bits;
}

function startOf<T>(starts: usize, lane: i32): i32 {
  return <i32>load<T>(starts + <usize>lane * sizeof<T>());
}

/**
 * All lanes walk together; a lane takes part from its own start on and until its crossing. `open` holds the lanes that
 * are still to be found. Steps over stretches where none takes part.
 */
function walk<T>(n: i32, x: usize, levels: usize, starts: usize, open: i32, ahead: bool, out: usize): void {
  const step = ahead ? 1 : -1;
  let i = ahead ? n : -1;
  for (let l = 0; l < LANES; l++) {
    if ((open & (1 << l)) == 0) continue;
    const start = startOf<T>(starts, l);
    if (ahead ? start < i : start > i) i = start;
  }
  let active = 0;
  while (open != 0 && (ahead ? i < n - 1 : i > 0)) {
    let next = ahead ? n : -1;
    for (let l = 0; l < LANES; l++) {
      if ((open & ~active & (1 << l)) == 0) continue;
      const start = startOf<T>(starts, l);
      if (start == i) active |= 1 << l;
      else if (ahead ? start < next : start > next) next = start;
    }
    if (active == 0) {
      i = next;
      continue;
    }
    const end = ahead ? min(next, n - 1) : max(next, 0);
    while (i != end && active != 0) {
      const left = ahead ? end - i : i - end;
      if (left >= BLOCK && (mayCross<T>(x, i, levels, ahead) & active) == 0) {
        i += BLOCK * step;
        continue;
      }
      if (left >= 4 && (foundInFour<T>(x, i, levels, ahead) & active) == 0) {
        i += 4 * step;
        continue;
      }
      const bits = found<T>(x, i, levels, ahead) & active;
      if (bits != 0) {
        for (let l = 0; l < LANES; l++) {
          if ((bits & (1 << l)) != 0) store<T>(out + <usize>l * sizeof<T>(), <T>i);
        }
        active &= ~bits;
        open &= ~bits;
      }
      i += step;
    }
    if (i != end) i = next;
  }
}

/** Lanes whose start lies in the waveform and that walk one way; the results of all lanes become NaN at first. */
export function time_point_thresh<F>(
  n: i32,
  x: usize,
  threshold: usize,
  start: usize,
  way: usize,
  out: usize,
): i32 {
  let ahead = 0;
  let back = 0;
  for (let l = 0; l < LANES; l++) {
    const at = <usize>l * sizeof<F>();
    store<F>(out + at, <F>NaN);
    const t = <f64>load<F>(start + at);
    if (!(t >= 0 && t < <f64>n)) continue;
    if (load<F>(way + at) == <F>1) ahead |= 1 << l;
    else back |= 1 << l;
  }
  if (ASC_FEATURE_SIMD) {
    if (ahead != 0) walk<F>(n, x, threshold, start, ahead, true, out);
    if (back != 0) walk<F>(n, x, threshold, start, back, false, out);
    return 0;
  }
  for (let l = 0; l < LANES; l++) {
    const at = <usize>l * sizeof<F>();
    const level = load<F>(threshold + at);
    let place = -1;
    if ((ahead & (1 << l)) != 0) place = forward<F>(n, x + at, level, startOf<F>(start, l));
    else if ((back & (1 << l)) != 0) place = backward<F>(x + at, level, startOf<F>(start, l));
    if (place >= 0) store<F>(out + at, <F>place);
  }
  return 0;
}
