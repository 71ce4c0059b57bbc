import { LANES, loadPair, stride } from './lanes';

/**
 * Counts lie [bin][lane] as 32-bit integers, with a row behind the last bin for everything that is outside. `low`,
 * `width` and `except` are four doubles each.
 */

/** Bin of a sample as a 32-bit number per lane of a pair (lanes 0 and 1 of the result), floor((x - low) / width). */
function bins(value: v128, low: v128, width: v128, except: v128): v128 {
  const bin = f64x2.floor(f64x2.div(f64x2.sub(value, low), width));
  const none = v128.or(f64x2.eq(value, except), f64x2.ne(bin, bin));
  return i32x4.trunc_sat_f64x2_s_zero(v128.bitselect(f64x2.splat(-1), bin, none));
}

function increase(counts: usize, bin: u32): void {
  const at = counts + ((<usize>bin) << 4);
  store<i32>(at, load<i32>(at) + 1);
}

function countVectors<T>(
  n: i32,
  m: i32,
  x: usize,
  low: usize,
  width: usize,
  except: usize,
  counts: usize,
): void {
  const half = 2 * sizeof<T>();
  const l0 = v128.load(low);
  const l1 = v128.load(low, 16);
  const w0 = v128.load(width);
  const w1 = v128.load(width, 16);
  const e0 = v128.load(except);
  const e1 = v128.load(except, 16);
  const outside = i32x4.splat(m);
  const end = x + <usize>n * stride<T>();
  for (; x < end; x += stride<T>()) {
    const b0 = i32x4.min_u(bins(loadPair<T>(x), l0, w0, e0), outside);
    const b1 = i32x4.min_u(bins(loadPair<T>(x + half), l1, w1, e1), outside);
    increase(counts, i32x4.extract_lane(b0, 0));
    increase(counts + 4, i32x4.extract_lane(b0, 1));
    increase(counts + 8, i32x4.extract_lane(b1, 0));
    increase(counts + 12, i32x4.extract_lane(b1, 1));
  }
}

function countLane<T>(n: i32, m: i32, x: usize, low: f64, width: f64, except: f64, counts: usize): void {
  for (let i: usize = 0; i < <usize>n; i++) {
    const value = <f64>load<T>(x + i * stride<T>());
    const bin = Math.floor((value - low) / width);
    if (value != except && bin >= 0 && bin < <f64>m) increase(counts, <u32>bin);
  }
}

/** Counts all lanes into m bins from `low` on, of `width`; samples that are `except` are left out. */
export function countAll<T>(
  n: i32,
  m: i32,
  x: usize,
  low: usize,
  width: usize,
  except: usize,
  counts: usize,
): void {
  memory.fill(counts, 0, <usize>(m + 1) * 16);
  if (ASC_FEATURE_SIMD) {
    countVectors<T>(n, m, x, low, width, except, counts);
  } else {
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
}

/** Smallest and largest sample of every lane, as doubles; bits of the lanes that hold a NaN. */
export function range<T>(n: i32, x: usize, low: usize, high: usize): i32 {
  let nan = 0;
  if (ASC_FEATURE_SIMD) {
    for (let h: usize = 0; h < 2; h++) {
      const at = x + h * 2 * sizeof<T>();
      let smallest = loadPair<T>(at);
      let largest = smallest;
      let bad = f64x2.ne(smallest, smallest);
      for (let i: usize = 1; i < <usize>n; i++) {
        const value = loadPair<T>(at + i * stride<T>());
        smallest = f64x2.pmin(smallest, value);
        largest = f64x2.pmax(largest, value);
        bad = v128.or(bad, f64x2.ne(value, value));
      }
      v128.store(low + h * 16, smallest);
      v128.store(high + h * 16, largest);
      nan |= i64x2.bitmask(bad) << (<i32>(h * 2));
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
