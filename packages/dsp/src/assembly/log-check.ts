import { LANES, loadPair, status, storePair, stride } from './lanes';

/** Lanes in which a sample is not above 0. */
function notPositive<T>(n: i32, x: usize): i32 {
  let bits = 0;
  for (let l = 0; l < LANES; l++) {
    const end = x + <usize>n * stride<T>();
    for (let p = x + <usize>l * sizeof<T>(); p < end; p += stride<T>()) {
      if (!(load<T>(p) > <T>0)) {
        bits |= 1 << l;
        break;
      }
    }
  }
  return bits;
}

/** Natural logarithm of two normal numbers: x = 2^k m, sqrt(1/2) <= m < sqrt(2), log m = 2 artanh((m - 1) / (m + 1)). */
function logPair(x: v128): v128 {
  const half = i64x2.splat(0x3fe6a09e667f3bcd);
  const offset = i64x2.sub(x, half);
  const exponent = i64x2.shr_s(offset, 52);
  const mantissa = i64x2.sub(x, i64x2.shl(exponent, 52));
  const k = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(exponent, exponent, 0, 2, 0, 2));
  const one = f64x2.splat(1);
  const s = f64x2.div(f64x2.sub(mantissa, one), f64x2.add(mantissa, one));
  const z = f64x2.mul(s, s);
  let series = f64x2.splat(1.0 / 19);
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 17));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 15));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 13));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 11));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 9));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 7));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 5));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 3));
  const rest = f64x2.mul(f64x2.mul(series, z), s);
  const log = f64x2.mul(f64x2.splat(2), f64x2.add(s, rest));
  return f64x2.add(f64x2.mul(k, f64x2.splat(0.6931471805599453)), log);
}

/** True when both numbers are normal. */
function areNormal(x: v128): bool {
  const large = f64x2.splat(1.7976931348623157e308);
  const small = f64x2.splat(2.2250738585072014e-308);
  return i64x2.all_true(v128.and(f64x2.le(x, large), f64x2.ge(x, small)));
}

function vectors<T>(n: i32, x: usize, y: usize): void {
  const half = 2 * sizeof<T>();
  const end = x + <usize>n * stride<T>();
  for (; x < end; x += half) {
    const value = loadPair<T>(x);
    if (areNormal(value)) {
      storePair<T>(y, logPair(value));
    } else {
      store<T>(y, <T>Math.log(<f64>load<T>(x)));
      store<T>(y + sizeof<T>(), <T>Math.log(<f64>load<T>(x + sizeof<T>())));
    }
    y += half;
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
