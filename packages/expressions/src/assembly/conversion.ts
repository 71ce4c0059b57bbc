class Conversion {
  /** The float without its fraction; the least integer for NaN and for what does not fit. */
  @inline
  static toInt64(x: f64): i64 {
    return x >= -9223372036854775808.0 && x < 9223372036854775808.0 ? <i64>x : i64.MIN_VALUE;
  }

  @inline
  static toInt32(x: f64): i32 {
    return x > -2147483649.0 && x < 2147483648.0 ? <i32>x : i32.MIN_VALUE;
  }

  @inline
  static convertOne<F extends number, T extends number>(x: F): T {
    if (isFloat<F>() && isInteger<T>()) {
      if (sizeof<T>() == 8) return <T>Conversion.toInt64(<f64>x);
      if (sizeof<T>() == 4) return <T>Conversion.toInt32(<f64>x);
    }
    if (sizeof<T>() == 1) return <T>(x != <F>0 ? 1 : 0);
    return <T>x;
  }

  @inline
  static convert<F extends number, T extends number>(n: i32, from: usize, out: usize): void {
    const end = out + <usize>n * sizeof<T>();
    for (; out < end; out += sizeof<T>(), from += sizeof<F>())
      store<T>(out, Conversion.convertOne<F, T>(load<F>(from)));
  }
}

/** n values in another kind; truth values are one byte, 1 for everything but 0. */
export function bool_to_int32(n: i32, from: usize, out: usize): void {
  Conversion.convert<u8, i32>(n, from, out);
}
/** See {@link bool_to_int32}. */
export function bool_to_int64(n: i32, from: usize, out: usize): void {
  Conversion.convert<u8, i64>(n, from, out);
}
/** See {@link bool_to_int32}. */
export function bool_to_float32(n: i32, from: usize, out: usize): void {
  Conversion.convert<u8, f32>(n, from, out);
}
/** See {@link bool_to_int32}. */
export function bool_to_float64(n: i32, from: usize, out: usize): void {
  Conversion.convert<u8, f64>(n, from, out);
}
/** See {@link bool_to_int32}. */
export function int32_to_bool(n: i32, from: usize, out: usize): void {
  Conversion.convert<i32, u8>(n, from, out);
}
/** See {@link bool_to_int32}. */
export function int32_to_int64(n: i32, from: usize, out: usize): void {
  Conversion.convert<i32, i64>(n, from, out);
}
/** See {@link bool_to_int32}. */
export function int32_to_float32(n: i32, from: usize, out: usize): void {
  Conversion.convert<i32, f32>(n, from, out);
}
/** See {@link bool_to_int32}. */
export function int32_to_float64(n: i32, from: usize, out: usize): void {
  Conversion.convert<i32, f64>(n, from, out);
}
/** See {@link bool_to_int32}. */
export function int64_to_bool(n: i32, from: usize, out: usize): void {
  Conversion.convert<i64, u8>(n, from, out);
}
/** The low 32 bits. */
export function int64_to_int32(n: i32, from: usize, out: usize): void {
  Conversion.convert<i64, i32>(n, from, out);
}
/** Rounded to the nearest float32, at once. */
export function int64_to_float32(n: i32, from: usize, out: usize): void {
  Conversion.convert<i64, f32>(n, from, out);
}
/** Rounded to the nearest float64. */
export function int64_to_float64(n: i32, from: usize, out: usize): void {
  Conversion.convert<i64, f64>(n, from, out);
}
/** See {@link bool_to_int32}; NaN counts as true. */
export function float32_to_bool(n: i32, from: usize, out: usize): void {
  Conversion.convert<f32, u8>(n, from, out);
}
/** Without the fraction; the least integer for NaN and what does not fit. */
export function float32_to_int32(n: i32, from: usize, out: usize): void {
  Conversion.convert<f32, i32>(n, from, out);
}
/** As {@link float32_to_int32}. */
export function float32_to_int64(n: i32, from: usize, out: usize): void {
  Conversion.convert<f32, i64>(n, from, out);
}
/** Exact. */
export function float32_to_float64(n: i32, from: usize, out: usize): void {
  Conversion.convert<f32, f64>(n, from, out);
}
/** See {@link bool_to_int32}; NaN counts as true. */
export function float64_to_bool(n: i32, from: usize, out: usize): void {
  Conversion.convert<f64, u8>(n, from, out);
}
/** As {@link float32_to_int32}. */
export function float64_to_int32(n: i32, from: usize, out: usize): void {
  Conversion.convert<f64, i32>(n, from, out);
}
/** As {@link float32_to_int32}. */
export function float64_to_int64(n: i32, from: usize, out: usize): void {
  Conversion.convert<f64, i64>(n, from, out);
}
/** Rounded to the nearest. */
export function float64_to_float32(n: i32, from: usize, out: usize): void {
  Conversion.convert<f64, f32>(n, from, out);
}
