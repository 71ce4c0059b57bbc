import { LANES, laneBits, loadPair, storePair, stride } from './lanes';
import { addFloats, middle } from './moments';
import { total } from './sums';

/** Root of the mean square distance from the mean, in double; the sums stand at \`sums\`. */
function pairs<T>(n: i32, x: usize, out: usize, sums: usize): void {
  const count = f64x2.splat(<f64>n);
  for (let h: usize = 0; h < 2; h++) {
    const mean = f64x2.div(v128.load(sums + h * 16), count);
    const from = x + h * 2 * sizeof<T>();
    let squares = f64x2.splat(0);
    for (let i: usize = 0; i < <usize>n; i++) {
      const d = f64x2.sub(loadPair<T>(from + i * stride<T>()), mean);
      squares = f64x2.add(squares, f64x2.mul(d, d));
    }
    storePair<T>(out + h * 2 * sizeof<T>(), f64x2.sqrt(f64x2.div(squares, count)));
  }
}

function lanes<T>(n: i32, x: usize, out: usize, sums: usize): void {
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const mean = load<f64>(sums + l * 8) / <f64>n;
    let squares = 0.0;
    for (let i: usize = 0; i < <usize>n; i++) {
      const d = <f64>load<T>(x + l * sizeof<T>() + i * stride<T>()) - mean;
      squares += d * d;
    }
    store<T>(out + l * sizeof<T>(), <T>Math.sqrt(squares / <f64>n));
  }
}

/** A number near the mean of every lane: it only has to keep digits, so that sums of floats will do. */
function nearMean(n: i32, x: usize): v128 {
  const base = middle(n, x);
  let a = f32x4.splat(0);
  let b = a;
  const end = x + ((<usize>(n & ~1)) << 4);
  for (; x < end; x += 32) {
    a = f32x4.add(a, f32x4.sub(v128.load(x), base));
    b = f32x4.add(b, f32x4.sub(v128.load(x, 16), base));
  }
  return f32x4.add(base, f32x4.mul(f32x4.add(a, b), f32x4.splat(<f32>(1.0 / <f64>n))));
}

/** Samples that are summed in float before they are added to the sums in double. */
const BLOCK: usize = 16;

/**
 * Of floats: with sums of d = x - c and of d * d, c near the mean, the mean square distance from the mean is
 * (sum d^2 - (sum d)^2 / n) / n. False, and nothing that counts, when that is too large for floats.
 */
function floats(n: i32, x: usize, out: usize, sums: usize): bool {
  const centre = nearMean(n, x);
  memory.fill(sums, 0, 64);
  const end = x + ((<usize>n) << 4);
  while (x < end) {
    const stop = min(x + (BLOCK << 4), end);
    let sum = f32x4.splat(0);
    let squares = sum;
    for (; x < stop; x += 16) {
      const d = f32x4.sub(v128.load(x), centre);
      sum = f32x4.add(sum, d);
      squares = f32x4.add(squares, f32x4.mul(d, d));
    }
    addFloats(sums, sum);
    addFloats(sums + 32, squares);
  }
  const count = f64x2.splat(<f64>n);
  for (let h: usize = 0; h < 2; h++) {
    const sum = v128.load(sums + h * 16);
    const squares = f64x2.sub(v128.load(sums + h * 16, 32), f64x2.div(f64x2.mul(sum, sum), count));
    const above = f64x2.pmax(squares, f64x2.splat(0));
    storePair<f32>(out + h * 8, f64x2.sqrt(f64x2.div(above, count)));
  }
  const found = v128.load(out);
  return laneBits<f32>(f32x4.eq(f32x4.sub(found, found), f32x4.splat(0)), 0) == 15;
}

function deviation<T>(n: i32, x: usize, out: usize, sums: usize): i32 {
  if (ASC_FEATURE_SIMD && sizeof<T>() == 4 && floats(n, x, out, sums)) return 0;
  total<T>(n, x, sums);
  if (ASC_FEATURE_SIMD) pairs<T>(n, x, out, sums);
  else lanes<T>(n, x, out, sums);
  return 0;
}

export function std<F>(n: i32, x: usize, out: usize, scratch: usize): i32 {
  return deviation<F>(n, x, out, scratch);
}

/** The square of the standard deviation as it is stored. */
function variance<T>(n: i32, x: usize, out: usize, sums: usize): i32 {
  deviation<T>(n, x, out, sums);
  for (let at: usize = 0; at < stride<T>(); at += sizeof<T>()) {
    const root = load<T>(out + at);
    store<T>(out + at, <T>(root * root));
  }
  return 0;
}

export function var_f32(n: i32, x: usize, out: usize, scratch: usize): i32 {
  return variance<f32>(n, x, out, scratch);
}

export function var_f64(n: i32, x: usize, out: usize, scratch: usize): i32 {
  return variance<f64>(n, x, out, scratch);
}
