import { rowBytes } from './histogram-bins';
import { countFloats } from './histogram-floats';
import { halves, LANES, laneBits, storeQuad, stride } from './lanes';
import { nanLanes } from './subtract';

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
 * Counts all lanes into m bins from `low` on, of `width`; samples that are `except` are left out. R: an array when samples
 * may lie outside of the bins or be NaN. `spare`: 64 bytes to work in; `counts`: room for two tables.
 */
export function countAll<T, R>(
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
    countFloats<T, R>(n, m, x, low, width, except, counts, spare);
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

/** The same for samples all of which lie between `low` and `high`, where the largest is in no bin, unless some are NaN. */
export function countWithin<T>(
  n: i32,
  m: i32,
  x: usize,
  low: usize,
  width: usize,
  high: usize,
  counts: usize,
  spare: usize,
  nan: i32,
): void {
  if (nan == 0) countAll<T, T>(n, m, x, low, width, high, counts, spare);
  else countAll<T, StaticArray<T>>(n, m, x, low, width, high, counts, spare);
}

/** Four samples at a time: then none of the three results has to wait long for the one before. */
function rangeVectors<T>(n: i32, x: usize, low: usize, high: usize): i32 {
  let suspect = 0;
  for (let h = 0; h < halves<T>(); h++) {
    const step = stride<T>();
    let p = x + <usize>h * 16;
    let smallest = v128.load(p);
    let largest = smallest;
    let sum = v128.splat<T>(<T>0);
    const whole = p + <usize>(n & ~3) * step;
    const end = p + <usize>n * step;
    for (; p < whole; p += 4 * step) {
      const a = v128.load(p);
      const b = v128.load(p + step);
      const c = v128.load(p + 2 * step);
      const d = v128.load(p + 3 * step);
      smallest = v128.pmin<T>(smallest, v128.pmin<T>(v128.pmin<T>(a, b), v128.pmin<T>(c, d)));
      largest = v128.pmax<T>(largest, v128.pmax<T>(v128.pmax<T>(a, b), v128.pmax<T>(c, d)));
      sum = v128.add<T>(sum, v128.add<T>(v128.add<T>(a, b), v128.add<T>(c, d)));
    }
    for (; p < end; p += step) {
      const a = v128.load(p);
      smallest = v128.pmin<T>(smallest, a);
      largest = v128.pmax<T>(largest, a);
      sum = v128.add<T>(sum, a);
    }
    suspect |= laneBits<T>(v128.ne<T>(sum, sum), h);
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
  return suspect == 0 ? 0 : nanLanes<T>(n, x);
}

/** Smallest and largest sample of every lane, as doubles; bits of the lanes that hold a NaN. */
export function range<T>(n: i32, x: usize, low: usize, high: usize): i32 {
  if (ASC_FEATURE_SIMD) return rangeVectors<T>(n, x, low, high);
  let nan = 0;
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

function drawLane<T>(
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

/** Writes the counts of all lanes as numbers, and the p borders of their bins. */
export function draw<T>(
  m: i32,
  p: i32,
  low: usize,
  width: usize,
  counts: usize,
  weights: usize,
  borders: usize,
): void {
  if (!ASC_FEATURE_SIMD) {
    for (let l: usize = 0; l < <usize>LANES; l++) {
      const at = l * sizeof<T>();
      const start = load<f64>(low + l * 8);
      drawLane<T>(m, p, start, load<f64>(width + l * 8), counts + l * 4, weights + at, borders + at);
    }
    return;
  }
  for (let i = 0; i < m; i++) {
    const row = v128.load(counts);
    const other = v128.shuffle<i32>(row, row, 2, 3, 2, 3);
    storeQuad<T>(weights, f64x2.convert_low_i32x4_s(row), f64x2.convert_low_i32x4_s(other));
    counts += 16;
    weights += stride<T>();
  }
  for (let i = 0; i < p; i++) {
    const place = f64x2.splat(<f64>i);
    const b0 = f64x2.add(v128.load(low), f64x2.mul(v128.load(width), place));
    const b1 = f64x2.add(v128.load(low, 16), f64x2.mul(v128.load(width, 16), place));
    storeQuad<T>(borders, b0, b1);
    borders += stride<T>();
  }
}
