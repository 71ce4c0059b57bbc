import { halves, LANES, stride } from './lanes';

function lane<T>(n: i32, x: usize): T {
  let best = load<T>(x);
  for (let i: usize = 1; i < <usize>n; i++) {
    const value = load<T>(x + i * stride<T>());
    if (value > best) best = value;
  }
  return best;
}

function run<T>(n: i32, x: usize, out: usize): i32 {
  if (ASC_FEATURE_SIMD) {
    for (let h = 0; h < halves<T>(); h++) {
      const at = <usize>h * 16;
      let p = x + at;
      let a = v128.load(p);
      let b = a;
      let c = a;
      let d = a;
      let i = 0;
      for (; i + 4 <= n; i += 4) {
        a = v128.pmax<T>(a, v128.load(p));
        b = v128.pmax<T>(b, v128.load(p + stride<T>()));
        c = v128.pmax<T>(c, v128.load(p + 2 * stride<T>()));
        d = v128.pmax<T>(d, v128.load(p + 3 * stride<T>()));
        p += 4 * stride<T>();
      }
      for (; i < n; i++) {
        a = v128.pmax<T>(a, v128.load(p));
        p += stride<T>();
      }
      v128.store(out + at, v128.pmax<T>(v128.pmax<T>(a, b), v128.pmax<T>(c, d)));
    }
  } else {
    for (let l: usize = 0; l < <usize>LANES; l++) {
      store<T>(out + l * sizeof<T>(), lane<T>(n, x + l * sizeof<T>()));
    }
  }
  return 0;
}

export function amax_f32(n: i32, x: usize, out: usize): i32 {
  return run<f32>(n, x, out);
}

export function amax_f64(n: i32, x: usize, out: usize): i32 {
  return run<f64>(n, x, out);
}
