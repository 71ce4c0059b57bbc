import { LANES, loadPair, storePair, stride } from './lanes';

function lane<T>(n: i32, x: usize, level: f64): f64 {
  let sum = 0.0;
  let count = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    const value = <f64>load<T>(x + i * stride<T>());
    if (value < level) {
      sum += value;
      count++;
    }
  }
  return sum / <f64>count;
}

/** Average of the samples below a level, the sum in double; 0 / 0 when there are none. */
function run<T>(n: i32, x: usize, threshold: usize, out: usize): i32 {
  if (ASC_FEATURE_SIMD) {
    const one = f64x2.splat(1);
    for (let h: usize = 0; h < 2; h++) {
      const at = h * 2 * sizeof<T>();
      const level = loadPair<T>(threshold + at);
      let sum = f64x2.splat(0);
      let count = sum;
      for (let i: usize = 0; i < <usize>n; i++) {
        const value = loadPair<T>(x + at + i * stride<T>());
        const below = f64x2.lt(value, level);
        sum = f64x2.add(sum, v128.and(value, below));
        count = f64x2.add(count, v128.and(one, below));
      }
      storePair<T>(out + at, f64x2.div(sum, count));
    }
  } else {
    for (let l: usize = 0; l < <usize>LANES; l++) {
      const at = l * sizeof<T>();
      store<T>(out + at, <T>lane<T>(n, x + at, <f64>load<T>(threshold + at)));
    }
  }
  return 0;
}

export function mean_below_threshold_f32(n: i32, x: usize, threshold: usize, out: usize): i32 {
  return run<f32>(n, x, threshold, out);
}

export function mean_below_threshold_f64(n: i32, x: usize, threshold: usize, out: usize): i32 {
  return run<f64>(n, x, threshold, out);
}
