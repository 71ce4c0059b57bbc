import { addAll, bins, increaseAll, mergeTables, rowBytes, rowsOf } from './histogram-bins';
import { countAll } from './histogram-counts';
import { floatsOf, LANES, stride } from './lanes';

/** Widest range of whole numbers that are counted one by one (the specification reserves memory for them). */
const MOST_VALUES: i32 = 1024;

function areWhole<T>(n: i32, x: usize): bool {
  const end = x + <usize>n * stride<T>();
  if (ASC_FEATURE_SIMD) {
    let broken = i32x4.splat(0);
    for (; x < end; x += 16) {
      const value = v128.load(x);
      broken = v128.or(broken, v128.ne<T>(v128.nearest<T>(value), value));
    }
    return !v128.any_true(broken);
  }
  for (; x < end; x += sizeof<T>()) if (nearest<T>(load<T>(x)) != load<T>(x)) return false;
  return true;
}

/** 2^23, from where on a float has its whole part in its lowest bits; those bits, as the address of a row. */
const WHOLE: f32 = 8388608;
const WHOLE_ROWS: i32 = 0x4b000000 << 4;

/** Whole numbers of this size are far enough from where floats have no fractions. */
const LARGEST: f64 = 4194304;

/** Counts the whole numbers of a pair of neighbouring samples; not zero in lanes with another number. */
function countPair(x: usize, shift: v128, base: v128, other: v128): v128 {
  const a = v128.load(x);
  const b = v128.load(x, 16);
  const s = f32x4.add(a, shift);
  const t = f32x4.add(b, shift);
  increaseAll(i32x4.add(i32x4.shl(s, 4), base));
  increaseAll(i32x4.add(i32x4.shl(t, 4), other));
  return v128.or(f32x4.ne(f32x4.sub(s, shift), a), f32x4.ne(f32x4.sub(t, shift), b));
}

/**
 * Counts floats between `low` and low + count - 1, none of them NaN, by adding a number that leaves the number of the row in
 * the lowest bits. False when some are not whole: the counts are then of no use.
 */
function countWhole(n: i32, count: i32, x: usize, low: usize, values: usize): bool {
  for (let at: usize = 0; at < 32; at += 8) {
    const start = load<f64>(low + at);
    if (!(Math.abs(start) < LARGEST) || nearest<f64>(start) != start) return false;
  }
  memory.fill(values, 0, 2 * rowBytes(count));
  const shift = f32x4.sub(f32x4.splat(WHOLE), floatsOf(v128.load(low), v128.load(low, 16)));
  const base = i32x4.splat(<i32>values - WHOLE_ROWS);
  const other = i32x4.splat(<i32>(values + rowBytes(count)) - WHOLE_ROWS);
  let broken = i32x4.splat(0);
  const end = x + ((<usize>(n & ~1)) << 4);
  for (; x < end; x += 32) broken = v128.or(broken, countPair(x, shift, base, other));
  if ((n & 1) != 0) {
    const v = v128.load(x);
    const s = f32x4.add(v, shift);
    increaseAll(i32x4.add(i32x4.shl(s, 4), base));
    broken = v128.or(broken, f32x4.ne(f32x4.sub(s, shift), v));
  }
  mergeTables(count, values);
  return !v128.any_true(broken);
}

/**
 * Counts every value of waveforms of whole numbers between `low` and `high`, so that several histograms can be made of
 * them. The number of values; 0 when there are other numbers, or too many for this to be worth while. `values`: rows
 * of counts, two tables of them; `spare`: 160 bytes. No sample may be NaN.
 */
export function countValues<T>(n: i32, x: usize, low: usize, high: usize, values: usize, spare: usize): i32 {
  let widest = 0.0;
  for (let at: usize = 0; at < 32; at += 8) {
    const width = load<f64>(high + at) - load<f64>(low + at);
    if (!(width < <f64>min(MOST_VALUES, n / 4))) return 0;
    widest = Math.max(widest, width);
    store<f64>(spare + at, load<f64>(low + at) - 0.5);
    store<f64>(spare + at, 1, 32);
    store<f64>(spare + at, NaN, 64);
  }
  const count = <i32>widest + 1;
  if (!areWhole<T>(min(n, 64), x)) return 0;
  if (ASC_FEATURE_SIMD && sizeof<T>() == 4) return countWhole(n, count, x, low, values) ? count : 0;
  if (!areWhole<T>(n, x)) return 0;
  countAll<T, StaticArray<T>>(n, count, x, spare, spare + 32, spare + 64, values, spare + 96);
  return count;
}

/** The same for all lanes, row by row; rows that are empty in all lanes are passed over. */
function countRows(
  rows: i32,
  first: usize,
  values: usize,
  m: i32,
  low: usize,
  width: usize,
  except: usize,
  counts: usize,
): void {
  const outside = i32x4.splat(m);
  const base = i32x4.splat(<i32>counts);
  const one = f64x2.splat(1);
  let v0 = v128.load(first);
  let v1 = v128.load(first, 16);
  const end = values + ((<usize>rows) << 4);
  for (; values < end; values += 16) {
    const numbers = v128.load(values);
    if (v128.any_true(numbers)) {
      const b0 = bins(v0, v128.load(low), v128.load(width), v128.load(except));
      const b1 = bins(v1, v128.load(low, 16), v128.load(width, 16), v128.load(except, 16));
      addAll(rowsOf(v128.shuffle<i32>(b0, b1, 0, 1, 4, 5), outside, base), numbers);
    }
    v0 = f64x2.add(v0, one);
    v1 = f64x2.add(v1, one);
  }
}

/** What countAll would count, from the counts of single values of which the first is `first` (four doubles). */
export function countAgain(
  rows: i32,
  first: usize,
  values: usize,
  m: i32,
  low: usize,
  width: usize,
  except: usize,
  counts: usize,
): void {
  memory.fill(counts, 0, rowBytes(m));
  if (ASC_FEATURE_SIMD) {
    countRows(rows, first, values, m, low, width, except, counts);
    return;
  }
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const start = load<f64>(first + l * 8);
    const edge = load<f64>(low + l * 8);
    const step = load<f64>(width + l * 8);
    const none = load<f64>(except + l * 8);
    for (let i = 0; i < rows; i++) {
      const count = load<i32>(values + <usize>i * 16 + l * 4);
      if (count == 0) continue;
      const value = start + <f64>i;
      const bin = Math.floor((value - edge) / step);
      if (value == none || !(bin >= 0 && bin < <f64>m)) continue;
      const at = counts + ((<usize>bin) << 4) + l * 4;
      store<i32>(at, load<i32>(at) + count);
    }
  }
}
