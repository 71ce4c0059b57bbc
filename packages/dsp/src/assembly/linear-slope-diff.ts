import { LANES, loadPair, storePair, stride } from './lanes';

function lane<T>(n: i32, x: usize, slope: f64, intercept: f64, mean: usize, rms: usize): void {
  let sum = 0.0;
  let squares = 0.0;
  for (let i = 0; i < n; i++) {
    const r = <f64>load<T>(x + <usize>i * stride<T>()) - (slope * <f64>i + intercept);
    sum += r / <f64>(i + 1);
    squares += r * r;
  }
  store<T>(mean, <T>sum);
  store<T>(rms, <T>Math.sqrt(squares / <f64>(n - 1)));
}

/** Two samples at a time: 1 / (i + 1) of both is one division, for all lanes. */
function vectors<T>(n: i32, x: usize, slope: usize, intercept: usize, mean: usize, rms: usize): void {
  const half = 2 * sizeof<T>();
  const one = f64x2.splat(1);
  const two = f64x2.splat(2);
  const b0 = loadPair<T>(slope);
  const b1 = loadPair<T>(slope + half);
  let line0 = loadPair<T>(intercept);
  let line1 = loadPair<T>(intercept + half);
  const a0 = line0;
  const a1 = line1;
  let index = f64x2.splat(0);
  let count = f64x2(1, 2);
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let q0 = s0;
  let q1 = s0;
  let i = 0;
  for (; i + 2 <= n; i += 2) {
    const inverse = f64x2.div(one, count);
    count = f64x2.add(count, two);
    let weight = v128.shuffle<f64>(inverse, inverse, 0, 0);
    line0 = f64x2.add(f64x2.mul(b0, index), a0);
    line1 = f64x2.add(f64x2.mul(b1, index), a1);
    let r0 = f64x2.sub(loadPair<T>(x), line0);
    let r1 = f64x2.sub(loadPair<T>(x + half), line1);
    s0 = f64x2.add(s0, f64x2.mul(r0, weight));
    s1 = f64x2.add(s1, f64x2.mul(r1, weight));
    q0 = f64x2.add(q0, f64x2.mul(r0, r0));
    q1 = f64x2.add(q1, f64x2.mul(r1, r1));
    index = f64x2.add(index, one);
    weight = v128.shuffle<f64>(inverse, inverse, 1, 1);
    line0 = f64x2.add(f64x2.mul(b0, index), a0);
    line1 = f64x2.add(f64x2.mul(b1, index), a1);
    r0 = f64x2.sub(loadPair<T>(x + stride<T>()), line0);
    r1 = f64x2.sub(loadPair<T>(x + stride<T>() + half), line1);
    s0 = f64x2.add(s0, f64x2.mul(r0, weight));
    s1 = f64x2.add(s1, f64x2.mul(r1, weight));
    q0 = f64x2.add(q0, f64x2.mul(r0, r0));
    q1 = f64x2.add(q1, f64x2.mul(r1, r1));
    index = f64x2.add(index, one);
    x += 2 * stride<T>();
  }
  if (i < n) {
    const weight = f64x2.splat(1.0 / <f64>n);
    const r0 = f64x2.sub(loadPair<T>(x), f64x2.add(f64x2.mul(b0, index), a0));
    const r1 = f64x2.sub(loadPair<T>(x + half), f64x2.add(f64x2.mul(b1, index), a1));
    s0 = f64x2.add(s0, f64x2.mul(r0, weight));
    s1 = f64x2.add(s1, f64x2.mul(r1, weight));
    q0 = f64x2.add(q0, f64x2.mul(r0, r0));
    q1 = f64x2.add(q1, f64x2.mul(r1, r1));
  }
  const freedom = f64x2.splat(<f64>(n - 1));
  storePair<T>(mean, s0);
  storePair<T>(mean + half, s1);
  storePair<T>(rms, f64x2.sqrt(f64x2.div(q0, freedom)));
  storePair<T>(rms + half, f64x2.sqrt(f64x2.div(q1, freedom)));
}

function run<T>(n: i32, x: usize, slope: usize, intercept: usize, mean: usize, rms: usize): i32 {
  if (ASC_FEATURE_SIMD) {
    vectors<T>(n, x, slope, intercept, mean, rms);
  } else {
    for (let l: usize = 0; l < <usize>LANES; l++) {
      const at = l * sizeof<T>();
      lane<T>(n, x + at, <f64>load<T>(slope + at), <f64>load<T>(intercept + at), mean + at, rms + at);
    }
  }
  return 0;
}

export function linear_slope_diff_f32(
  n: i32,
  x: usize,
  slope: usize,
  intercept: usize,
  mean: usize,
  rms: usize,
): i32 {
  return run<f32>(n, x, slope, intercept, mean, rms);
}

export function linear_slope_diff_f64(
  n: i32,
  x: usize,
  slope: usize,
  intercept: usize,
  mean: usize,
  rms: usize,
): i32 {
  return run<f64>(n, x, slope, intercept, mean, rms);
}
