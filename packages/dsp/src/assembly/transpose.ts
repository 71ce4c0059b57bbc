import { LANES, stride } from './lanes';

/** Four consecutive numbers of a row as 32-bit floats. */
function four<T>(p: usize): v128 {
  if (isFloat<T>()) return v128.load(p);
  if (sizeof<T>() == 4)
    return isSigned<T>() ? f32x4.convert_i32x4_s(v128.load(p)) : f32x4.convert_i32x4_u(v128.load(p));
  if (sizeof<T>() == 2) {
    const raw = v128.load64_zero(p);
    return f32x4.convert_i32x4_s(
      isSigned<T>() ? i32x4.extend_low_i16x8_s(raw) : i32x4.extend_low_i16x8_u(raw),
    );
  }
  const raw = v128.load32_zero(p);
  if (isSigned<T>()) return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(raw)));
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(raw)));
}

/** A 4 x 4 block turned round and written as four samples of four lanes. */
function turn(a: v128, b: v128, c: v128, d: v128, to0: usize, to1: usize, to2: usize, to3: usize): void {
  const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to0, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5));
  v128.store(to1, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7));
  v128.store(to2, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5));
  v128.store(to3, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7));
}

/** Four lanes that hold one number each, or 0 where there is no address. */
function levelOf<B>(baseline: usize, lane: usize): B {
  return baseline == 0 ? <B>0 : load<B>(baseline + lane * sizeof<B>());
}

/** Lanes of which the row holds a NaN in the low bits, above them lanes that only became NaN by subtracting. */
function origin<A, B>(n: i32, rows: usize, tile: usize): i32 {
  let given = 0;
  let made = 0;
  for (let l = 0; l < LANES; l++) {
    const row = rows + <usize>(l * n) * sizeof<A>();
    for (let i = 0; i < n; i++) {
      if (isNaN<A>(load<A>(row + <usize>i * sizeof<A>()))) given |= 1 << l;
      if (isNaN<B>(load<B>(tile + <usize>i * stride<B>() + <usize>l * sizeof<B>()))) made |= 1 << l;
    }
  }
  return ((made & ~given) << 4) | given;
}

/** Samples [from, n) of four rows of n numbers less a number per row, one by one; lanes that hold a NaN. */
function loadRest<A, B>(from: i32, n: i32, rows: usize, tile: usize, baseline: usize): i32 {
  let nan = 0;
  for (let l = 0; l < LANES; l++) {
    const row = rows + <usize>(l * n) * sizeof<A>();
    const level = levelOf<B>(baseline, l);
    for (let i = from; i < n; i++) {
      const value = <B>(<B>load<A>(row + <usize>i * sizeof<A>()) - level);
      store<B>(tile + <usize>i * stride<B>() + <usize>l * sizeof<B>(), value);
      if (value != value) nan |= 1 << l;
    }
  }
  return nan;
}

/** Two samples of four lanes of 16-bit numbers as floats less a level, written. */
function putTwo<A>(samples: v128, level: v128, tile: usize): void {
  const first = isSigned<A>() ? i32x4.extend_low_i16x8_s(samples) : i32x4.extend_low_i16x8_u(samples);
  const second = isSigned<A>() ? i32x4.extend_high_i16x8_s(samples) : i32x4.extend_high_i16x8_u(samples);
  v128.store(tile, f32x4.sub(f32x4.convert_i32x4_s(first), level));
  v128.store(tile, f32x4.sub(f32x4.convert_i32x4_s(second), level), 16);
}

/** Four rows of 16-bit numbers, eight samples at a time: turned round before they are widened. Returns the samples done. */
function loadShort<A>(n: i32, rows: usize, tile: usize, level: v128): i32 {
  const row = <usize>n * 2;
  const done = n & ~7;
  const end = rows + <usize>done * 2;
  let q = tile;
  for (let p = rows; p < end; p += 16) {
    const a = v128.load(p);
    const b = v128.load(p + row);
    const c = v128.load(p + 2 * row);
    const d = v128.load(p + 3 * row);
    const ab0 = v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
    const ab1 = v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
    const cd0 = v128.shuffle<i16>(c, d, 0, 8, 1, 9, 2, 10, 3, 11);
    const cd1 = v128.shuffle<i16>(c, d, 4, 12, 5, 13, 6, 14, 7, 15);
    putTwo<A>(v128.shuffle<i32>(ab0, cd0, 0, 4, 1, 5), level, q);
    putTwo<A>(v128.shuffle<i32>(ab0, cd0, 2, 6, 3, 7), level, q + 32);
    putTwo<A>(v128.shuffle<i32>(ab1, cd1, 0, 4, 1, 5), level, q + 64);
    putTwo<A>(v128.shuffle<i32>(ab1, cd1, 2, 6, 3, 7), level, q + 96);
    q += 128;
  }
  return done;
}

/**
 * Four rows of n numbers, one after the other, to n samples of four lanes, less the numbers at `baseline` (none when that is 0).
 * A NaN in a row is told in the low four bits of the result, one that only subtracting brings about in the four above.
 */
