import { LANES, loadPair, stride } from './lanes';

/** Writes mean and standard deviation (n - 1), and the straight line when `slope` is not 0, of one lane. */
function finish<T>(
  n: i32,
  first: f64,
  sums: usize,
  at: usize,
  out: usize,
  stdev: usize,
  slope: usize,
  intercept: usize,
): void {
  const count = <f64>n;
  const sum = load<f64>(sums);
  const spread = load<f64>(sums, 32) - (sum * sum) / count;
  store<T>(out + at, <T>(first + sum / count));
  store<T>(stdev + at, <T>Math.sqrt((spread < 0 ? 0 : spread) / (count - 1)));
  if (slope == 0) return;
  const sumI = (count * (count - 1)) / 2;
  const sumII = (count * (count - 1) * (2 * count - 1)) / 6;
  const b = (count * load<f64>(sums, 64) - sumI * sum) / (count * sumII - sumI * sumI);
  store<T>(slope + at, <T>b);
  store<T>(intercept + at, <T>(first + (sum - b * sumI) / count));
}

/** Sums over d = x - x_0: of d, d * d and i * d (the last only when `line`), one lane. */
function sumLane<T>(n: i32, x: usize, sums: usize): void {
  const first = <f64>load<T>(x);
  let sum = 0.0;
  let squares = 0.0;
  let weighted = 0.0;
  for (let i = 0; i < n; i++) {
    const d = <f64>load<T>(x + <usize>i * stride<T>()) - first;
    sum += d;
    squares += d * d;
    weighted += d * <f64>i;
  }
  store<f64>(sums, sum);
  store<f64>(sums, squares, 32);
  store<f64>(sums, weighted, 64);
}

/** The same for all lanes; two pairs at a time so that their additions overlap. */
function sumVectors<T>(n: i32, x: usize, sums: usize): void {
  const half = 2 * sizeof<T>();
  const one = f64x2.splat(1);
  const f0 = loadPair<T>(x);
  const f1 = loadPair<T>(x + half);
  let index = f64x2.splat(0);
  let s0 = index;
  let s1 = index;
  let q0 = index;
  let q1 = index;
  let w0 = index;
  let w1 = index;
  for (let i = 0; i < n; i++) {
    const d0 = f64x2.sub(loadPair<T>(x), f0);
    const d1 = f64x2.sub(loadPair<T>(x + half), f1);
    s0 = f64x2.add(s0, d0);
    s1 = f64x2.add(s1, d1);
    q0 = f64x2.add(q0, f64x2.mul(d0, d0));
    q1 = f64x2.add(q1, f64x2.mul(d1, d1));
    w0 = f64x2.add(w0, f64x2.mul(d0, index));
    w1 = f64x2.add(w1, f64x2.mul(d1, index));
    index = f64x2.add(index, one);
    x += stride<T>();
  }
  v128.store(sums, s0);
  v128.store(sums, s1, 16);
  v128.store(sums, q0, 32);
  v128.store(sums, q1, 48);
  v128.store(sums, w0, 64);
  v128.store(sums, w1, 80);
}

/** Samples that are summed in float before they are added to the sums in double. */
const BLOCK: i32 = 16;

/** Adds floats of all lanes to two pairs of doubles. */
export function addFloats(sums: usize, v: v128): void {
  const high = v128.shuffle<i32>(v, v, 2, 3, 2, 3);
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.promote_low_f32x4(v)));
  v128.store(sums, f64x2.add(v128.load(sums, 16), f64x2.promote_low_f32x4(high)), 16);
}

/** The same, times a number. */
function addScaled(sums: usize, v: v128, factor: f64): void {
  const high = v128.shuffle<i32>(v, v, 2, 3, 2, 3);
  const both = f64x2.splat(factor);
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.mul(f64x2.promote_low_f32x4(v), both)));
  v128.store(sums, f64x2.add(v128.load(sums, 16), f64x2.mul(f64x2.promote_low_f32x4(high), both)), 16);
}

/** The middle one of the first, the middle and the last sample: near the others even when one of them is far out. */
export function middle(n: i32, x: usize): v128 {
  const a = v128.load(x);
  const b = v128.load(x + ((<usize>(n / 2)) << 4));
  const c = v128.load(x + ((<usize>(n - 1)) << 4));
  return f32x4.max(f32x4.min(a, b), f32x4.min(f32x4.max(a, b), c));
}

/**
 * The same for floats, with d = x - `centre`: a block is summed in float, its sums in double. Within a block, d times the
 * place is the sum of the sums from each place on, so it is taken from its end.
 */
function sumFloats(n: i32, x: usize, centre: v128, sums: usize): void {
  memory.fill(sums, 0, 96);
  for (let from = 0; from < n; from += BLOCK) {
    const next = x + ((<usize>min(BLOCK, n - from)) << 4);
    let sum = f32x4.splat(0);
    let weighted = sum;
    let squares = sum;
    for (let p = next - 16; p >= x; p -= 16) {
      const d = f32x4.sub(v128.load(p), centre);
      weighted = f32x4.add(weighted, sum);
      sum = f32x4.add(sum, d);
      squares = f32x4.add(squares, f32x4.mul(d, d));
    }
    x = next;
    addFloats(sums, sum);
    addFloats(sums + 32, squares);
    addFloats(sums + 64, weighted);
    addScaled(sums + 64, sum, <f64>from);
  }
}

/**
 * Mean, standard deviation and, when `slope` is not 0, slope and intercept of four waveforms, from sums of
 * d = x - x_0 in double: taking x_0 away first keeps the digits when the baseline is far above the noise.
 * `scratch`: 112 bytes.
 */
export function moments<T>(
  n: i32,
  x: usize,
  mean: usize,
  stdev: usize,
  slope: usize,
  intercept: usize,
  scratch: usize,
): i32 {
  if (ASC_FEATURE_SIMD) {
    const centre = sizeof<T>() == 4 ? middle(n, x) : v128.splat<f32>(0);
    if (sizeof<T>() == 4) sumFloats(n, x, centre, scratch);
    else sumVectors<T>(n, x, scratch);
    if (sizeof<T>() == 4) v128.store(scratch, centre, 96);
  }
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * sizeof<T>();
    const sums = scratch + l * 8;
    if (!ASC_FEATURE_SIMD) sumLane<T>(n, x + at, sums);
    const isFloatSum = ASC_FEATURE_SIMD && sizeof<T>() == 4;
    const first = <f64>load<T>(isFloatSum ? scratch + 96 + at : x + at);
    finish<T>(n, first, sums, at, mean, stdev, slope, intercept);
  }
  return 0;
}
