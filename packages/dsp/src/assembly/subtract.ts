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
    const step = stride<T>();
    let bad = i32x4.splat(0);
    let p = wIn + at;
    let q = wOut + at;
    const end = p + <usize>(n & ~3) * step;
    const whole = p + <usize>n * step;
    for (; p < end; p += 4 * step) {
      const y0 = v128.sub<T>(v128.load(p), b);
      const y1 = v128.sub<T>(v128.load(p + step), b);
      const y2 = v128.sub<T>(v128.load(p + 2 * step), b);
      const y3 = v128.sub<T>(v128.load(p + 3 * step), b);
      v128.store(q, y0);
      v128.store(q + step, y1);
      v128.store(q + 2 * step, y2);
      v128.store(q + 3 * step, y3);
      const sum = v128.add<T>(v128.add<T>(y0, y1), v128.add<T>(y2, y3));
      bad = v128.or(bad, v128.ne<T>(sum, sum));
      q += 4 * step;
    }
    for (; p < whole; p += step) {
      const y = v128.sub<T>(v128.load(p), b);
      v128.store(q, y);
      bad = v128.or(bad, v128.ne<T>(y, y));
      q += step;
    }
    nan |= laneBits<T>(bad, h);
  }
  return nan == 0 ? 0 : status(0, nanLanes<T>(n, wOut), 0);
}

/** Lanes that hold a NaN. Asked when sums of four samples do, which infinite samples alone can bring about too. */
export function nanLanes<T>(n: i32, y: usize): i32 {
  let nan = 0;
  const end = y + <usize>n * stride<T>();
  for (let l = 0; l < LANES; l++) {
    for (let p = y + <usize>l * sizeof<T>(); p < end; p += stride<T>())
      if (isNaN<T>(load<T>(p))) nan |= 1 << l;
  }
  return nan;
}

/** Takes a number per row from every sample; the status word tells lanes with NaN. */
export function subtract<T>(n: i32, wIn: usize, baseline: usize, wOut: usize): i32 {
  if (ASC_FEATURE_SIMD) return vectors<T>(n, wIn, baseline, wOut);
  return lanes<T>(n, wIn, baseline, wOut);
}
