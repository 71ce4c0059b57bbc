import { halves, LANES, laneBits, status, stride } from './lanes';

/** Lane by lane; for builds without vector instructions. */
function lanes<T>(n: i32, wIn: usize, baseline: usize, wOut: usize): i32 {
  let nan = 0;
  for (let lane = 0; lane < LANES; lane++) {
    const at = <usize>lane * sizeof<T>();
    const b = load<T>(baseline + at);
    let bad = false;
    for (let i: usize = 0; i < <usize>n; i++) {
      const y = <T>(load<T>(wIn + at + i * stride<T>()) - b);
      store<T>(wOut + at + i * stride<T>(), y);
      bad = bad || y != y;
    }
    if (bad) nan |= 1 << lane;
  }
  return status(0, nan, 0);
}

function vectors<T>(n: i32, wIn: usize, baseline: usize, wOut: usize): i32 {
  let nan = 0;
  for (let h = 0; h < halves<T>(); h++) {
    const at = <usize>h * 16;
    const b = v128.load(baseline + at);
    let bad = i32x4.splat(0);
    for (let i: usize = 0; i < <usize>n; i++) {
      const y = v128.sub<T>(v128.load(wIn + at + i * stride<T>()), b);
      v128.store(wOut + at + i * stride<T>(), y);
      bad = v128.or(bad, v128.ne<T>(y, y));
    }
    nan |= laneBits<T>(bad, h);
  }
  return status(0, nan, 0);
}

function run<T>(n: i32, wIn: usize, baseline: usize, wOut: usize): i32 {
  if (ASC_FEATURE_SIMD) return vectors<T>(n, wIn, baseline, wOut);
  return lanes<T>(n, wIn, baseline, wOut);
}

export function bl_subtract_f32(n: i32, wIn: usize, baseline: usize, wOut: usize): i32 {
  return run<f32>(n, wIn, baseline, wOut);
}

export function bl_subtract_f64(n: i32, wIn: usize, baseline: usize, wOut: usize): i32 {
  return run<f64>(n, wIn, baseline, wOut);
}
