import { Integer, power } from './integers';
import {
  ADD,
  AND,
  DIVIDE,
  FLOOR_DIVIDE,
  LEFT,
  MULTIPLY,
  OR,
  POWER,
  REMAINDER,
  RIGHT,
  SUBTRACT,
  XOR,
} from './operators';

class Loops {
  @inline
  static integer<T extends number>(code: i32, x: T, y: T): T {
    if (code == ADD) return <T>(x + y);
    if (code == SUBTRACT) return <T>(x - y);
    if (code == MULTIPLY) return <T>(x * y);
    if (code == FLOOR_DIVIDE) return Integer.floorDivide<T>(x, y);
    if (code == REMAINDER) return Integer.remainder<T>(x, y);
    if (code == POWER) return power<T>(x, y);
    if (code == AND) return <T>(x & y);
    if (code == OR) return <T>(x | y);
    if (code == XOR) return <T>(x ^ y);
    if (code == LEFT) return Integer.shiftLeft<T>(x, y);
    return Integer.shiftRight<T>(x, y);
  }

  @inline
  static integers<T extends number>(
    code: i32,
    n: i32,
    a: usize,
    stepA: usize,
    b: usize,
    stepB: usize,
    out: usize,
  ): void {
    const end = out + <usize>n * sizeof<T>();
    for (; out < end; out += sizeof<T>(), a += stepA, b += stepB) {
      store<T>(out, Loops.integer<T>(code, load<T>(a), load<T>(b)));
    }
  }

  @inline
  static allIntegers<T extends number>(
    code: i32,
    n: i32,
    a: usize,
    stepA: usize,
    b: usize,
    stepB: usize,
    out: usize,
  ): void {
    switch (code) {
      case ADD:
        return Loops.integers<T>(ADD, n, a, stepA, b, stepB, out);
      case SUBTRACT:
        return Loops.integers<T>(SUBTRACT, n, a, stepA, b, stepB, out);
      case MULTIPLY:
        return Loops.integers<T>(MULTIPLY, n, a, stepA, b, stepB, out);
      case FLOOR_DIVIDE:
        return Loops.integers<T>(FLOOR_DIVIDE, n, a, stepA, b, stepB, out);
      case REMAINDER:
        return Loops.integers<T>(REMAINDER, n, a, stepA, b, stepB, out);
      case POWER:
        return Loops.integers<T>(POWER, n, a, stepA, b, stepB, out);
      case AND:
        return Loops.integers<T>(AND, n, a, stepA, b, stepB, out);
      case OR:
        return Loops.integers<T>(OR, n, a, stepA, b, stepB, out);
      case XOR:
        return Loops.integers<T>(XOR, n, a, stepA, b, stepB, out);
      case LEFT:
        return Loops.integers<T>(LEFT, n, a, stepA, b, stepB, out);
      default:
        return Loops.integers<T>(RIGHT, n, a, stepA, b, stepB, out);
    }
  }

  @inline
  static float<T extends number>(code: i32, x: T, y: T): T {
    if (code == ADD) return <T>(x + y);
    if (code == SUBTRACT) return <T>(x - y);
    if (code == MULTIPLY) return <T>(x * y);
    if (code == DIVIDE) return <T>(x / y);
    return floor<T>(<T>(x / y));
  }

  @inline
  static floats<T extends number>(
    code: i32,
    n: i32,
    a: usize,
    stepA: usize,
    b: usize,
    stepB: usize,
    out: usize,
  ): void {
    const end = out + <usize>n * sizeof<T>();
    for (; out < end; out += sizeof<T>(), a += stepA, b += stepB) {
      store<T>(out, Loops.float<T>(code, load<T>(a), load<T>(b)));
    }
  }

  @inline
  static allFloats<T extends number>(
    code: i32,
    n: i32,
    a: usize,
    stepA: usize,
    b: usize,
    stepB: usize,
    out: usize,
  ): void {
    switch (code) {
      case ADD:
        return Loops.floats<T>(ADD, n, a, stepA, b, stepB, out);
      case SUBTRACT:
        return Loops.floats<T>(SUBTRACT, n, a, stepA, b, stepB, out);
      case MULTIPLY:
        return Loops.floats<T>(MULTIPLY, n, a, stepA, b, stepB, out);
      case DIVIDE:
        return Loops.floats<T>(DIVIDE, n, a, stepA, b, stepB, out);
      default:
        return Loops.floats<T>(FLOOR_DIVIDE, n, a, stepA, b, stepB, out);
    }
  }
}

/** out[i] = a[i] operator b[i] for n values; steps are in bytes, 0 for a constant. Bits of truth values. */
export function bits_bool(
  code: i32,
  n: i32,
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  out: usize,
): void {
  switch (code) {
    case AND:
      return Loops.integers<u8>(AND, n, a, stepA, b, stepB, out);
    case OR:
      return Loops.integers<u8>(OR, n, a, stepA, b, stepB, out);
    default:
      return Loops.integers<u8>(XOR, n, a, stepA, b, stepB, out);
  }
}

/** As {@link bits_bool}, every operator of 32-bit integers but division. */
export function arithmetic_int32(
  code: i32,
  n: i32,
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  out: usize,
): void {
  Loops.allIntegers<i32>(code, n, a, stepA, b, stepB, out);
}

/** As {@link arithmetic_int32}, with 64-bit integers. */
export function arithmetic_int64(
  code: i32,
  n: i32,
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  out: usize,
): void {
  Loops.allIntegers<i64>(code, n, a, stepA, b, stepB, out);
}

/** As {@link bits_bool}: `+ - * /` and division rounded down of float32. */
export function arithmetic_float32(
  code: i32,
  n: i32,
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  out: usize,
): void {
  Loops.allFloats<f32>(code, n, a, stepA, b, stepB, out);
}

/** As {@link arithmetic_float32}, with float64. */
export function arithmetic_float64(
  code: i32,
  n: i32,
  a: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  out: usize,
): void {
  Loops.allFloats<f64>(code, n, a, stepA, b, stepB, out);
}
