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
      const at = (<usize>h) * 16;
      let best = v128.load(x + at);
      for (let i: usize = 1; i < <usize>n; i++) {
        best = v128.pmax<T>(best, v128.load(x + at + i * stride<T>()));
      }
      v128.store(out + at, best);
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
