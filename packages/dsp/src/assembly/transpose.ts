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

/** Rows [from, n) of four rows of n numbers, one by one; status bits of the lanes that hold a NaN. */
function loadRest<A, B>(from: i32, n: i32, rows: usize, tile: usize): i32 {
  let nan = 0;
  for (let l = 0; l < LANES; l++) {
    const row = rows + <usize>(l * n) * sizeof<A>();
    for (let i = from; i < n; i++) {
      const value = <B>load<A>(row + <usize>i * sizeof<A>());
      store<B>(tile + <usize>i * stride<B>() + <usize>l * sizeof<B>(), value);
      if (value != value) nan |= 1 << l;
    }
  }
  return nan;
}

/** Four rows of n numbers, one after the other, to n samples of four lanes. */
function loadRows<A, B>(n: i32, rows: usize, tile: usize): i32 {
  let nan = 0;
  let done = 0;
  if (ASC_FEATURE_SIMD && sizeof<B>() == 4 && sizeof<A>() <= 4) {
    const row = <usize>n * sizeof<A>();
    let na = i32x4.splat(0);
    let nb = na;
    let nc = na;
    let nd = na;
    done = n & ~3;
    for (let i = 0; i < done; i += 4) {
      const p = rows + <usize>i * sizeof<A>();
      const q = tile + <usize>i * stride<B>();
      const a = four<A>(p);
      const b = four<A>(p + row);
      const c = four<A>(p + 2 * row);
      const d = four<A>(p + 3 * row);
      turn(a, b, c, d, q, q + 16, q + 32, q + 48);
      if (isFloat<A>()) {
        na = v128.or(na, v128.ne<f32>(a, a));
        nb = v128.or(nb, v128.ne<f32>(b, b));
        nc = v128.or(nc, v128.ne<f32>(c, c));
        nd = v128.or(nd, v128.ne<f32>(d, d));
      }
    }
    nan =
      <i32>v128.any_true(na) |
      ((<i32>v128.any_true(nb)) << 1) |
      ((<i32>v128.any_true(nc)) << 2) |
      ((<i32>v128.any_true(nd)) << 3);
  }
  return (nan | loadRest<A, B>(done, n, rows, tile)) << 4;
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

export function load_int8_f32(n: i32, rows: usize, tile: usize): i32 {
  return loadRows<i8, f32>(n, rows, tile);
}

export function load_int8_f64(n: i32, rows: usize, tile: usize): i32 {
  return loadRows<i8, f64>(n, rows, tile);
}

export function load_uint8_f32(n: i32, rows: usize, tile: usize): i32 {
  return loadRows<u8, f32>(n, rows, tile);
}

export function load_uint8_f64(n: i32, rows: usize, tile: usize): i32 {
  return loadRows<u8, f64>(n, rows, tile);
}

export function load_int16_f32(n: i32, rows: usize, tile: usize): i32 {
  return loadRows<i16, f32>(n, rows, tile);
}

export function load_int16_f64(n: i32, rows: usize, tile: usize): i32 {
  return loadRows<i16, f64>(n, rows, tile);
}

export function load_uint16_f32(n: i32, rows: usize, tile: usize): i32 {
  return loadRows<u16, f32>(n, rows, tile);
}

export function load_uint16_f64(n: i32, rows: usize, tile: usize): i32 {
  return loadRows<u16, f64>(n, rows, tile);
}

export function load_int32_f32(n: i32, rows: usize, tile: usize): i32 {
  return loadRows<i32, f32>(n, rows, tile);
}

export function load_int32_f64(n: i32, rows: usize, tile: usize): i32 {
  return loadRows<i32, f64>(n, rows, tile);
}

export function load_uint32_f32(n: i32, rows: usize, tile: usize): i32 {
  return loadRows<u32, f32>(n, rows, tile);
}

export function load_uint32_f64(n: i32, rows: usize, tile: usize): i32 {
  return loadRows<u32, f64>(n, rows, tile);
}

export function load_float32_f32(n: i32, rows: usize, tile: usize): i32 {
  return loadRows<f32, f32>(n, rows, tile);
}

export function load_float32_f64(n: i32, rows: usize, tile: usize): i32 {
  return loadRows<f32, f64>(n, rows, tile);
}

export function load_float64_f32(n: i32, rows: usize, tile: usize): i32 {
  return loadRows<f64, f32>(n, rows, tile);
}

export function load_float64_f64(n: i32, rows: usize, tile: usize): i32 {
  return loadRows<f64, f64>(n, rows, tile);
}

export function store_f32(n: i32, tile: usize, rows: usize): i32 {
  return storeRows<f32>(n, tile, rows);
}

export function store_f64(n: i32, tile: usize, rows: usize): i32 {
  return storeRows<f64>(n, tile, rows);
}
