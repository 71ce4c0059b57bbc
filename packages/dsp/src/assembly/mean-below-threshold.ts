import { floatsOf, LANES, loadPair, storePair, stride } from './lanes';

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

/** Samples that are summed in float before they are added to the sum in double. */
const BLOCK: usize = 8;

/** All lanes of floats. */
function floats(n: i32, x: usize, threshold: usize, out: usize): void {
  const level = v128.load(threshold);
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let count = i32x4.splat(0);
  const end = x + ((<usize>n) << 4);
  while (x < end) {
    const stop = min(end, x + (BLOCK << 4));
    let sum = f32x4.splat(0);
    for (; x < stop; x += 16) {
      const value = v128.load(x);
      const below = f32x4.lt(value, level);
      sum = f32x4.add(sum, v128.and(value, below));
      count = i32x4.sub(count, below);
    }
    s0 = f64x2.add(s0, f64x2.promote_low_f32x4(sum));
    s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.shuffle<i32>(sum, sum, 2, 3, 2, 3)));
  }
  const high = v128.shuffle<i32>(count, count, 2, 3, 2, 3);
  const a0 = f64x2.div(s0, f64x2.convert_low_i32x4_s(count));
  v128.store(out, floatsOf(a0, f64x2.div(s1, f64x2.convert_low_i32x4_s(high))));
}

/** Average of the samples below a level, the sum in double; 0 / 0 when there are none. */
export function mean_below_threshold<F>(n: i32, x: usize, threshold: usize, out: usize): i32 {
  if (ASC_FEATURE_SIMD && sizeof<F>() == 4) {
    floats(n, x, threshold, out);
  } else if (ASC_FEATURE_SIMD) {
    const one = f64x2.splat(1);
    for (let h: usize = 0; h < 2; h++) {
      const at = h * 2 * sizeof<F>();
      const level = loadPair<F>(threshold + at);
      let sum = f64x2.splat(0);
      let count = sum;
      for (let i: usize = 0; i < <usize>n; i++) {
        const value = loadPair<F>(x + at + i * stride<F>());
        const below = f64x2.lt(value, level);
        sum = f64x2.add(sum, v128.and(value, below));
        count = f64x2.add(count, v128.and(one, below));
      }
      storePair<F>(out + at, f64x2.div(sum, count));
    }
  } else {
    for (let l: usize = 0; l < <usize>LANES; l++) {
      const at = l * sizeof<F>();
      store<F>(out + at, <F>lane<F>(n, x + at, <f64>load<F>(threshold + at)));
    }
  }
  return 0;
}
