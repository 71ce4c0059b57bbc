import { halves, LANES, loadPair, storePair, stride } from './lanes';

/** numpy's functions along the samples. NaN never gets here, but for argmax and argmin, which give its place. */

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
function spread<T>(n: i32, x: usize, out: usize, spare: usize): i32 {
  smallest<T>(n, x, out);
  largest<T>(n, x, spare);
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * sizeof<T>();
    store<T>(out + at, <T>(load<T>(spare + at) - load<T>(out + at)));
  }
  return 0;
}

/** Sums of all lanes in double, at `sums`. */
function total<T>(n: i32, x: usize, sums: usize): void {
  if (ASC_FEATURE_SIMD) {
    const half = 2 * sizeof<T>();
    let a0 = f64x2.splat(0);
    let a1 = a0;
    let b0 = a0;
    let b1 = a0;
    let i = 0;
    for (; i + 2 <= n; i += 2) {
      a0 = f64x2.add(a0, loadPair<T>(x));
      a1 = f64x2.add(a1, loadPair<T>(x + half));
      b0 = f64x2.add(b0, loadPair<T>(x + stride<T>()));
      b1 = f64x2.add(b1, loadPair<T>(x + stride<T>() + half));
      x += 2 * stride<T>();
    }
    if (i < n) {
      a0 = f64x2.add(a0, loadPair<T>(x));
      a1 = f64x2.add(a1, loadPair<T>(x + half));
    }
    v128.store(sums, f64x2.add(a0, b0));
    v128.store(sums, f64x2.add(a1, b1), 16);
    return;
  }
  for (let l: usize = 0; l < <usize>LANES; l++) {
    let sum = 0.0;
    for (let i: usize = 0; i < <usize>n; i++) sum += <f64>load<T>(x + l * sizeof<T>() + i * stride<T>());
    store<f64>(sums + l * 8, sum);
  }
}

/** Sum times a factor. */
function scaled<T>(n: i32, x: usize, divisor: f64, out: usize, sums: usize): i32 {
  total<T>(n, x, sums);
  for (let l: usize = 0; l < <usize>LANES; l++)
    store<T>(out + l * sizeof<T>(), <T>(load<f64>(sums + l * 8) / divisor));
  return 0;
}

/** Root of the mean square distance from the mean. */
function deviation<T>(n: i32, x: usize, out: usize, sums: usize): i32 {
  total<T>(n, x, sums);
  const count = <f64>n;
  if (ASC_FEATURE_SIMD) {
    for (let h: usize = 0; h < 2; h++) {
      const mean = f64x2.div(v128.load(sums + h * 16), f64x2.splat(count));
      let squares = f64x2.splat(0);
      for (let i: usize = 0; i < <usize>n; i++) {
        const d = f64x2.sub(loadPair<T>(x + h * 2 * sizeof<T>() + i * stride<T>()), mean);
        squares = f64x2.add(squares, f64x2.mul(d, d));
      }
      storePair<T>(out + h * 2 * sizeof<T>(), f64x2.sqrt(f64x2.div(squares, f64x2.splat(count))));
    }
    return 0;
  }
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const mean = load<f64>(sums + l * 8) / count;
    let squares = 0.0;
    for (let i: usize = 0; i < <usize>n; i++) {
      const d = <f64>load<T>(x + l * sizeof<T>() + i * stride<T>()) - mean;
      squares += d * d;
    }
    store<T>(out + l * sizeof<T>(), <T>Math.sqrt(squares / count));
  }
  return 0;
}

/** Running sum in double. */
function running<T>(n: i32, x: usize, y: usize): i32 {
  let nan = 0;
  if (ASC_FEATURE_SIMD) {
    const half = 2 * sizeof<T>();
    let s0 = f64x2.splat(0);
    let s1 = s0;
    for (let i: usize = 0; i < <usize>n; i++) {
      s0 = f64x2.add(s0, loadPair<T>(x + i * stride<T>()));
      s1 = f64x2.add(s1, loadPair<T>(x + i * stride<T>() + half));
      storePair<T>(y + i * stride<T>(), s0);
      storePair<T>(y + i * stride<T>() + half, s1);
    }
    return (i64x2.bitmask(f64x2.ne(s0, s0)) | (i64x2.bitmask(f64x2.ne(s1, s1)) << 2)) << 4;
  }
  for (let l = 0; l < LANES; l++) {
    const at = <usize>l * sizeof<T>();
    let sum = 0.0;
    for (let i: usize = 0; i < <usize>n; i++) {
      sum += <f64>load<T>(x + at + i * stride<T>());
      store<T>(y + at + i * stride<T>(), <T>sum);
    }
    if (sum != sum) nan |= 1 << l;
  }
  return nan << 4;
}

