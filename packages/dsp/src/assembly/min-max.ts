import { halves, LANES, stride } from './lanes';

function lane<T>(n: i32, x: usize, tMin: usize, tMax: usize, aMin: usize, aMax: usize): void {
  let low = load<T>(x);
  let high = low;
  let atLow = 0;
  let atHigh = 0;
  for (let i = 1; i < n; i++) {
    const value = load<T>(x + (<usize>i) * stride<T>());
    if (value < low) {
      low = value;
      atLow = i;
    }
    if (value > high) {
      high = value;
      atHigh = i;
    }
  }
  store<T>(tMin, <T>atLow);
  store<T>(tMax, <T>atHigh);
  store<T>(aMin, low);
  store<T>(aMax, high);
}

function vectors<T>(n: i32, x: usize, tMin: usize, tMax: usize, aMin: usize, aMax: usize): void {
  const one = v128.splat<T>(<T>1);
  for (let h = 0; h < halves<T>(); h++) {
    const at = (<usize>h) * 16;
    let low = v128.load(x + at);
    let high = low;
    let index = v128.splat<T>(<T>0);
    let atLow = index;
    let atHigh = index;
    for (let i: usize = 1; i < <usize>n; i++) {
      const value = v128.load(x + at + i * stride<T>());
      index = v128.add<T>(index, one);
      const isLow = v128.lt<T>(value, low);
      const isHigh = v128.gt<T>(value, high);
      low = v128.bitselect(value, low, isLow);
      high = v128.bitselect(value, high, isHigh);
      atLow = v128.bitselect(index, atLow, isLow);
      atHigh = v128.bitselect(index, atHigh, isHigh);
    }
    v128.store(tMin + at, atLow);
    v128.store(tMax + at, atHigh);
    v128.store(aMin + at, low);
    v128.store(aMax + at, high);
  }
}

function run<T>(n: i32, x: usize, tMin: usize, tMax: usize, aMin: usize, aMax: usize): i32 {
  if (ASC_FEATURE_SIMD) {
    vectors<T>(n, x, tMin, tMax, aMin, aMax);
  } else {
    for (let l: usize = 0; l < <usize>LANES; l++) {
      const at = l * sizeof<T>();
      lane<T>(n, x + at, tMin + at, tMax + at, aMin + at, aMax + at);
    }
  }
  return 0;
}

export function min_max_f32(n: i32, x: usize, tMin: usize, tMax: usize, aMin: usize, aMax: usize): i32 {
  return run<f32>(n, x, tMin, tMax, aMin, aMax);
}

export function min_max_f64(n: i32, x: usize, tMin: usize, tMax: usize, aMin: usize, aMax: usize): i32 {
  return run<f64>(n, x, tMin, tMax, aMin, aMax);
}
