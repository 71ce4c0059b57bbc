import { halves, LANES, stride } from './lanes';

function lane<T>(n: i32, x: usize, level: T): i32 {
  let count = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    if (load<T>(x + i * stride<T>()) > level) count++;
  }
  return count;
}

export function time_over_threshold<F>(n: i32, x: usize, threshold: usize, out: usize): i32 {
  if (ASC_FEATURE_SIMD) {
    const one = v128.splat<F>(<F>1);
    for (let h = 0; h < halves<F>(); h++) {
      const at = <usize>h * 16;
      const level = v128.load(threshold + at);
      let count = v128.splat<F>(<F>0);
      const end = x + <usize>n * stride<F>();
      for (let p = x + at; p < end; p += stride<F>())
        count = v128.add<F>(count, v128.and(one, v128.gt<F>(v128.load(p), level)));
      v128.store(out + at, count);
    }
  } else {
    for (let l: usize = 0; l < <usize>LANES; l++) {
      const at = l * sizeof<F>();
      store<F>(out + at, <F>lane<F>(n, x + at, load<F>(threshold + at)));
    }
  }
  return 0;
}
