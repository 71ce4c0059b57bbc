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
const FLOATS = memory.data<f32>([1.0, 0.69314718056, 0.66666776382, 0.39977541576, 0.29871727757]);
const DOUBLES = memory.data<f64>([
  1.0, 2.0, 0.5, 6.66666666666673513e-1, 3.999999999940941908e-1, 2.857142874366239149e-1,
  2.222219843214978396e-1, 6.9314718036912381649e-1, 1.90821492927058770002e-10, 1.818357216161805012e-1,
  1.531383769920937332e-1, 1.479819860511658591e-1,
]);
const FLOAT_WORDS = memory.data<i32>([0x3f3504f3, 0x00800000, 0x7f7fffff]);
const DOUBLE_WORDS = memory.data<i32>([0, 0x3fe6a09e, 0, 0x3fe6a09e, 0, -0x00100000, 0, -0x00100000]);
const DOUBLE_LIMITS = memory.data<i64>([0x0010000000000000, 0x7fefffffffffffff]);

function float(index: usize): v128 {
  return v128.load32_splat(FLOATS + index * 4);
}

function double(index: usize): v128 {
  return v128.load64_splat(DOUBLES + index * 8);
}

/**
 * Natural logarithm of normal floats, to two units of the last place: x = 2^k (1 + f), sqrt(1/2) <= 1 + f < sqrt(2),
 * log(1 + f) = 2 s + s^3 P(s^2) with s = f / (2 + f); P, of three terms, is off by less than 1e-9 of the logarithm.
 */
function logarithmOfFloats(x: v128): v128 {
  const power = i32x4.shr_s(i32x4.sub(x, v128.load32_splat(FLOAT_WORDS)), 23);
  const m = i32x4.sub(x, i32x4.shl(power, 23));
  const one = float(0);
  const s = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one));
  const z = f32x4.mul(s, s);
  const bend = f32x4.add(float(2), f32x4.mul(z, f32x4.add(float(3), f32x4.mul(z, float(4)))));
  const own = f32x4.add(f32x4.add(s, s), f32x4.mul(f32x4.mul(s, z), bend));
  return f32x4.add(own, f32x4.mul(f32x4.convert_i32x4_s(power), float(1)));
}

/** Polynomials in z = s^2 of odd and even order: R of the logarithm. */
function polynomial(z: v128): v128 {
  const w = f64x2.mul(z, z);
  let odd = f64x2.add(double(9), f64x2.mul(w, double(11)));
  odd = f64x2.add(double(5), f64x2.mul(w, odd));
  odd = f64x2.mul(z, f64x2.add(double(3), f64x2.mul(w, odd)));
  let even = f64x2.add(double(6), f64x2.mul(w, double(10)));
  even = f64x2.mul(w, f64x2.add(double(4), f64x2.mul(w, even)));
  return f64x2.add(odd, even);
}

/**
 * The same of doubles, to the last place: log(1 + f) = f - f^2/2 + s (f^2/2 + R), where R is a polynomial in s^2 (as in
 * fdlibm; log 2 is split so that k times its high part is exact).
 */
function logarithmOfDoubles(x: v128): v128 {
  const exponent = v128.and(i32x4.sub(x, v128.load(DOUBLE_WORDS)), v128.load(DOUBLE_WORDS, 16));
  const high = i32x4.shr_s(exponent, 20);
  const k = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(high, high, 1, 3, 1, 3));
  const f = f64x2.sub(i32x4.sub(x, exponent), double(0));
  const s = f64x2.div(f, f64x2.add(f, double(1)));
  const square = f64x2.mul(f64x2.mul(f, f), double(2));
  const bend = f64x2.mul(s, f64x2.add(square, polynomial(f64x2.mul(s, s))));
  const low = f64x2.add(bend, f64x2.mul(k, double(8)));
  return f64x2.add(f64x2.add(f64x2.sub(low, square), f), f64x2.mul(k, double(7)));
}

/** True when all floats are normal and above 0: as whole numbers, they lie between two limits. */
function allOrdinary(n: i32, x: usize): bool {
  let low = v128.load(x);
  let high = low;
  const end = x + ((<usize>n) << 4);
  for (; x < end; x += 16) {
    const value = v128.load(x);
    low = i32x4.min_s(low, value);
    high = i32x4.max_s(high, value);
  }
  const isLow = i32x4.lt_s(low, v128.load32_splat(FLOAT_WORDS, 4));
  return !v128.any_true(v128.or(isLow, i32x4.gt_s(high, v128.load32_splat(FLOAT_WORDS, 8))));
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
      v128.store(y, sizeof<T>() == 4 ? logarithmOfFloats(value) : logarithmOfDoubles(value));
    }
    y += 16;
  }
}

export function log_check<F>(n: i32, x: usize, y: usize): i32 {
  if (ASC_FEATURE_SIMD && sizeof<F>() == 4 && n > 0 && allOrdinary(n, x)) {
    const end = x + ((<usize>n) << 4);
    for (; x < end; x += 16) {
      v128.store(y, logarithmOfFloats(v128.load(x)));
      y += 16;
    }
    return 0;
  }
  const bad = notPositive<F>(n, x);
  if (bad != 15) {
    if (ASC_FEATURE_SIMD) {
      vectors<F>(n, x, y);
    } else {
      const end = x + <usize>n * stride<F>();
      let q = y;
      for (let p = x; p < end; p += sizeof<F>()) {
        store<F>(q, <F>Math.log(<f64>load<F>(p)));
        q += sizeof<F>();
      }
    }
  }
  for (let l = 0; l < LANES; l++) {
    if ((bad & (1 << l)) == 0) continue;
    const at = y + <usize>l * sizeof<F>();
    for (let i: usize = 0; i < <usize>n; i++) store<F>(at + i * stride<F>(), <F>NaN);
  }
  return status(0, bad, 0);
}