/** Place of the first largest (or smallest) sample of each lane, or of its first NaN. */
function place<T>(n: i32, x: usize, isLargest: bool, out: usize): i32 {
  if (ASC_FEATURE_SIMD) {
    const one = v128.splat<T>(<T>1);
    for (let h: usize = 0; h < <usize>halves<T>(); h++) {
      let best = v128.load(x + h * 16);
      let at = v128.splat<T>(<T>0);
      let index = at;
      for (let i: usize = 1; i < <usize>n; i++) {
        const value = v128.load(x + h * 16 + i * stride<T>());
        index = v128.add<T>(index, one);
        const better = isLargest ? v128.gt<T>(value, best) : v128.lt<T>(value, best);
        const isFirstNan = v128.and(v128.ne<T>(value, value), v128.eq<T>(best, best));
        const isNew = v128.or(better, isFirstNan);
        best = v128.bitselect(value, best, isNew);
        at = v128.bitselect(index, at, isNew);
      }
      v128.store(out + h * 16, at);
    }
    return 0;
  }
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const p = x + l * sizeof<T>();
    let best = load<T>(p);
    let at = 0;
    for (let i = 1; i < n && best == best; i++) {
      const value = load<T>(p + <usize>i * stride<T>());
      if ((isLargest ? value > best : value < best) || value != value) {
        best = value;
        at = i;
      }
    }
    store<T>(out + l * sizeof<T>(), <T>at);
  }
  return 0;
}

export function amin_f32(n: i32, x: usize, out: usize): i32 {
  smallest<f32>(n, x, out);
  return 0;
}

export function amin_f64(n: i32, x: usize, out: usize): i32 {
  smallest<f64>(n, x, out);
  return 0;
}

export function ptp_f32(n: i32, x: usize, out: usize, scratch: usize): i32 {
  return spread<f32>(n, x, out, scratch);
}

export function ptp_f64(n: i32, x: usize, out: usize, scratch: usize): i32 {
  return spread<f64>(n, x, out, scratch);
}

export function sum_f32(n: i32, x: usize, out: usize, scratch: usize): i32 {
  return scaled<f32>(n, x, 1, out, scratch);
}

export function sum_f64(n: i32, x: usize, out: usize, scratch: usize): i32 {
  return scaled<f64>(n, x, 1, out, scratch);
}

export function mean_f32(n: i32, x: usize, out: usize, scratch: usize): i32 {
  return scaled<f32>(n, x, <f64>n, out, scratch);
}

export function mean_f64(n: i32, x: usize, out: usize, scratch: usize): i32 {
  return scaled<f64>(n, x, <f64>n, out, scratch);
}

export function std_f32(n: i32, x: usize, out: usize, scratch: usize): i32 {
  return deviation<f32>(n, x, out, scratch);
}

export function std_f64(n: i32, x: usize, out: usize, scratch: usize): i32 {
  return deviation<f64>(n, x, out, scratch);
}

export function argmax_f32(n: i32, x: usize, out: usize): i32 {
  return place<f32>(n, x, true, out);
}

export function argmax_f64(n: i32, x: usize, out: usize): i32 {
  return place<f64>(n, x, true, out);
}

export function argmin_f32(n: i32, x: usize, out: usize): i32 {
  return place<f32>(n, x, false, out);
}

export function argmin_f64(n: i32, x: usize, out: usize): i32 {
  return place<f64>(n, x, false, out);
}

export function cumsum_f32(n: i32, x: usize, y: usize): i32 {
  return running<f32>(n, x, y);
}

export function cumsum_f64(n: i32, x: usize, y: usize): i32 {
  return running<f64>(n, x, y);
}
