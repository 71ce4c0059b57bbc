import { floatsOf, LANES, loadPair, storePair, stride } from './lanes';
import { addFloats } from './moments';

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

/** All lanes of doubles, two and two. */
function vectors<T>(n: i32, x: usize, slope: usize, intercept: usize, mean: usize, rms: usize): void {
  const one = f64x2.splat(1);
  for (let at: usize = 0; at < stride<T>(); at += 2 * sizeof<T>()) {
    const b = loadPair<T>(slope + at);
    const a = loadPair<T>(intercept + at);
    let index = f64x2.splat(0);
    let sum = index;
    let squares = index;
    const end = x + at + <usize>n * stride<T>();
    for (let p = x + at; p < end; p += stride<T>()) {
      const r = f64x2.sub(loadPair<T>(p), f64x2.add(f64x2.mul(b, index), a));
      index = f64x2.add(index, one);
      sum = f64x2.add(sum, f64x2.div(r, index));
      squares = f64x2.add(squares, f64x2.mul(r, r));
    }
    storePair<T>(mean + at, sum);
    storePair<T>(rms + at, f64x2.sqrt(f64x2.div(squares, f64x2.splat(<f64>(n - 1)))));
  }
}

/** Samples that are summed in float before they are added to the sums in double. */
const BLOCK: i32 = 16;

/** 1 / (i + 1) of the samples of a block, and the sums in double: of r / (i + 1), then of r^2. */
const WEIGHTS = memory.data(64);
const SUMS = memory.data(64);

/** By how much the line rises from the beginning of a block to each of its samples. */
const RISES = memory.data(256);

function residual(value: v128, line: v128, rest: v128, risen: v128): v128 {
  return f32x4.sub(f32x4.sub(value, line), f32x4.add(rest, risen));
}

/** Writes the weights of the samples from \`from\` on. */
function weigh(from: i32): void {
  let count = f32x4.add(f32x4.splat(<f32>from), f32x4(1, 2, 3, 4));
  for (let at: usize = 0; at < 64; at += 16) {
    v128.store(WEIGHTS + at, f32x4.div(f32x4.splat(1), count));
    count = f32x4.add(count, f32x4.splat(4));
  }
}

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
  for (let k = 0; k < BLOCK; k++) v128.store(RISES + ((<usize>k) << 4), f32x4.mul(rise, f32x4.splat(<f32>k)));
  memory.fill(SUMS, 0, 64);
  for (let from = 0; from < n; from += BLOCK) {
    const index = f64x2.splat(<f64>from);
    const l0 = f64x2.add(f64x2.mul(b0, index), a0);
    const l1 = f64x2.add(f64x2.mul(b1, index), a1);
    const line = floatsOf(l0, l1);
    const p0 = f64x2.promote_low_f32x4(line);
    const p1 = f64x2.promote_low_f32x4(v128.shuffle<i32>(line, line, 2, 3, 2, 3));
    const rest = floatsOf(f64x2.sub(l0, p0), f64x2.sub(l1, p1));
    let sum = f32x4.splat(0);
    let squares = sum;
    let others = sum;
    let otherSquares = sum;
    weigh(from);
    let weight = WEIGHTS;
    let risen = RISES;
    const end = x + ((<usize>min(BLOCK, n - from)) << 4);
    for (; x + 16 < end; x += 32) {
      const r = residual(v128.load(x), line, rest, v128.load(risen));
      const s = residual(v128.load(x, 16), line, rest, v128.load(risen, 16));
      sum = f32x4.add(sum, f32x4.mul(r, v128.load32_splat(weight)));
      others = f32x4.add(others, f32x4.mul(s, v128.load32_splat(weight, 4)));
      squares = f32x4.add(squares, f32x4.mul(r, r));
      otherSquares = f32x4.add(otherSquares, f32x4.mul(s, s));
      weight += 8;
      risen += 32;
    }
    if (x < end) {
      const r = residual(v128.load(x), line, rest, v128.load(risen));
      sum = f32x4.add(sum, f32x4.mul(r, v128.load32_splat(weight)));
      squares = f32x4.add(squares, f32x4.mul(r, r));
      x += 16;
    }
    sum = f32x4.add(sum, others);
    squares = f32x4.add(squares, otherSquares);
    addFloats(SUMS, sum);
    addFloats(SUMS + 32, squares);
  }
  const freedom = f64x2.splat(<f64>(n - 1));
  const q0 = f64x2.sqrt(f64x2.div(v128.load(SUMS, 32), freedom));
  const q1 = f64x2.sqrt(f64x2.div(v128.load(SUMS, 48), freedom));
  v128.store(mean, floatsOf(v128.load(SUMS), v128.load(SUMS, 16)));
  v128.store(rms, floatsOf(q0, q1));
}

export function linear_slope_diff<F>(
  n: i32,
  x: usize,
  slope: usize,
  intercept: usize,
  mean: usize,
  rms: usize,
): i32 {
  if (ASC_FEATURE_SIMD && sizeof<F>() == 4) {
    floats(n, x, slope, intercept, mean, rms);
  } else if (ASC_FEATURE_SIMD) {
    vectors<F>(n, x, slope, intercept, mean, rms);
  } else {
    for (let l: usize = 0; l < <usize>LANES; l++) {
      const at = l * sizeof<F>();
      lane<F>(n, x + at, <f64>load<F>(slope + at), <f64>load<F>(intercept + at), mean + at, rms + at);
    }
  }
  return 0;
}
