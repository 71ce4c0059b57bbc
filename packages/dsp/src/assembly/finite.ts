import { halves, LANES, laneBits, stride } from './lanes';

/** Lanes with an infinite sample or a NaN: they must not get into a transform that other lanes share. */
export function notFinite<T>(n: i32, x: usize): i32 {
  let bits = 0;
  if (ASC_FEATURE_SIMD) {
    for (let h = 0; h < halves<T>(); h++) {
      let bad = i32x4.splat(0);
      const end = x + <usize>n * stride<T>();
      for (let p = x + <usize>h * 16; p < end; p += stride<T>()) {
        const v = v128.load(p);
        const zero = v128.sub<T>(v, v);
        bad = v128.or(bad, v128.ne<T>(zero, zero));
      }
      bits |= laneBits<T>(bad, h);
    }
  } else {
    for (let l = 0; l < LANES; l++) {
      const end = x + <usize>n * stride<T>();
      for (let p = x + <usize>l * sizeof<T>(); p < end; p += stride<T>()) {
        if (!isFinite<T>(load<T>(p))) {
          bits |= 1 << l;
          break;
        }
      }
    }
  }
  return bits;
}
