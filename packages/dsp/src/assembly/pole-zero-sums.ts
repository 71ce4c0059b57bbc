import { floatsOf, LANES, laneBits, loadPair, pairOf, status, storePair, stride } from './lanes';
import { subtract } from './subtract';

/** y_i = y_{i-1} + x_i - c x_{i-1}, c = exp(-1/tau), in double. True when the result has become NaN. */
function lane<T>(n: i32, x: usize, tau: f64, y: usize): bool {
  const c = Math.exp(-1.0 / tau);
  let previous = 0.0;
  let sum = 0.0;
  for (let i: usize = 0; i < <usize>n; i++) {
    const value = <f64>load<T>(x + i * stride<T>());
    sum += value - c * previous;
    previous = value;
    store<T>(y + i * stride<T>(), <T>sum);
  }
  return sum != sum;
}

/** Two samples at a time: both differences are added at once, so that the sum waits for one addition per two. */
function vectors<T>(n: i32, x: usize, tau: usize, y: usize): i32 {
  const half = 2 * sizeof<T>();
  const size = sizeof<T>();
  const c0 = pairOf(Math.exp(-1.0 / <f64>load<T>(tau)), Math.exp(-1.0 / <f64>load<T>(tau + size)));
  const c1 = pairOf(
    Math.exp(-1.0 / <f64>load<T>(tau + 2 * size)),
    Math.exp(-1.0 / <f64>load<T>(tau + 3 * size)),
  );
  let p0 = f64x2.splat(0);
  let p1 = f64x2.splat(0);
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  const end = x + <usize>n * stride<T>();
  if ((n & 1) != 0) {
    p0 = loadPair<T>(x);
    p1 = loadPair<T>(x + half);
    s0 = p0;
    s1 = p1;
    storePair<T>(y, s0);
    storePair<T>(y + half, s1);
    x += stride<T>();
    y += stride<T>();
  }
  for (; x < end; x += 2 * stride<T>()) {
    const v0 = loadPair<T>(x);
    const v1 = loadPair<T>(x + half);
    const w0 = loadPair<T>(x + stride<T>());
    const w1 = loadPair<T>(x + stride<T>() + half);
    const d0 = f64x2.sub(v0, f64x2.mul(c0, p0));
    const d1 = f64x2.sub(v1, f64x2.mul(c1, p1));
    const e0 = f64x2.add(d0, f64x2.sub(w0, f64x2.mul(c0, v0)));
    const e1 = f64x2.add(d1, f64x2.sub(w1, f64x2.mul(c1, v1)));
    storePair<T>(y, f64x2.add(s0, d0));
    storePair<T>(y + half, f64x2.add(s1, d1));
    s0 = f64x2.add(s0, e0);
    s1 = f64x2.add(s1, e1);
    storePair<T>(y + stride<T>(), s0);
    storePair<T>(y + stride<T>() + half, s1);
    p0 = w0;
    p1 = w1;
    y += 2 * stride<T>();
  }
  return i64x2.bitmask(f64x2.ne(s0, s0)) | (i64x2.bitmask(f64x2.ne(s1, s1)) << 2);
}

/** Samples that are summed in float before they are added to the sum in double. */
const BLOCK: i32 = 8;

/** One more sample behind the sum `past` of its block: y = x + (k sum before the block + k past). */
function corrected(v: v128, past: v128, k: v128, base: v128, y: usize): void {
  v128.store(y, f32x4.add(v, f32x4.add(base, f32x4.mul(past, k))));
}

/**
 * The same in another form, for floats: y_i = x_i + (1 - c) (x_0 + ... + x_{i-1}). The sum is kept in double from block to
 * block; within a block it is a sum of few floats, so that most of the work is done on four lanes at once and blocks
 * need not wait for each other. `level` is taken from every sample first.
 */
function floats(n: i32, x: usize, tau: usize, level: v128, y: usize): i32 {
  const k0 = pairOf(1 - Math.exp(-1.0 / <f64>load<f32>(tau)), 1 - Math.exp(-1.0 / <f64>load<f32>(tau, 4)));
  const k1 = pairOf(
    1 - Math.exp(-1.0 / <f64>load<f32>(tau, 8)),
    1 - Math.exp(-1.0 / <f64>load<f32>(tau, 12)),
  );
  const k = floatsOf(k0, k1);
  let s0 = f64x2.splat(0);
  let s1 = s0;
  const end = x + ((<usize>((n - 1) & ~(BLOCK - 1))) << 4);
  while (x < end) {
    const base = floatsOf(f64x2.mul(s0, k0), f64x2.mul(s1, k1));
    let past = f32x4.splat(0);
    const stop = x + ((<usize>BLOCK) << 4);
    for (; x < stop; x += 16) {
      const v = f32x4.sub(v128.load(x), level);
      corrected(v, past, k, base, y);
      past = f32x4.add(past, v);
      y += 16;
    }
    s0 = f64x2.add(s0, f64x2.promote_low_f32x4(past));
    s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.shuffle<i32>(past, past, 2, 3, 2, 3)));
  }
  let past = f32x4.splat(0);
  const base = floatsOf(f64x2.mul(s0, k0), f64x2.mul(s1, k1));
  const rest = n - ((n - 1) & ~(BLOCK - 1));
  for (let i = 1; i < rest; i++) {
    const v = f32x4.sub(v128.load(x), level);
    corrected(v, past, k, base, y);
    past = f32x4.add(past, v);
    x += 16;
    y += 16;
  }
  if (n > 0) corrected(f32x4.sub(v128.load(x), level), past, k, base, y);
  const all = f32x4.add(past, base);
  return laneBits<f32>(f32x4.ne(f32x4.sub(all, all), f32x4.splat(0)), 0);
}

/** True when 1 - c is a number in all lanes. */
function isFinite4(tau: usize): bool {
  for (let at: usize = 0; at < 16; at += 4)
    if (!isFinite(Math.exp(-1.0 / <f64>load<f32>(tau + at)))) return false;
  return true;
}

/** Pole-zero correction of all lanes; the status word tells lanes whose result became NaN. */
export function correct<T>(n: i32, x: usize, tau: usize, y: usize): i32 {
  let nan = 0;
  if (ASC_FEATURE_SIMD && sizeof<T>() == 4 && isFinite4(tau)) {
    nan = floats(n, x, tau, f32x4.splat(0), y);
  } else if (ASC_FEATURE_SIMD) {
    nan = vectors<T>(n, x, tau, y);
  } else {
    for (let l = 0; l < LANES; l++) {
      const at = <usize>l * sizeof<T>();
      if (lane<T>(n, x + at, <f64>load<T>(tau + at), y + at)) nan |= 1 << l;
    }
  }
  return status(nan, nan, 1);
}

/** The same of the waveform less a number per row. */
export function correctLess<T>(n: i32, x: usize, baseline: usize, tau: usize, y: usize): i32 {
  if (ASC_FEATURE_SIMD && sizeof<T>() == 4 && isFinite4(tau)) {
    const nan = floats(n, x, tau, v128.load(baseline), y);
    return status(nan, nan, 1);
  }
  subtract<T>(n, x, baseline, y);
  return correct<T>(n, y, tau, y);
}
