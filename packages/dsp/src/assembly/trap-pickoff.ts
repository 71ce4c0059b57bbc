import { LANES, stride } from './lanes';

function sumOf<T>(x: usize, from: i32, to: i32): f64 {
  let sum = 0.0;
  for (let i = from; i < to; i++) sum += <f64>load<T>(x + <usize>i * stride<T>());
  return sum;
}

/** Every lane looks at its own time, so this goes lane by lane in both builds. */
export function trap_pickoff<F>(n: i32, x: usize, rise: usize, flat: usize, time: usize, out: usize): i32 {
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * sizeof<F>();
    const r = load<i32>(rise + l * 4);
    const f = load<i32>(flat + l * 4);
    const t = <f64>load<F>(time + at);
    let value = <F>NaN;
    if (t + 1 >= <f64>(2 * r + f) && t + 1 <= <f64>n) {
      const end = <i32>t + 1;
      value = <F>((sumOf<F>(x + at, end - r, end) - sumOf<F>(x + at, end - 2 * r - f, end - r - f)) / <f64>r);
    }
    store<F>(out + at, value);
  }
  return 0;
}
