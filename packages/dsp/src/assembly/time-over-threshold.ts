import { halves, LANES, stride } from './lanes';

function lane<T>(n: i32, x: usize, level: T): i32 {
  let count = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    if (load<T>(x + i * stride<T>()) > level) count++;
  }
  return count;
}

function run<T>(n: i32, x: usize, threshold: usize, out: usize): i32 {
  if (ASC_FEATURE_SIMD) {
    const one = v128.splat<T>(<T>1);
    for (let h = 0; h < halves<T>(); h++) {
      const at = <usize>h * 16;
      const level = v128.load(threshold + at);
      let count = v128.splat<T>(<T>0);
      const end = x + <usize>n * stride<T>();
      for (let p = x + at; p < end; p += stride<T>())
        count = v128.add<T>(count, v128.and(one, v128.gt<T>(v128.load(p), level)));
      v128.store(out + at, count);
    }
  } else {
    for (let l: usize = 0; l < <usize>LANES; l++) {
      const at = l * sizeof<T>();
      store<T>(out + at, <T>lane<T>(n, x + at, load<T>(threshold + at)));
    }
  }
  return 0;
}

export function time_over_threshold_f32(n: i32, x: usize, threshold: usize, out: usize): i32 {
  return run<f32>(n, x, threshold, out);
}

export function time_over_threshold_f64(n: i32, x: usize, threshold: usize, out: usize): i32 {
  return run<f64>(n, x, threshold, out);
}
