import { convolveAgain, convolveLane, convolveVectors } from './convolve-sums';
import { notFinite } from './finite';
import { floatsOf, LANES, loadPair, pairOf, status, storePair, stride } from './lanes';

/** What is read where there is no waveform. */
const NOTHING = memory.data<f64>([0, 0, 0, 0]);

/** Sum of the samples (of one lane) that weights [a, b) meet at place `place` of the full convolution. */
function windowSum<T>(n: i32, a: i32, b: i32, place: i32, x: usize): f64 {
  let sum = 0.0;
  for (let k = max(a, place - n + 1); k < min(b, place + 1); k++)
    sum += <f64>load<T>(x + <usize>(place - k) * stride<T>());
  return sum;
}

/** Results that are summed in float before the sum in double goes on. */
const BLOCK: i32 = 4;

/** The same for floats where samples enter and leave: within a block, what the window has gained is a sum of floats. */
function slideFloats(
  from: i32,
  to: i32,
  weight: f64,
  enter: usize,
  leave: usize,
  y: usize,
  sums: usize,
): void {
  const factor = f64x2.splat(weight);
  const scale = f32x4.splat(<f32>weight);
  let s0 = v128.load(sums);
  let s1 = v128.load(sums, 16);
  let p = y + ((<usize>from) << 4);
  const end = y + ((<usize>to) << 4);
  const whole = p + ((<usize>((to - from) & ~(BLOCK - 1))) << 4);
  for (; p < whole; p += (<usize>BLOCK) << 4) {
    const base = floatsOf(f64x2.mul(s0, factor), f64x2.mul(s1, factor));
    const g0 = f32x4.sub(v128.load(enter), v128.load(leave));
    const g1 = f32x4.add(g0, f32x4.sub(v128.load(enter, 16), v128.load(leave, 16)));
    const g2 = f32x4.add(g1, f32x4.sub(v128.load(enter, 32), v128.load(leave, 32)));
    const g3 = f32x4.add(g2, f32x4.sub(v128.load(enter, 48), v128.load(leave, 48)));
    v128.store(p, f32x4.add(v128.load(p), f32x4.add(base, f32x4.mul(g0, scale))));
    v128.store(p, f32x4.add(v128.load(p, 16), f32x4.add(base, f32x4.mul(g1, scale))), 16);
    v128.store(p, f32x4.add(v128.load(p, 32), f32x4.add(base, f32x4.mul(g2, scale))), 32);
    v128.store(p, f32x4.add(v128.load(p, 48), f32x4.add(base, f32x4.mul(g3, scale))), 48);
    s0 = f64x2.add(s0, f64x2.promote_low_f32x4(g3));
    s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.shuffle<i32>(g3, g3, 2, 3, 2, 3)));
    enter += (<usize>BLOCK) << 4;
    leave += (<usize>BLOCK) << 4;
  }
  v128.store(sums, s0);
  v128.store(sums, s1, 16);
  slide<f32>(0, <i32>((end - p) >> 4), weight, enter, 16, leave, 16, p, sums);
}

/** Adds to results [from, to) the share of a window that moves along; entering and leaving samples may be absent. */
function slide<T>(
  from: i32,
  to: i32,
  weight: f64,
  enter: usize,
  enterStep: usize,
  leave: usize,
  leaveStep: usize,
  y: usize,
  sums: usize,
): void {
  const factor = f64x2.splat(weight);
  const half = 2 * sizeof<T>();
  let s0 = v128.load(sums);
  let s1 = v128.load(sums, 16);
  const end = y + <usize>to * stride<T>();
  for (let p = y + <usize>from * stride<T>(); p < end; p += stride<T>()) {
    s0 = f64x2.add(s0, f64x2.sub(loadPair<T>(enter), loadPair<T>(leave)));
    s1 = f64x2.add(s1, f64x2.sub(loadPair<T>(enter + half), loadPair<T>(leave + half)));
    storePair<T>(p, f64x2.add(loadPair<T>(p), f64x2.mul(s0, factor)));
    storePair<T>(p + half, f64x2.add(loadPair<T>(p + half), f64x2.mul(s1, factor)));
    enter += enterStep;
    leave += leaveStep;
  }
  v128.store(sums, s0);
  v128.store(sums, s1, 16);
}