function loadRows<A, B>(n: i32, rows: usize, tile: usize, baseline: usize): i32 {
  let nan = 0;
  let done = 0;
  if (ASC_FEATURE_SIMD && sizeof<B>() == 4 && sizeof<A>() <= 4) {
    const level = baseline == 0 ? f32x4.splat(0) : v128.load(baseline);
    if (sizeof<A>() == 2) done = loadShort<A>(n, rows, tile, level);
    const row = <usize>n * sizeof<A>();
    let bad = i32x4.splat(0);
    const whole = n & ~3;
    for (; done < whole; done += 4) {
      const p = rows + <usize>done * sizeof<A>();
      const q = tile + <usize>done * stride<B>();
      const a = four<A>(p);
      const b = four<A>(p + row);
      const c = four<A>(p + 2 * row);
      const d = four<A>(p + 3 * row);
      const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      const y0 = f32x4.sub(v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5), level);
      const y1 = f32x4.sub(v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7), level);
      const y2 = f32x4.sub(v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5), level);
      const y3 = f32x4.sub(v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7), level);
      v128.store(q, y0);
      v128.store(q, y1, 16);
      v128.store(q, y2, 32);
      v128.store(q, y3, 48);
      if (isFloat<A>()) {
        const sum = f32x4.add(f32x4.add(y0, y1), f32x4.add(y2, y3));
        bad = v128.or(bad, v128.ne<f32>(sum, sum));
      }
    }
    if (isFloat<A>()) nan = i32x4.bitmask(bad);
  }
  nan |= loadRest<A, B>(done, n, rows, tile, baseline);
  return isFloat<A>() && nan != 0 ? origin<A, B>(n, rows, tile) : 0;
}

/** n samples of four lanes back to four rows of n numbers. */
function storeRows<T>(n: i32, tile: usize, rows: usize): i32 {
  let done = 0;
  if (ASC_FEATURE_SIMD && sizeof<T>() == 4) {
    const row = <usize>n * sizeof<T>();
    done = n & ~3;
    for (let i = 0; i < done; i += 4) {
      const p = tile + <usize>i * stride<T>();
      const q = rows + <usize>i * sizeof<T>();
      turn(
        v128.load(p),
        v128.load(p, 16),
        v128.load(p, 32),
        v128.load(p, 48),
        q,
        q + row,
        q + 2 * row,
        q + 3 * row,
      );
    }
  }
  for (let l = 0; l < LANES; l++) {
    for (let i = done; i < n; i++) {
      const value = load<T>(tile + <usize>i * stride<T>() + <usize>l * sizeof<T>());
      store<T>(rows + <usize>(l * n + i) * sizeof<T>(), value);
    }
  }
  return 0;
}

export function load_int8_f32(n: i32, rows: usize, tile: usize, baseline: usize): i32 {
  return loadRows<i8, f32>(n, rows, tile, baseline);
}

export function load_int8_f64(n: i32, rows: usize, tile: usize, baseline: usize): i32 {
  return loadRows<i8, f64>(n, rows, tile, baseline);
}

export function load_uint8_f32(n: i32, rows: usize, tile: usize, baseline: usize): i32 {
  return loadRows<u8, f32>(n, rows, tile, baseline);
}

export function load_uint8_f64(n: i32, rows: usize, tile: usize, baseline: usize): i32 {
  return loadRows<u8, f64>(n, rows, tile, baseline);
}

export function load_int16_f32(n: i32, rows: usize, tile: usize, baseline: usize): i32 {
  return loadRows<i16, f32>(n, rows, tile, baseline);
}

export function load_int16_f64(n: i32, rows: usize, tile: usize, baseline: usize): i32 {
  return loadRows<i16, f64>(n, rows, tile, baseline);
}

export function load_uint16_f32(n: i32, rows: usize, tile: usize, baseline: usize): i32 {
  return loadRows<u16, f32>(n, rows, tile, baseline);
}

export function load_uint16_f64(n: i32, rows: usize, tile: usize, baseline: usize): i32 {
  return loadRows<u16, f64>(n, rows, tile, baseline);
}

export function load_int32_f32(n: i32, rows: usize, tile: usize, baseline: usize): i32 {
  return loadRows<i32, f32>(n, rows, tile, baseline);
}

export function load_int32_f64(n: i32, rows: usize, tile: usize, baseline: usize): i32 {
  return loadRows<i32, f64>(n, rows, tile, baseline);
}

export function load_uint32_f32(n: i32, rows: usize, tile: usize, baseline: usize): i32 {
  return loadRows<u32, f32>(n, rows, tile, baseline);
}

export function load_uint32_f64(n: i32, rows: usize, tile: usize, baseline: usize): i32 {
  return loadRows<u32, f64>(n, rows, tile, baseline);
}

export function load_float32_f32(n: i32, rows: usize, tile: usize, baseline: usize): i32 {
  return loadRows<f32, f32>(n, rows, tile, baseline);
}

export function load_float32_f64(n: i32, rows: usize, tile: usize, baseline: usize): i32 {
  return loadRows<f32, f64>(n, rows, tile, baseline);
}

export function load_float64_f32(n: i32, rows: usize, tile: usize, baseline: usize): i32 {
  return loadRows<f64, f32>(n, rows, tile, baseline);
}

export function load_float64_f64(n: i32, rows: usize, tile: usize, baseline: usize): i32 {
  return loadRows<f64, f64>(n, rows, tile, baseline);
}

export function store_f32(n: i32, tile: usize, rows: usize): i32 {
  return storeRows<f32>(n, tile, rows);
}

export function store_f64(n: i32, tile: usize, rows: usize): i32 {
  return storeRows<f64>(n, tile, rows);
}
