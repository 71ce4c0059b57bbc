import { floatsOf, halves, LANES, laneBits, loadPair, stride } from './lanes';

/**
 * Counts lie [bin][lane] as 32-bit integers, with a row behind the last bin for everything that is outside. `low`,
 * `width` and `except` are four doubles each.
 */

/**
 * 1.5 * 2^23: added to a float that is not too large, it leaves the nearest whole number in the lowest bits. It lies in
 * memory because an engine makes constant vectors anew wherever they are used; so do its bits.
 */
const NUMBERS = memory.data<f32>([12582912]);
const BITS = memory.data<i32>([0x4b400000]);

/** Limit of the error of a bin's place in float, per bin. */
const ROUNDING: f64 = 5e-7;

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
  const r0 = <usize>i32x4.extract_lane(rows, 0);
  const r1 = <usize>i32x4.extract_lane(rows, 1);
  const r2 = <usize>i32x4.extract_lane(rows, 2);
  const r3 = <usize>i32x4.extract_lane(rows, 3);
  store<i32>(r0, load<i32>(r0) + 1);
  store<i32>(r1, load<i32>(r1, 4) + 1, 4);
  store<i32>(r2, load<i32>(r2, 8) + 1, 8);
  store<i32>(r3, load<i32>(r3, 12) + 1, 12);
}

/** The address of the row of counts of each bin, that of the row behind the last one for what is in none. */
export function rowsOf(bin: v128, outside: v128, counts: v128): v128 {
  return i32x4.add(i32x4.shl(i32x4.min_u(bin, outside), 4), counts);
}

