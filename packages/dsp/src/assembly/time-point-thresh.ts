import { LANES, stride } from './lanes';

function forward<T>(n: i32, x: usize, level: T, start: i32): i32 {
  for (let i = start; i < n - 1; i++) {
    const here = load<T>(x + <usize>i * stride<T>());
    const next = load<T>(x + <usize>(i + 1) * stride<T>());
    if ((here <= level && level < next) || (here >= level && level > next)) return i;
  }
  return -1;
}

function backward<T>(x: usize, level: T, start: i32): i32 {
  for (let i = start; i > 0; i--) {
    const here = load<T>(x + <usize>i * stride<T>());
    const before = load<T>(x + <usize>(i - 1) * stride<T>());
    if ((before < level && level <= here) || (before > level && level >= here)) return i;
  }
  return -1;
}

/** Every lane stops at its own crossing, so the search goes lane by lane in both builds. */
function run<T>(n: i32, x: usize, threshold: usize, start: usize, walk: usize, out: usize): i32 {
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * sizeof<T>();
    const t = <f64>load<T>(start + at);
    let found = -1;
    if (t >= 0 && t < <f64>n) {
      const level = load<T>(threshold + at);
      found =
        load<T>(walk + at) == <T>1
          ? forward<T>(n, x + at, level, <i32>t)
          : backward<T>(x + at, level, <i32>t);
    }
    store<T>(out + at, found < 0 ? <T>NaN : <T>found);
  }
  return 0;
}

export function time_point_thresh_f32(
  n: i32,
  x: usize,
  threshold: usize,
  start: usize,
  walk: usize,
  out: usize,
): i32 {
  return run<f32>(n, x, threshold, start, walk, out);
}

export function time_point_thresh_f64(
  n: i32,
  x: usize,
  threshold: usize,
  start: usize,
  walk: usize,
  out: usize,
): i32 {
  return run<f64>(n, x, threshold, start, walk, out);
}
