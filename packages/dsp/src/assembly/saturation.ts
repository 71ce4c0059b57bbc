import { halves, LANES, stride } from './lanes';

function lane<T>(n: i32, x: usize, top: T, low: usize, high: usize): void {
  let atZero = 0;
  let atTop = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    const value = load<T>(x + i * stride<T>());
    if (value == <T>0) atZero++;
    else if (value == top) atTop++;
  }
  store<T>(low, <T>atZero);
  store<T>(high, <T>atTop);
}

function vectors<T>(n: i32, x: usize, tops: usize, low: usize, high: usize): void {
  const one = v128.splat<T>(<T>1);
  const zero = v128.splat<T>(<T>0);
  for (let h: usize = 0; h < <usize>halves<T>(); h++) {
    const at = h * 16;
    const top = v128.load(tops + at);
    let atZero = zero;
    let atTop = zero;
    const end = x + <usize>n * stride<T>();
    for (let p = x + at; p < end; p += stride<T>()) {
      const value = v128.load(p);
      atZero = v128.add<T>(atZero, v128.and(one, v128.eq<T>(value, zero)));
      atTop = v128.add<T>(atTop, v128.and(one, v128.eq<T>(value, top)));
    }
    v128.store(low + at, atZero);
    v128.store(high + at, v128.bitselect(zero, atTop, v128.eq<T>(top, zero)));
  }
}

/** The upper codes are put where their counts will be. `full`: 2^B - 1, else 2^B - B. */
function run<T>(n: i32, x: usize, bits: usize, low: usize, high: usize, full: bool): i32 {
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * sizeof<T>();
    const depth = <f64>load<T>(bits + at);
    const top = <T>(Math.pow(2, depth) - (full ? 1 : depth));
    if (ASC_FEATURE_SIMD) store<T>(high + at, top);
    else lane<T>(n, x + at, top, low + at, high + at);
  }
  if (ASC_FEATURE_SIMD) vectors<T>(n, x, high, low, high);
  return 0;
}

export function saturation<F>(n: i32, x: usize, bits: usize, low: usize, high: usize): i32 {
  return run<F>(n, x, bits, low, high, false);
}
