import { floatsOf, LANES, loadPair, storePair, stride } from './lanes';

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

/** Samples that are summed in float before they are added to the sums in double. */
const BLOCK: i32 = 8;

/**
 * All lanes of floats. The line at the beginning of a block is taken away in two parts, as a float and what that lacks, so
 * that residuals keep their digits far from zero.
 */
function floats(n: i32, x: usize, slope: usize, intercept: usize, mean: usize, rms: usize): void {
  const b0 = loadPair<f32>(slope);
  const b1 = loadPair<f32>(slope + 8);
  const a0 = loadPair<f32>(intercept);
  const a1 = loadPair<f32>(intercept + 8);
  const rise = v128.load(slope);
  const one = f32x4.splat(1);
  const four = f32x4.splat(4);
  const first = f32x4(1, 2, 3, 4);
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let q0 = s0;
  let q1 = s0;
  for (let from = 0; from < n; from += BLOCK) {
    const index = f64x2.splat(<f64>from);
    const l0 = f64x2.add(f64x2.mul(b0, index), a0);
    const l1 = f64x2.add(f64x2.mul(b1, index), a1);
    const line = floatsOf(l0, l1);
    const p0 = f64x2.promote_low_f32x4(line);
    const p1 = f64x2.promote_low_f32x4(v128.shuffle<i32>(line, line, 2, 3, 2, 3));
    let rest = floatsOf(f64x2.sub(l0, p0), f64x2.sub(l1, p1));
    let sum = f32x4.splat(0);
    let squares = sum;
    const count = f32x4.add(f32x4.splat(<f32>from), first);
    const near = f32x4.div(one, count);
    const far = f32x4.div(one, f32x4.add(count, four));
    if (from + BLOCK <= n) {
      let r = f32x4.sub(f32x4.sub(v128.load(x), line), rest);
      sum = f32x4.add(sum, f32x4.mul(r, v128.shuffle<f32>(near, near, 0, 0, 0, 0)));
      squares = f32x4.add(squares, f32x4.mul(r, r));
      rest = f32x4.add(rest, rise);
      r = f32x4.sub(f32x4.sub(v128.load(x, 16), line), rest);
      sum = f32x4.add(sum, f32x4.mul(r, v128.shuffle<f32>(near, near, 1, 1, 1, 1)));
      squares = f32x4.add(squares, f32x4.mul(r, r));
      rest = f32x4.add(rest, rise);
      r = f32x4.sub(f32x4.sub(v128.load(x, 32), line), rest);
      sum = f32x4.add(sum, f32x4.mul(r, v128.shuffle<f32>(near, near, 2, 2, 2, 2)));
      squares = f32x4.add(squares, f32x4.mul(r, r));
      rest = f32x4.add(rest, rise);
      r = f32x4.sub(f32x4.sub(v128.load(x, 48), line), rest);
      sum = f32x4.add(sum, f32x4.mul(r, v128.shuffle<f32>(near, near, 3, 3, 3, 3)));
      squares = f32x4.add(squares, f32x4.mul(r, r));
      rest = f32x4.add(rest, rise);
      r = f32x4.sub(f32x4.sub(v128.load(x, 64), line), rest);
      sum = f32x4.add(sum, f32x4.mul(r, v128.shuffle<f32>(far, far, 0, 0, 0, 0)));
      squares = f32x4.add(squares, f32x4.mul(r, r));
      rest = f32x4.add(rest, rise);
      r = f32x4.sub(f32x4.sub(v128.load(x, 80), line), rest);
      sum = f32x4.add(sum, f32x4.mul(r, v128.shuffle<f32>(far, far, 1, 1, 1, 1)));
      squares = f32x4.add(squares, f32x4.mul(r, r));
      rest = f32x4.add(rest, rise);
      r = f32x4.sub(f32x4.sub(v128.load(x, 96), line), rest);
      sum = f32x4.add(sum, f32x4.mul(r, v128.shuffle<f32>(far, far, 2, 2, 2, 2)));
      squares = f32x4.add(squares, f32x4.mul(r, r));
      rest = f32x4.add(rest, rise);
      r = f32x4.sub(f32x4.sub(v128.load(x, 112), line), rest);
      sum = f32x4.add(sum, f32x4.mul(r, v128.shuffle<f32>(far, far, 3, 3, 3, 3)));
      squares = f32x4.add(squares, f32x4.mul(r, r));
      x += (<usize>BLOCK) << 4;
    } else {
      for (let i = from; i < n; i++) {
        const r = f32x4.sub(f32x4.sub(v128.load(x), line), rest);
        sum = f32x4.add(sum, f32x4.mul(r, f32x4.splat(<f32>1 / <f32>(i + 1))));
        squares = f32x4.add(squares, f32x4.mul(r, r));
        rest = f32x4.add(rest, rise);
        x += 16;
      }
    }
    s0 = f64x2.add(s0, f64x2.promote_low_f32x4(sum));
    s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.shuffle<i32>(sum, sum, 2, 3, 2, 3)));
    q0 = f64x2.add(q0, f64x2.promote_low_f32x4(squares));
    q1 = f64x2.add(q1, f64x2.promote_low_f32x4(v128.shuffle<i32>(squares, squares, 2, 3, 2, 3)));
  }
  const freedom = f64x2.splat(<f64>(n - 1));
  v128.store(mean, floatsOf(s0, s1));
  v128.store(rms, floatsOf(f64x2.sqrt(f64x2.div(q0, freedom)), f64x2.sqrt(f64x2.div(q1, freedom))));
}

function run<T>(n: i32, x: usize, slope: usize, intercept: usize, mean: usize, rms: usize): i32 {
  if (ASC_FEATURE_SIMD && sizeof<T>() == 4) {
    floats(n, x, slope, intercept, mean, rms);
  } else if (ASC_FEATURE_SIMD) {
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
