import { halves, LANES, laneBits, status, stride } from './lanes';

/** Lanes in which a sample is not above 0. */
function notPositive<T>(n: i32, x: usize): i32 {
  let bits = 0;
  const end = x + <usize>n * stride<T>();
  if (ASC_FEATURE_SIMD) {
    const zero = v128.splat<T>(<T>0);
    for (let h = 0; h < halves<T>(); h++) {
      let above = i32x4.splat(-1);
      for (let p = x + <usize>h * 16; p < end; p += stride<T>())
        above = v128.and(above, v128.gt<T>(v128.load(p), zero));
      bits |= laneBits<T>(v128.not(above), h);
    }
    return bits;
  }
  for (let l = 0; l < LANES; l++) {
    for (let p = x + <usize>l * sizeof<T>(); p < end; p += stride<T>()) {
      if (!(load<T>(p) > <T>0)) {
        bits |= 1 << l;
        break;
      }
    }
  }
  return bits;
}

/**
 * Numbers of the logarithms, for floats and for doubles. They lie in memory because an engine makes constant vectors
 * anew wherever they are used. Words: sqrt(1/2) and limits of normal numbers, as whole numbers.
 */
const FLOATS = memory.data<f32>([
  1.0, 2.0, 0.5, 0.66666662693, 0.40000972152, 0.28498786688, 0.24279078841, 0.69313812256, 9.0580006145e-6,
]);
const DOUBLES = memory.data<f64>([
  1.0, 2.0, 0.5, 6.66666666666673513e-1, 3.999999999940941908e-1, 2.857142874366239149e-1,
  2.222219843214978396e-1, 6.9314718036912381649e-1, 1.90821492927058770002e-10, 1.818357216161805012e-1,
  1.531383769920937332e-1, 1.479819860511658591e-1,
]);
const FLOAT_WORDS = memory.data<i32>([0x3f3504f3, 0x00800000, 0x7f7fffff]);
const DOUBLE_WORDS = memory.data<i32>([0, 0x3fe6a09e, 0, 0x3fe6a09e, 0, -0x00100000, 0, -0x00100000]);
const DOUBLE_LIMITS = memory.data<i64>([0x0010000000000000, 0x7fefffffffffffff]);

function number<T>(index: usize): v128 {
  return sizeof<T>() == 4 ? v128.load32_splat(FLOATS + index * 4) : v128.load64_splat(DOUBLES + index * 8);
}

/** The power of two of each number, shifted to its place in the bits. */
function exponentOf<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return i32x4.shl(i32x4.shr_s(i32x4.sub(x, v128.load32_splat(FLOAT_WORDS)), 23), 23);
  return v128.and(i32x4.sub(x, v128.load(DOUBLE_WORDS)), v128.load(DOUBLE_WORDS, 16));
}

/** The power of two as a number. */
function powerOf<T>(exponent: v128): v128 {
  if (sizeof<T>() == 4) return f32x4.convert_i32x4_s(i32x4.shr_s(exponent, 23));
  const high = i32x4.shr_s(exponent, 20);
  return f64x2.convert_low_i32x4_s(v128.shuffle<i32>(high, high, 1, 3, 1, 3));
}

/** Polynomials in z = s^2 of odd and even order: R of the logarithm. */
function polynomial<T>(z: v128): v128 {
  const w = v128.mul<T>(z, z);
  let odd = number<T>(5);
  let even = number<T>(6);
  if (sizeof<T>() == 8) {
    odd = f64x2.add(odd, f64x2.mul(w, f64x2.add(number<T>(9), f64x2.mul(w, number<T>(11)))));
    even = f64x2.add(even, f64x2.mul(w, number<T>(10)));
  }
  odd = v128.mul<T>(z, v128.add<T>(number<T>(3), v128.mul<T>(w, odd)));
  even = v128.mul<T>(w, v128.add<T>(number<T>(4), v128.mul<T>(w, even)));
  return v128.add<T>(odd, even);
}

/**
 * Natural logarithm of normal numbers, to the last place: x = 2^k (1 + f), sqrt(1/2) <= 1 + f < sqrt(2),
 * log(1 + f) = f - f^2/2 + s (f^2/2 + R), s = f / (2 + f), where R is a polynomial in s^2 (as in fdlibm; log 2 is split
 * so that k times its high part is exact).
 */
function logarithm<T>(x: v128): v128 {
  const exponent = exponentOf<T>(x);
  const f = v128.sub<T>(i32x4.sub(x, exponent), number<T>(0));
  const k = powerOf<T>(exponent);
  const s = v128.div<T>(f, v128.add<T>(f, number<T>(1)));
  const square = v128.mul<T>(v128.mul<T>(f, f), number<T>(2));
  const bend = v128.mul<T>(s, v128.add<T>(square, polynomial<T>(v128.mul<T>(s, s))));
  const low = v128.add<T>(bend, v128.mul<T>(k, number<T>(8)));
  return v128.add<T>(v128.add<T>(v128.sub<T>(low, square), f), v128.mul<T>(k, number<T>(7)));
}

/**
 * Not zero in lanes whose number is above 0 and not normal (a lane with others is NaN all over anyway). As whole
 * numbers, normal ones above 0 lie between two limits; those not above 0 are 0 or negative.
 */
function extraordinary<T>(x: v128): v128 {
  const zero = i32x4.splat(0);
  if (sizeof<T>() == 4) {
    const low = v128.and(i32x4.gt_s(v128.load32_splat(FLOAT_WORDS, 4), x), i32x4.gt_s(x, zero));
    return v128.or(low, i32x4.gt_s(x, v128.load32_splat(FLOAT_WORDS, 8)));
  }
  const low = v128.and(i64x2.gt_s(v128.load64_splat(DOUBLE_LIMITS), x), i64x2.gt_s(x, zero));
  return v128.or(low, i64x2.gt_s(x, v128.load64_splat(DOUBLE_LIMITS, 8)));
}

/** All lanes; vectors with a number that is not normal are taken number by number. */
function vectors<T>(n: i32, x: usize, y: usize): void {
  const end = x + <usize>n * stride<T>();
  for (; x < end; x += 16) {
    const value = v128.load(x);
    if (v128.any_true(extraordinary<T>(value))) {
      for (let at: usize = 0; at < 16; at += sizeof<T>()) store<T>(y + at, <T>Math.log(<f64>load<T>(x + at)));
    } else {
      v128.store(y, logarithm<T>(value));
    }
    y += 16;
  }
}

function run<T>(n: i32, x: usize, y: usize): i32 {
  const bad = notPositive<T>(n, x);
  if (bad != 15) {
    if (ASC_FEATURE_SIMD) {
      vectors<T>(n, x, y);
    } else {
      const end = x + <usize>n * stride<T>();
      let q = y;
      for (let p = x; p < end; p += sizeof<T>()) {
        store<T>(q, <T>Math.log(<f64>load<T>(p)));
        q += sizeof<T>();
      }
    }
  }
  for (let l = 0; l < LANES; l++) {
    if ((bad & (1 << l)) == 0) continue;
    const at = y + <usize>l * sizeof<T>();
    for (let i: usize = 0; i < <usize>n; i++) store<T>(at + i * stride<T>(), <T>NaN);
  }
  return status(0, bad, 0);
}

export function log_check_f32(n: i32, x: usize, y: usize): i32 {
  return run<f32>(n, x, y);
}

export function log_check_f64(n: i32, x: usize, y: usize): i32 {
  return run<f64>(n, x, y);
}
