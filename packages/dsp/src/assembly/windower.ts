import { LANES, status, stride } from './lanes';

/** Every lane has its own start, so this goes lane by lane in both builds; status bits of lanes with NaN at an end. */
function run<T>(n: i32, m: i32, x: usize, start: usize, y: usize): i32 {
  let nan = 0;
  for (let l = 0; l < LANES; l++) {
    const at = <usize>l * sizeof<T>();
    const t = <f64>load<T>(start + at);
    const from = t == t ? <i32>Math.trunc(Math.max(Math.min(t, <f64>n), -(<f64>m))) : n;
    const first = min(max(-from, 0), m);
    const last = max(min(n - from, m), first);
    let q = y + at;
    for (let i = 0; i < first; i++) {
      store<T>(q, <T>NaN);
      q += stride<T>();
    }
    let p = x + at + <usize>(from + first) * stride<T>();
    for (let i = first; i < last; i++) {
      store<T>(q, load<T>(p));
      p += stride<T>();
      q += stride<T>();
    }
    for (let i = last; i < m; i++) {
      store<T>(q, <T>NaN);
      q += stride<T>();
    }
    if (last - first < m) nan |= 1 << l;
  }
  return status(0, nan, 0);
}

export function windower_f32(n: i32, m: i32, x: usize, start: usize, y: usize): i32 {
  return run<f32>(n, m, x, start, y);
}

export function windower_f64(n: i32, m: i32, x: usize, start: usize, y: usize): i32 {
  return run<f64>(n, m, x, start, y);
}
