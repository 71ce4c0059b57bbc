import { backward } from './crossing';
import { LANES, status, stride } from './lanes';

/** Lists of places in a waveform: short, and different in every lane, so lane by lane in both builds. */

export function multi_a_filter<F>(n: i32, m: i32, x: usize, places: usize, out: usize): i32 {
  let faulty = 0;
  let nan = 0;
  for (let l = 0; l < LANES; l++) {
    const at = <usize>l * sizeof<F>();
    for (let i: usize = 0; i < <usize>m; i++) {
      const place = <f64>load<F>(places + at + i * stride<F>());
      let value = <F>NaN;
      if (place >= 0 && place <= <f64>(n - 1)) {
        if (Math.floor(place) != place) faulty |= 1 << l;
        else value = load<F>(x + at + <usize>place * stride<F>());
      }
      if (value != value) nan |= 1 << l;
      store<F>(out + at + i * stride<F>(), value);
    }
  }
  return status(faulty, nan, 1);
}

/** True when all m numbers of a lane are NaN. */
function isAllNan<T>(m: i32, list: usize): bool {
  for (let i: usize = 0; i < <usize>m; i++) {
    const value = load<T>(list + i * stride<T>());
    if (value == value) return false;
  }
  return true;
}

/** A repeated place becomes the minimum that belongs to the first one; a leading 0 is dropped. */
function withoutRepeats<T>(m: i32, times: usize, minima: usize, out: usize): void {
  for (let i: usize = 0; i < <usize>m; i++) store<T>(out + i * stride<T>(), <T>load<f32>(times + i * 4));
  for (let first: usize = 0; first < <usize>m; first++) {
    for (let later = first + 1; later < <usize>m; later++) {
      if (load<f32>(times + first * 4) == load<f32>(times + later * 4))
        store<T>(out + later * stride<T>(), load<T>(minima + first * stride<T>()));
    }
  }
  if (load<T>(out) != <T>0) return;
  for (let i: usize = 1; i < <usize>m; i++)
    store<T>(out + (i - 1) * stride<T>(), load<T>(out + i * stride<T>()));
  store<T>(out + <usize>(m - 1) * stride<T>(), <T>NaN);
}

/** For each maximum of a lane the crossing before it, in single precision at `times`; number of the fault or 0. */
function crossingsBefore<T>(n: i32, m: i32, x: usize, level: T, maxima: usize, times: usize): i32 {
  for (let i: usize = 0; i < <usize>m; i++) {
    const start = <f64>load<T>(maxima + i * stride<T>());
    store<f32>(times + i * 4, NaN);
    if (start != start) continue;
    if (start < 0 || start >= <f64>n) return 2;
    if (Math.floor(start) != start) return 1;
    const place = backward<T>(x, level, <i32>start);
    if (place >= 0) store<f32>(times + i * 4, <f32>place);
  }
  return 0;
}

export function multi_t_filter<F>(
  n: i32,
  m: i32,
  x: usize,
  threshold: usize,
  maxima: usize,
  minima: usize,
  out: usize,
  times: usize,
): i32 {
  let nan = 0;
  for (let l = 0; l < LANES; l++) {
    const at = <usize>l * sizeof<F>();
    const level = load<F>(threshold + at);
    for (let i: usize = 0; i < <usize>m; i++) store<F>(out + at + i * stride<F>(), <F>NaN);
    if (level == level && m > 0 && !isAllNan<F>(m, maxima + at) && !isAllNan<F>(m, minima + at)) {
      const fault = crossingsBefore<F>(n, m, x + at, level, maxima + at, times);
      if (fault != 0) return status(1 << l, 0, fault);
      let isEmpty = true;
      for (let i: usize = 0; i < <usize>m; i++) {
        const time = load<f32>(times + i * 4);
        if (time == time) isEmpty = false;
      }
      if (!isEmpty) withoutRepeats<F>(m, times, minima + at, out + at);
    }
    for (let i: usize = 0; i < <usize>m; i++) {
      const value = load<F>(out + at + i * stride<F>());
      if (value != value) nan |= 1 << l;
    }
  }
  return status(0, nan, 0);
}

export function peak_snr_threshold<F>(
  n: i32,
  m: i32,
  x: usize,
  candidates: usize,
  ratios: usize,
  widths: usize,
  kept: usize,
  counts: usize,
): i32 {
  let nan = 0;
  for (let l = 0; l < LANES; l++) {
    const at = <usize>l * sizeof<F>();
    const ratio = <f64>load<F>(ratios + at);
    const width = <f64>load<F>(widths + at);
    let found = 0;
    for (let i: usize = 0; i < <usize>m && ratio == ratio && width == width; i++) {
      const candidate = <f64>load<F>(candidates + at + i * stride<F>());
      if (!(candidate >= 0 && candidate < <f64>n)) continue;
      const from = <i32>Math.max(0, Math.trunc(candidate - width));
      const to = <i32>Math.min(<f64>(n - 1), Math.trunc(candidate + width));
      let lowest = Infinity;
      for (let k = from; k < to; k++) {
        const value = <f64>load<F>(x + at + <usize>k * stride<F>());
        if (value < lowest) lowest = value;
      }
      const height = <f64>load<F>(x + at + <usize>candidate * stride<F>());
      if (!(Math.abs(lowest / height) < ratio)) continue;
      store<F>(kept + at + <usize>found * stride<F>(), <F>candidate);
      found++;
    }
    for (let i = found; i < m; i++) store<F>(kept + at + <usize>i * stride<F>(), <F>NaN);
    store<u32>(counts + <usize>l * 4, found);
    if (found < m) nan |= 1 << l;
  }
  return status(0, nan, 0);
}