/** Adds the share of weights [a, b), which are all the same, to all lanes: sums of what is under a moving window. */
function slideVectors<T>(
  n: i32,
  p: i32,
  start: i32,
  a: i32,
  b: i32,
  weight: f64,
  x: usize,
  y: usize,
  sums: usize,
): void {
  const one = <usize>sizeof<T>();
  const low = pairOf(windowSum<T>(n, a, b, start - 1, x), windowSum<T>(n, a, b, start - 1, x + one));
  const high = pairOf(
    windowSum<T>(n, a, b, start - 1, x + 2 * one),
    windowSum<T>(n, a, b, start - 1, x + 3 * one),
  );
  v128.store(sums, low);
  v128.store(sums, high, 16);
  for (let j = 0; j < p; ) {
    let to = p;
    if (a - start > j) to = min(to, a - start);
    if (b - start > j) to = min(to, b - start);
    if (n + a - start > j) to = min(to, n + a - start);
    if (n + b - start > j) to = min(to, n + b - start);
    const enters = j + start >= a && j + start < n + a;
    const leaves = j + start >= b && j + start < n + b;
    if (sizeof<T>() == 4 && enters && leaves) {
      const enter = x + <usize>(j + start - a) * stride<T>();
      slideFloats(j, to, weight, enter, x + <usize>(j + start - b) * stride<T>(), y, sums);
      j = to;
      continue;
    }
    slide<T>(
      j,
      to,
      weight,
      enters ? x + <usize>(j + start - a) * stride<T>() : NOTHING,
      enters ? stride<T>() : 0,
      leaves ? x + <usize>(j + start - b) * stride<T>() : NOTHING,
      leaves ? stride<T>() : 0,
      y,
      sums,
    );
    j = to;
  }
}

function slideLane<T>(n: i32, p: i32, start: i32, a: i32, b: i32, weight: f64, x: usize, y: usize): void {
  let sum = windowSum<T>(n, a, b, start - 1, x);
  for (let j = 0; j < p; j++) {
    const enter = j + start - a;
    const leave = j + start - b;
    if (enter >= 0 && enter < n) sum += <f64>load<T>(x + <usize>enter * stride<T>());
    if (leave >= 0 && leave < n) sum -= <f64>load<T>(x + <usize>leave * stride<T>());
    const to = y + <usize>j * stride<T>();
    store<T>(to, <T>(<f64>load<T>(to) + weight * sum));
  }
}

/**
 * Convolution with weights of which a run [a, b), at their beginning or at their end, is constant: its share is a
 * moving sum in double, the others are summed one by one. Lanes that are not finite all over are summed wholly.
 */
function run<T>(
  n: i32,
  m: i32,
  p: i32,
  x: usize,
  kernel: usize,
  y: usize,
  sums: usize,
  start: i32,
  a: i32,
  b: i32,
): i32 {
  const from = a == 0 ? b : 0;
  const count = a == 0 ? m - b : a;
  const weight = <f64>load<T>(kernel + <usize>a * stride<T>());
  const rest = kernel + <usize>from * stride<T>();
  const bad = notFinite<T>(n, x);
  if (ASC_FEATURE_SIMD) {
    convolveVectors<T>(n, count, p, start - from, x, rest, y);
    slideVectors<T>(n, p, start, a, b, weight, x, y, sums);
  } else {
    for (let l: usize = 0; l < <usize>LANES; l++) {
      const at = l * sizeof<T>();
      convolveLane<T>(n, count, p, start - from, x + at, rest + at, y + at);
      slideLane<T>(n, p, start, a, b, weight, x + at, y + at);
    }
  }
  return status(0, convolveAgain<T>(bad, n, m, p, start, x, kernel, y), 0);
}

export function convolve_run<F>(
  n: i32,
  m: i32,
  p: i32,
  x: usize,
  kernel: usize,
  mode: usize,
  y: usize,
  scratch: usize,
  start: i32,
  from: i32,
  to: i32,
  table: usize,
): i32 {
  return run<F>(n, m, p, x, kernel, y, scratch, start, from, to);
}
