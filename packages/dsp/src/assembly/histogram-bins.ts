import { loadPair, stride } from './lanes';

/**
 * Counts lie [bin][lane] as 32-bit integers, with a row behind the last bin for everything that is outside. `low`,
 * `width` and `except` are four doubles each.
 */

/** Bin of a sample as a 32-bit number per lane of a pair (lanes 0 and 1 of the result), floor((x - low) / width). */
export function bins(value: v128, low: v128, width: v128, except: v128): v128 {
  const bin = f64x2.floor(f64x2.div(f64x2.sub(value, low), width));
  const none = v128.or(f64x2.eq(value, except), f64x2.ne(bin, bin));
  return i32x4.trunc_sat_f64x2_s_zero(v128.bitselect(f64x2.splat(-1), bin, none));
}

/** Adds a number per lane to the rows of counts that are given as addresses. */
export function addAll(rows: v128, numbers: v128): void {
  const r0 = <usize>i32x4.extract_lane(rows, 0);
  const r1 = <usize>i32x4.extract_lane(rows, 1);
  const r2 = <usize>i32x4.extract_lane(rows, 2);
  const r3 = <usize>i32x4.extract_lane(rows, 3);
  store<i32>(r0, load<i32>(r0) + i32x4.extract_lane(numbers, 0));
  store<i32>(r1, load<i32>(r1, 4) + i32x4.extract_lane(numbers, 1), 4);
  store<i32>(r2, load<i32>(r2, 8) + i32x4.extract_lane(numbers, 2), 8);
  store<i32>(r3, load<i32>(r3, 12) + i32x4.extract_lane(numbers, 3), 12);
}

/** Counts one sample per lane whose rows of counts are given as addresses. */
export function increaseAll(rows: v128): void {
  const low = i64x2.extract_lane(rows, 0);
  const high = i64x2.extract_lane(rows, 1);
  const r0 = <usize>low;
  const r1 = <usize>(low >>> 32);
  const r2 = <usize>high;
  const r3 = <usize>(high >>> 32);
  store<i32>(r0, load<i32>(r0) + 1);
  store<i32>(r1, load<i32>(r1, 4) + 1, 4);
  store<i32>(r2, load<i32>(r2, 8) + 1, 8);
  store<i32>(r3, load<i32>(r3, 12) + 1, 12);
}

/** The address of the row of counts of each bin, that of the row behind the last one for what is in none. */
export function rowsOf(bin: v128, outside: v128, counts: v128): v128 {
  return i32x4.add(i32x4.shl(i32x4.min_u(bin, outside), 4), counts);
}

/** Bytes of a table of m bins and the row behind them. */
export function rowBytes(m: i32): usize {
  return (<usize>(m + 1)) << 4;
}

/**
 * Adds the second table to the first. Neighbouring samples are counted in different tables: often they are in the same bin,
 * and then one would have to wait for the other.
 */
export function mergeTables(m: i32, counts: usize): void {
  const end = counts + rowBytes(m);
  const span = rowBytes(m);
  for (let at = counts; at < end; at += 16) v128.store(at, i32x4.add(v128.load(at), v128.load(at + span)));
}

/** Counts all lanes with divisions in double. */
export function countExactly<T>(
  n: i32,
  m: i32,
  x: usize,
  low: usize,
  width: usize,
  except: usize,
  counts: usize,
): void {
  const half = 2 * sizeof<T>();
  const outside = i32x4.splat(m);
  const base = i32x4.splat(<i32>counts);
  const end = x + <usize>n * stride<T>();
  for (; x < end; x += stride<T>()) {
    const b0 = bins(loadPair<T>(x), v128.load(low), v128.load(width), v128.load(except));
    const b1 = bins(loadPair<T>(x + half), v128.load(low, 16), v128.load(width, 16), v128.load(except, 16));
    increaseAll(rowsOf(v128.shuffle<i32>(b0, b1, 0, 1, 4, 5), outside, base));
  }
}
