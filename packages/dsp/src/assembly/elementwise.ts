import { halves, LANES, laneBits, loadPair, storePair, stride } from './lanes';

/**
 * Arithmetic sample by sample. `stepA` and `stepB` say how many samples an operand moves on per result; 0 for a number
 * per row. Returns the bits of the lanes in which a result is NaN, shifted as in a status word.
 */
const ADD: i32 = 0;
const SUBTRACT: i32 = 1;
const MULTIPLY: i32 = 2;
const DIVIDE: i32 = 3;

function vector<T>(operation: i32, a: v128, b: v128): v128 {
  if (operation == ADD) return v128.add<T>(a, b);
  if (operation == SUBTRACT) return v128.sub<T>(a, b);
  if (operation == MULTIPLY) return v128.mul<T>(a, b);
  return v128.div<T>(a, b);
}

function number<T>(operation: i32, a: T, b: T): T {
  if (operation == ADD) return <T>(a + b);
  if (operation == SUBTRACT) return <T>(a - b);
  if (operation == MULTIPLY) return <T>(a * b);
  return <T>(a / b);
}

function combine<T>(operation: i32, n: i32, a: usize, stepA: i32, b: usize, stepB: i32, out: usize): i32 {
  const moveA = <usize>stepA * stride<T>();
  const moveB = <usize>stepB * stride<T>();
  const end = out + <usize>n * stride<T>();
  let nan = 0;
  if (ASC_FEATURE_SIMD) {
    for (let h = 0; h < halves<T>(); h++) {
      let p = a + <usize>h * 16;
      let q = b + <usize>h * 16;
      let bad = i32x4.splat(0);
      for (let to = out + <usize>h * 16; to < end; to += stride<T>()) {
        const value = vector<T>(operation, v128.load(p), v128.load(q));
        v128.store(to, value);
        bad = v128.or(bad, v128.ne<T>(value, value));
        p += moveA;
        q += moveB;
      }
      nan |= laneBits<T>(bad, h);
    }
  } else {
    for (let l = 0; l < LANES; l++) {
      const at = <usize>l * sizeof<T>();
      let p = a + at;
      let q = b + at;
      for (let to = out + at; to < end; to += stride<T>()) {
        const value = number<T>(operation, load<T>(p), load<T>(q));
        store<T>(to, value);
        if (value != value) nan |= 1 << l;
        p += moveA;
        q += moveB;
      }
    }
  }
  return nan << 4;
}

export function add<F>(n: i32, a: usize, stepA: i32, b: usize, stepB: i32, out: usize): i32 {
  return combine<F>(ADD, n, a, stepA, b, stepB, out);
}

export function subtract<F>(n: i32, a: usize, stepA: i32, b: usize, stepB: i32, out: usize): i32 {
  return combine<F>(SUBTRACT, n, a, stepA, b, stepB, out);
}

export function multiply<F>(n: i32, a: usize, stepA: i32, b: usize, stepB: i32, out: usize): i32 {
  return combine<F>(MULTIPLY, n, a, stepA, b, stepB, out);
}

export function divide<F>(n: i32, a: usize, stepA: i32, b: usize, stepB: i32, out: usize): i32 {
  return combine<F>(DIVIDE, n, a, stepA, b, stepB, out);
}

/** Every `step`-th sample, in the type of the result. */
function copy<A, B>(n: i32, a: usize, step: i32, out: usize): i32 {
  const move = <usize>step * stride<A>();
  const end = out + <usize>n * stride<B>();
  let nan = 0;
  if (ASC_FEATURE_SIMD) {
    let bad0 = f64x2.splat(0);
    let bad1 = bad0;
    for (; out < end; out += stride<B>()) {
      const low = loadPair<A>(a);
      const high = loadPair<A>(a + 2 * sizeof<A>());
      storePair<B>(out, low);
      storePair<B>(out + 2 * sizeof<B>(), high);
      bad0 = v128.or(bad0, f64x2.ne(low, low));
      bad1 = v128.or(bad1, f64x2.ne(high, high));
      a += move;
    }
    nan = i64x2.bitmask(bad0) | (i64x2.bitmask(bad1) << 2);
  } else {
    for (; out < end; out += stride<B>()) {
      for (let l = 0; l < LANES; l++) {
        const value = load<A>(a + <usize>l * sizeof<A>());
        store<B>(out + <usize>l * sizeof<B>(), <B>value);
        if (value != value) nan |= 1 << l;
      }
      a += move;
    }
  }
  return nan << 4;
}

export function copy_float32_f32(n: i32, a: usize, step: i32, out: usize): i32 {
  return copy<f32, f32>(n, a, step, out);
}

export function copy_float32_f64(n: i32, a: usize, step: i32, out: usize): i32 {
  return copy<f32, f64>(n, a, step, out);
}

export function copy_float64_f32(n: i32, a: usize, step: i32, out: usize): i32 {
  return copy<f64, f32>(n, a, step, out);
}

export function copy_float64_f64(n: i32, a: usize, step: i32, out: usize): i32 {
  return copy<f64, f64>(n, a, step, out);
}
