import { notFinite } from './finite';
import { LANES, status, stride } from './lanes';
import { sumBetween } from './window-sum';

/** Sum of the samples (from, to] of one lane; those before the start are absent. */
function sumOf<T>(x: usize, from: i32, to: i32): f64 {
  return sumBetween<T>(x, max(from + 1, 0), max(to + 1, 0));
}

/** NaN when one of the samples [0, to] is not finite, else 0. */
function spoilt<T>(x: usize, to: i32): f64 {
  let sum = 0.0;
  for (let i = 0; i <= to; i++) {
    const value = <f64>load<T>(x + <usize>i * stride<T>());
    sum += value - value;
  }
  return sum;
}

/**
 * Samples of a trapezoid at m places per lane, each from the two sums it is the difference of. Only the first `limit` samples
 * are there; other places give NaN. An infinite sample that has left the trapezoid by then leaves a running sum NaN, and with
 * it the lane. Fault 1: a place is not whole.
 */
function trapezoidAt<T>(
  n: i32,
  limit: i32,
  m: i32,
  x: usize,
  rise: usize,
  flat: usize,
  fall: usize,
  places: usize,
  out: usize,
  normalise: bool,
): i32 {
  let faulty = 0;
  let nan = 0;
  const bad = notFinite<T>(n, x);
  for (let l = 0; l < LANES; l++) {
    const own = <usize>l * sizeof<T>();
    const samples = x + own;
    const r = load<i32>(rise + <usize>l * 4);
    const d = load<i32>(fall + <usize>l * 4);
    const gap = r + load<i32>(flat + <usize>l * 4);
    const up = normalise ? <f64>r : 1;
    const down = normalise ? <f64>d : 1;
    let rest = 0.0;
    if ((bad & (1 << l)) != 0) rest = spoilt<T>(samples, limit - 1 - r);
    for (let i: usize = 0; i < <usize>m; i++) {
      const place = <f64>load<T>(places + own + i * stride<T>());
      let value = NaN;
      if (place >= 0 && place <= <f64>(limit - 1)) {
        const to = <i32>place;
        if (<f64>to != place && rest == rest) faulty |= 1 << l;
        value = sumOf<T>(samples, to - r, to) / up - sumOf<T>(samples, to - gap - d, to - gap) / down + rest;
      }
      if (value != value) nan |= 1 << l;
      store<T>(out + own + i * stride<T>(), <T>value);
    }
  }
  return status(faulty, nan, 1);
}

export function trap_filter_at<F>(
  n: i32,
  limit: i32,
  m: i32,
  x: usize,
  rise: usize,
  flat: usize,
  places: usize,
  out: usize,
): i32 {
  return trapezoidAt<F>(n, limit, m, x, rise, flat, rise, places, out, false);
}

export function trap_norm_at<F>(
  n: i32,
  limit: i32,
  m: i32,
  x: usize,
  rise: usize,
  flat: usize,
  places: usize,
  out: usize,
): i32 {
  return trapezoidAt<F>(n, limit, m, x, rise, flat, rise, places, out, true);
}
