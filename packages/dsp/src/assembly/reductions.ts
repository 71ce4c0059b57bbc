import { halves, LANES, stride } from './lanes';
import { total } from './sums';

/** numpy's functions along the samples. NaN never gets here. */

function smallest<T>(n: i32, x: usize, out: usize): void {
  if (ASC_FEATURE_SIMD) {
    for (let h: usize = 0; h < <usize>halves<T>(); h++) {
      const at = x + h * 16;
      let a = v128.load(at);
      let b = a;
      let i: usize = 1;
      for (; i + 1 < <usize>n; i += 2) {
        a = v128.pmin<T>(a, v128.load(at + i * stride<T>()));
        b = v128.pmin<T>(b, v128.load(at + (i + 1) * stride<T>()));
      }
      if (i < <usize>n) a = v128.pmin<T>(a, v128.load(at + i * stride<T>()));
      v128.store(out + h * 16, v128.pmin<T>(a, b));
    }
    return;
  }
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = x + l * sizeof<T>();
    let best = load<T>(at);
    for (let i: usize = 1; i < <usize>n; i++) {
      const value = load<T>(at + i * stride<T>());
      if (value < best) best = value;
    }
    store<T>(out + l * sizeof<T>(), best);
  }
}

function largest<T>(n: i32, x: usize, out: usize): void {
  if (ASC_FEATURE_SIMD) {
    for (let h: usize = 0; h < <usize>halves<T>(); h++) {
      const at = x + h * 16;
      let a = v128.load(at);
      let b = a;
      let i: usize = 1;
      for (; i + 1 < <usize>n; i += 2) {
        a = v128.pmax<T>(a, v128.load(at + i * stride<T>()));
        b = v128.pmax<T>(b, v128.load(at + (i + 1) * stride<T>()));
      }
      if (i < <usize>n) a = v128.pmax<T>(a, v128.load(at + i * stride<T>()));
      v128.store(out + h * 16, v128.pmax<T>(a, b));
    }
    return;
  }
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = x + l * sizeof<T>();
    let best = load<T>(at);
    for (let i: usize = 1; i < <usize>n; i++) {
      const value = load<T>(at + i * stride<T>());
      if (value > best) best = value;
    }
    store<T>(out + l * sizeof<T>(), best);
  }
}

/** Largest less smallest; `out` holds the smallest meanwhile. */
export function ptp<F>(n: i32, x: usize, out: usize, spare: usize): i32 {
  smallest<F>(n, x, out);
  largest<F>(n, x, spare);
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * sizeof<F>();
    store<F>(out + at, <F>(load<F>(spare + at) - load<F>(out + at)));
  }
  return 0;
}

/** Sum times a factor. */
function scaled<T>(n: i32, x: usize, divisor: f64, out: usize, sums: usize): i32 {
  total<T>(n, x, sums);
  for (let l: usize = 0; l < <usize>LANES; l++)
    store<T>(out + l * sizeof<T>(), <T>(load<f64>(sums + l * 8) / divisor));
  return 0;
}

export function amin<F>(n: i32, x: usize, out: usize): i32 {
  smallest<F>(n, x, out);
  return 0;
}

export function sum<F>(n: i32, x: usize, out: usize, scratch: usize): i32 {
  return scaled<F>(n, x, 1, out, scratch);
}

export function mean<F>(n: i32, x: usize, out: usize, scratch: usize): i32 {
  return scaled<F>(n, x, <f64>n, out, scratch);
}
