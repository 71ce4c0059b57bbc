import { EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL, NOT_EQUAL } from './operators';

class Comparison {
  @inline
  static holds<T extends number>(code: i32, x: T, y: T): bool {
    if (code == EQUAL) return x == y;
    if (code == NOT_EQUAL) return x != y;
    if (code == LESS) return x < y;
    if (code == LESS_EQUAL) return x <= y;
    if (code == GREATER) return x > y;
    return x >= y;
  }

  @inline
  static compared<T extends number>(
    code: i32,
    n: i32,
    a: usize,
    stepA: usize,
    b: usize,
    stepB: usize,
    out: usize,
  ): void {
    const end = out + <usize>n;
    for (; out < end; out++, a += stepA, b += stepB)
      store<u8>(out, <u8>Comparison.holds<T>(code, load<T>(a), load<T>(b)));
  }

  @inline
  static compare<T extends number>(
    code: i32,
    n: i32,
    a: usize,
    stepA: usize,
    b: usize,
    stepB: usize,
    out: usize,
  ): void {
    switch (code) {
      case EQUAL:
        return Comparison.compared<T>(EQUAL, n, a, stepA, b, stepB, out);
      case NOT_EQUAL:
        return Comparison.compared<T>(NOT_EQUAL, n, a, stepA, b, stepB, out);
      case LESS:
        return Comparison.compared<T>(LESS, n, a, stepA, b, stepB, out);
      case LESS_EQUAL:
        return Comparison.compared<T>(LESS_EQUAL, n, a, stepA, b, stepB, out);
      case GREATER:
        return Comparison.compared<T>(GREATER, n, a, stepA, b, stepB, out);
      default:
        return Comparison.compared<T>(GREATER_EQUAL, n, a, stepA, b, stepB, out);
    }
  }
}

/** out[i] (one byte) = 1 where a[i] operator b[i]; steps are in bytes, 0 for a constant. NaN is unequal to everything. */
export function compare_bool(
  code: i32,
  n: i32,
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  out: usize,
): void {
  Comparison.compare<u8>(code, n, a, stepA, b, stepB, out);
}

/** As {@link compare_bool}, of 32-bit integers. */
export function compare_int32(
  code: i32,
  n: i32,
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  out: usize,
): void {
  Comparison.compare<i32>(code, n, a, stepA, b, stepB, out);
}

/** As {@link compare_bool}, of 64-bit integers. */
export function compare_int64(
  code: i32,
  n: i32,
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  out: usize,
): void {
  Comparison.compare<i64>(code, n, a, stepA, b, stepB, out);
}

/** As {@link compare_bool}, of float32. */
export function compare_float32(
  code: i32,
  n: i32,
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  out: usize,
): void {
  Comparison.compare<f32>(code, n, a, stepA, b, stepB, out);
}

/** As {@link compare_bool}, of float64. */
export function compare_float64(
  code: i32,
  n: i32,
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  out: usize,
): void {
  Comparison.compare<f64>(code, n, a, stepA, b, stepB, out);
}
