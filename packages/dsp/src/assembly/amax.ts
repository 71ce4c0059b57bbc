import { halves, LANES, stride } from './lanes';

function lane<T>(n: i32, x: usize): T {
  let best = load<T>(x);
  for (let i: usize = 1; i < <usize>n; i++) {
    const value = load<T>(x + i * stride<T>());
    if (value > best) best = value;
  }
  return best;
}

export function amax<F>(n: i32, x: usize, out: usize): i32 {
  if (ASC_FEATURE_SIMD) {
    for (let h = 0; h < halves<F>(); h++) {
      const at = <usize>h * 16;
      let p = x + at;
      let a = v128.load(p);
      let b = a;
      let c = a;
      let d = a;
      let i = 0;
      for (; i + 4 <= n; i += 4) {
        a = v128.pmax<F>(a, v128.load(p));
        b = v128.pmax<F>(b, v128.load(p + stride<F>()));
        c = v128.pmax<F>(c, v128.load(p + 2 * stride<F>()));
        d = v128.pmax<F>(d, v128.load(p + 3 * stride<F>()));
        p += 4 * stride<F>();
      }
      for (; i < n; i++) {
        a = v128.pmax<F>(a, v128.load(p));
        p += stride<F>();
      }
      v128.store(out + at, v128.pmax<F>(v128.pmax<F>(a, b), v128.pmax<F>(c, d)));
    }
  } else {
    for (let l: usize = 0; l < <usize>LANES; l++) {
      store<F>(out + l * sizeof<F>(), lane<F>(n, x + l * sizeof<F>()));
    }
  }
  return 0;
}
