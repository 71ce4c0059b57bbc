import { LANES, stride, uniform } from './lanes';
import { total } from './sums';
import { sumBetween } from './window-sum';

/** Sums of both windows of all lanes. */
const NEWER = memory.data(32, 16);
const OLDER = memory.data(32, 16);

/** True when a trapezoid of these lengths lies within the waveform at a time. */
function fits(n: i32, r: i32, f: i32, time: f64): bool {
  return time + 1 >= <f64>(2 * r + f) && time + 1 <= <f64>n;
}

/** Where every lane looks at its own time, or with its own lengths, this goes lane by lane. */
export function trap_pickoff<F>(n: i32, x: usize, rise: usize, flat: usize, time: usize, out: usize): i32 {
  if (ASC_FEATURE_SIMD && uniform<i32>(rise) && uniform<i32>(flat) && uniform<F>(time)) {
    const r = load<i32>(rise);
    const f = load<i32>(flat);
    const t = <f64>load<F>(time);
    if (fits(n, r, f, t)) {
      const newer = x + <usize>(<i32>t + 1 - r) * stride<F>();
      total<F>(r, newer, NEWER);
      total<F>(r, newer - <usize>(r + f) * stride<F>(), OLDER);
      for (let l: usize = 0; l < <usize>LANES; l++)
        store<F>(out + l * sizeof<F>(), <F>((load<f64>(NEWER + l * 8) - load<f64>(OLDER + l * 8)) / <f64>r));
      return 0;
    }
  }
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * sizeof<F>();
    const r = load<i32>(rise + l * 4);
    const f = load<i32>(flat + l * 4);
    const t = <f64>load<F>(time + at);
    let value = NaN;
    if (fits(n, r, f, t)) {
      const end = <i32>t + 1;
      const older = sumBetween<F>(x + at, end - 2 * r - f, end - r - f);
      value = (sumBetween<F>(x + at, end - r, end) - older) / <f64>r;
    }
    store<F>(out + at, <F>value);
  }
  return 0;
}
