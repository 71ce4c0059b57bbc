import { halves, LANES, laneBits, stride } from './lanes';

/** Lanes whose sum is not finite: those with such a sample, and seldom one of very large samples. */
function suspects<T>(n: i32, x: usize): i32 {
  let bits = 0;
  const step = stride<T>();
  for (let h = 0; h < halves<T>(); h++) {
    let p = x + <usize>h * 16;
    const whole = p + <usize>(n & ~3) * step;
    const end = p + <usize>n * step;
    let sum = v128.splat<T>(<T>0);
    for (; p < whole; p += 4 * step) {
      const a = v128.add<T>(v128.load(p), v128.load(p + step));
      const b = v128.add<T>(v128.load(p + 2 * step), v128.load(p + 3 * step));
      sum = v128.add<T>(sum, v128.add<T>(a, b));
    }
    for (; p < end; p += step) sum = v128.add<T>(sum, v128.load(p));
    const zero = v128.sub<T>(sum, sum);
    bits |= laneBits<T>(v128.ne<T>(zero, zero), h);
  }
  return bits;
}

/** Lanes with an infinite sample or a NaN: they must not get into a transform that other lanes share. */
export function notFinite<T>(n: i32, x: usize): i32 {
  if (ASC_FEATURE_SIMD && suspects<T>(n, x) == 0) return 0;
  let bits = 0;
  for (let l = 0; l < LANES; l++) {
    const end = x + <usize>n * stride<T>();
    for (let p = x + <usize>l * sizeof<T>(); p < end; p += stride<T>()) {
      if (!isFinite<T>(load<T>(p))) {
        bits |= 1 << l;
        break;
      }
    }
  }
  return bits;
}