/** Counts some samples, with divisions in double. */
function countExactly<T>(
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

/** (x - middle) / width of all lanes in float. */
function places<T>(x: usize, l0: v128, l1: v128, i0: v128, i1: v128): v128 {
  if (sizeof<T>() == 4) return f32x4.mul(f32x4.sub(v128.load(x), l0), i0);
  const a = f64x2.mul(f64x2.sub(v128.load(x), l0), i0);
  const b = f64x2.mul(f64x2.sub(v128.load(x, 16), l1), i1);
  return floatsOf(a, b);
}

/** Square of the distance between a place and the middle of its bin. */
function distance(place: v128, shifted: v128, magic: v128): v128 {
  const d = f32x4.sub(place, f32x4.sub(shifted, magic));
  return f32x4.mul(d, d);
}

/**
 * Finds bins in float. Where one of four samples of four lanes is so close to the edge of a bin that this is not
 * sure, the four are done once more with divisions in double; so the counts are always those of countExactly.
 * `inverse`: 1 / width; `sure`: square of the distance from the middle of a bin within which a sample is surely in it.
 */
function countVectors<T>(
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
  const l0 = sizeof<T>() == 4 ? floats(middle) : v128.load(middle);
  const i0 = sizeof<T>() == 4 ? floats(inverse) : v128.load(inverse);
  const l1 = v128.load(middle, 16);
  const i1 = v128.load(inverse, 16);
  const step = stride<T>();
  const magic = v128.load32_splat(NUMBERS);
  const bits = v128.load32_splat(BITS);
  const outside = i32x4.splat(m);
  const base = i32x4.splat(<i32>counts);
  const other = i32x4.splat(<i32>(counts + rowBytes(m)));
  const end = x + <usize>(n & ~3) * step;
  for (; x < end; x += 4 * step) {
    const p0 = places<T>(x, l0, l1, i0, i1);
    const p1 = places<T>(x + step, l0, l1, i0, i1);
    const p2 = places<T>(x + 2 * step, l0, l1, i0, i1);
    const p3 = places<T>(x + 3 * step, l0, l1, i0, i1);
    const s0 = f32x4.add(p0, magic);
    const s1 = f32x4.add(p1, magic);
    const s2 = f32x4.add(p2, magic);
    const s3 = f32x4.add(p3, magic);
    const d01 = f32x4.pmax(distance(p0, s0, magic), distance(p1, s1, magic));
    const d23 = f32x4.pmax(distance(p2, s2, magic), distance(p3, s3, magic));
    if (v128.any_true(f32x4.gt(f32x4.pmax(d01, d23), sure))) {
      countExactly<T>(4, m, x, low, width, except, counts);
    } else {
      increaseAll(rowsOf(i32x4.sub(s0, bits), outside, base));
      increaseAll(rowsOf(i32x4.sub(s1, bits), outside, other));
      increaseAll(rowsOf(i32x4.sub(s2, bits), outside, base));
      increaseAll(rowsOf(i32x4.sub(s3, bits), outside, other));
    }
  }
  countExactly<T>(n & 3, m, x, low, width, except, counts);
  mergeTables(m, counts);
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

/** Four doubles as floats. */
function floats(p: usize): v128 {
  return floatsOf(v128.load(p), v128.load(p, 16));
}

/**
 * Writes 1 / width of all lanes to `inverse`, and the middles of the first bins behind. Square of the distance from the middle of a bin within which a place in
 * float is surely in it; negative when float will not do for these numbers.
 */
function prepareFloats<T>(m: i32, low: usize, width: usize, inverse: usize): f32 {
  let error = ROUNDING * <f64>m;
  for (let at: usize = 0; at < 32; at += 8) {
    const start = load<f64>(low + at) + 0.5 * load<f64>(width + at);
    const factor = 1 / load<f64>(width + at);
    store<f64>(inverse + at, factor);
    store<f64>(inverse + at, start, 32);
    const size = Math.abs(factor);
    if (!(size > 1e-30 && size < 1e30 && Math.abs(start) < 1e30)) return -1;
    const rounded = sizeof<T>() == 4 ? <f64>(<f32>start) : start;
    error = Math.max(error, ROUNDING * <f64>m + Math.abs(start - rounded) * size);
  }
  return error < 0.25 ? <f32>((0.5 - error) * (0.5 - error)) : -1;
}

function countLane<T>(n: i32, m: i32, x: usize, low: f64, width: f64, except: f64, counts: usize): void {
  for (let i: usize = 0; i < <usize>n; i++) {
    const value = <f64>load<T>(x + i * stride<T>());
    const bin = Math.floor((value - low) / width);
    if (value == except || !(bin >= 0 && bin < <f64>m)) continue;
    const at = counts + ((<usize>bin) << 4);
    store<i32>(at, load<i32>(at) + 1);
  }
}

/**
 * Counts all lanes into m bins from `low` on, of `width`; samples that are `except` are left out. `spare`: 64 bytes to
 * work in; `counts`: room for two tables.
 */
export function countAll<T>(
  n: i32,
  m: i32,
  x: usize,
  low: usize,
  width: usize,
  except: usize,
  counts: usize,
  spare: usize,
): void {
  memory.fill(counts, 0, 2 * rowBytes(m));
  if (ASC_FEATURE_SIMD) {
    const sure = prepareFloats<T>(m, low, width, spare);
    if (sure < 0) countExactly<T>(n, m, x, low, width, except, counts);
    else countVectors<T>(n, m, x, low, width, except, counts, spare, f32x4.splat(sure));
    return;
  }
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * 8;
    countLane<T>(
      n,
      m,
      x + l * sizeof<T>(),
      load<f64>(low + at),
      load<f64>(width + at),
      load<f64>(except + at),
      counts + l * 4,
    );
  }
}

/** Smallest and largest sample of every lane, as doubles; bits of the lanes that hold a NaN. */
export function range<T>(n: i32, x: usize, low: usize, high: usize): i32 {
  let nan = 0;
  if (ASC_FEATURE_SIMD) {
    for (let h = 0; h < halves<T>(); h++) {
      let p = x + <usize>h * 16;
      const end = p + <usize>n * stride<T>();
      let smallest = v128.load(p);
      let largest = smallest;
      let bad = v128.ne<T>(smallest, smallest);
      if ((n & 1) != 0) p += stride<T>();
      for (; p < end; p += 2 * stride<T>()) {
        const a = v128.load(p);
        const b = v128.load(p + stride<T>());
        smallest = v128.pmin<T>(smallest, v128.pmin<T>(a, b));
        largest = v128.pmax<T>(largest, v128.pmax<T>(a, b));
        bad = v128.or(bad, v128.or(v128.ne<T>(a, a), v128.ne<T>(b, b)));
      }
      nan |= laneBits<T>(bad, h);
      if (sizeof<T>() == 4) {
        v128.store(low, f64x2.promote_low_f32x4(smallest));
        v128.store(low, f64x2.promote_low_f32x4(v128.shuffle<i32>(smallest, smallest, 2, 3, 2, 3)), 16);
        v128.store(high, f64x2.promote_low_f32x4(largest));
        v128.store(high, f64x2.promote_low_f32x4(v128.shuffle<i32>(largest, largest, 2, 3, 2, 3)), 16);
      } else {
        v128.store(low + <usize>h * 16, smallest);
        v128.store(high + <usize>h * 16, largest);
      }
    }
    return nan;
  }
  for (let l = 0; l < LANES; l++) {
    const at = x + <usize>l * sizeof<T>();
    let smallest = <f64>load<T>(at);
    let largest = smallest;
    for (let i: usize = 0; i < <usize>n; i++) {
      const value = <f64>load<T>(at + i * stride<T>());
      if (value < smallest) smallest = value;
      if (value > largest) largest = value;
      if (value != value) nan |= 1 << l;
    }
    store<f64>(low + <usize>l * 8, smallest);
    store<f64>(high + <usize>l * 8, largest);
  }
  return nan;
}

/** Writes one lane's counts as numbers, and its borders. */
export function draw<T>(
  m: i32,
  p: i32,
  low: f64,
  width: f64,
  counts: usize,
  weights: usize,
  borders: usize,
): void {
  for (let i: usize = 0; i < <usize>m; i++)
    store<T>(weights + i * stride<T>(), <T>load<i32>(counts + i * 16));
  for (let i: usize = 0; i < <usize>p; i++) store<T>(borders + i * stride<T>(), <T>(low + width * <f64>i));
}
