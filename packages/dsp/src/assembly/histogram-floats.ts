import { countExactly, increaseAll, mergeTables, rowBytes, rowsOf } from './histogram-bins';
import { floatsOf, stride } from './lanes';

/**
 * 1.5 * 2^23: added to a float that is not too large, it leaves the nearest whole number in the lowest bits. It lies in
 * memory because an engine makes constant vectors anew wherever they are used; so do its bits.
 */
const NUMBERS = memory.data<f32>([12582912]);
const BITS = memory.data<i32>([0x4b400000]);

/** The addresses of both tables in four lanes, for the same reason. */
const TABLES = memory.data(32, 16);

/** Limit of the error of a bin's place in float, per bin. */
const ROUNDING: f64 = 5e-7;

/** Limit of the relative error of a double that is rounded to a float. */
const HALF_ULP: f64 = 6e-8;

/** Error of a place up to which doubles are rounded to floats before, and not after, their place is computed. */
const SMALL: f64 = 0.01;

/** Four doubles as floats. */
function floats(p: usize): v128 {
  return floatsOf(v128.load(p), v128.load(p, 16));
}

/** (x - middle) / width of all lanes in float; S: the type in which it is computed. */
function places<T, S>(x: usize, l0: v128, l1: v128, i0: v128, i1: v128): v128 {
  if (sizeof<T>() == 4) return f32x4.mul(f32x4.sub(v128.load(x), l0), i0);
  if (sizeof<S>() == 4) return f32x4.mul(f32x4.sub(floats(x), l0), i0);
  const a = f64x2.mul(f64x2.sub(v128.load(x), l0), i0);
  const b = f64x2.mul(f64x2.sub(v128.load(x, 16), l1), i1);
  return floatsOf(a, b);
}

/** Square of the distance between a place and the middle of its bin. */
function distance(place: v128, shifted: v128, magic: v128): v128 {
  const d = f32x4.sub(place, f32x4.sub(shifted, magic));
  return f32x4.mul(d, d);
}

/** The rows of counts that belong to places. R: an array when places may lie outside of the bins. */
function rowsAt<R>(shifted: v128, bits: v128, outside: v128, base: v128): v128 {
  if (isReference<R>()) return rowsOf(i32x4.sub(shifted, bits), outside, base);
  return i32x4.add(i32x4.shl(shifted, 4), base);
}

/**
 * Finds bins in float. Where one of four samples of four lanes is so close to the edge of a bin that this is not
 * sure, the four are done once more with divisions in double; so the counts are always those of countExactly.
 * `inverse`: 1 / width; `sure`: square of the distance from the middle of a bin within which a sample is surely in it.
 */
function countVectors<T, S, R>(
  n: i32,
  m: i32,
  x: usize,
  low: usize,
  width: usize,
  except: usize,
  counts: usize,
  inverse: usize,
  sure: v128,
): void {
  const middle = inverse + 32;
  const l0 = sizeof<S>() == 4 ? floats(middle) : v128.load(middle);
  const i0 = sizeof<S>() == 4 ? floats(inverse) : v128.load(inverse);
  const l1 = v128.load(middle, 16);
  const i1 = v128.load(inverse, 16);
  const step = stride<T>();
  const magic = v128.load32_splat(NUMBERS);
  const bits = v128.load32_splat(BITS);
  const outside = i32x4.splat(m);
  const skipped = isReference<R>() ? 0 : load<i32>(BITS) << 4;
  v128.store(TABLES, i32x4.splat(<i32>counts - skipped));
  v128.store(TABLES, i32x4.splat(<i32>(counts + rowBytes(m)) - skipped), 16);
  const end = x + <usize>(n & ~3) * step;
  for (; x < end; x += 4 * step) {
    const p0 = places<T, S>(x, l0, l1, i0, i1);
    const p1 = places<T, S>(x + step, l0, l1, i0, i1);
    const p2 = places<T, S>(x + 2 * step, l0, l1, i0, i1);
    const p3 = places<T, S>(x + 3 * step, l0, l1, i0, i1);
    const s0 = f32x4.add(p0, magic);
    const s1 = f32x4.add(p1, magic);
    const s2 = f32x4.add(p2, magic);
    const s3 = f32x4.add(p3, magic);
    const d01 = f32x4.pmax(distance(p0, s0, magic), distance(p1, s1, magic));
    const d23 = f32x4.pmax(distance(p2, s2, magic), distance(p3, s3, magic));
    if (v128.any_true(f32x4.gt(f32x4.pmax(d01, d23), sure))) {
      countExactly<T>(4, m, x, low, width, except, counts);
    } else {
      increaseAll(rowsAt<R>(s0, bits, outside, v128.load(TABLES)));
      increaseAll(rowsAt<R>(s1, bits, outside, v128.load(TABLES, 16)));
      increaseAll(rowsAt<R>(s2, bits, outside, v128.load(TABLES)));
      increaseAll(rowsAt<R>(s3, bits, outside, v128.load(TABLES, 16)));
    }
  }
  countExactly<T>(n & 3, m, x, low, width, except, counts);
  mergeTables(m, counts);
}

/**
 * Writes 1 / width of all lanes to `inverse`, and the middles of the first bins behind. Largest error of a place that is
 * computed in type S; infinite when that will not do for these numbers.
 */
function prepare<T, S>(m: i32, low: usize, width: usize, inverse: usize): f64 {
  let error = 0.0;
  for (let at: usize = 0; at < 32; at += 8) {
    const start = load<f64>(low + at) + 0.5 * load<f64>(width + at);
    const factor = 1 / load<f64>(width + at);
    store<f64>(inverse + at, factor);
    store<f64>(inverse + at, start, 32);
    const size = Math.abs(factor);
    if (!(size > 1e-30 && size < 1e30 && Math.abs(start) < 1e30)) return Infinity;
    const rounded = sizeof<S>() == 4 ? Math.abs(start - <f64>(<f32>start)) * size : 0;
    const sample = sizeof<S>() < sizeof<T>() ? HALF_ULP * (Math.abs(start) * size + <f64>m) : 0;
    error = Math.max(error, rounded + sample);
  }
  return ROUNDING * <f64>m + error;
}

/** Square of what is left of half a bin. */
function sureWithin(error: f64): v128 {
  return f32x4.splat(<f32>((0.5 - error) * (0.5 - error)));
}

/**
 * Counts all lanes into m bins, in float where that gives the same. R: an array when samples may lie outside of the bins or be
 * NaN. `spare`: 64 bytes to work in; `counts`: two empty tables.
 */
export function countFloats<T, R>(
  n: i32,
  m: i32,
  x: usize,
  low: usize,
  width: usize,
  except: usize,
  counts: usize,
  spare: usize,
): void {
  const inFloat = prepare<T, f32>(m, low, width, spare);
  if (inFloat < (sizeof<T>() == 4 ? 0.25 : SMALL)) {
    countVectors<T, f32, R>(n, m, x, low, width, except, counts, spare, sureWithin(inFloat));
    return;
  }
  const inDouble = sizeof<T>() == 4 ? Infinity : prepare<T, f64>(m, low, width, spare);
  if (inDouble < 0.25)
    countVectors<T, f64, R>(n, m, x, low, width, except, counts, spare, sureWithin(inDouble));
  else countExactly<T>(n, m, x, low, width, except, counts);
}
