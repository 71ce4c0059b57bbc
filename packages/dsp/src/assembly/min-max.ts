import { BLOCK, firstPlace } from './first-place';
import { halves, LANES, stride } from './lanes';

function lane<T>(n: i32, x: usize, tMin: usize, tMax: usize, aMin: usize, aMax: usize): void {
  let low = load<T>(x);
  let high = low;
  let atLow = 0;
  let atHigh = 0;
  for (let i = 1; i < n; i++) {
    const value = load<T>(x + <usize>i * stride<T>());
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

/**
 * Block by block: the extremes of a block take two instructions a sample; only when a block beats all before it is its
 * number kept. The place within the block is looked up once, at the end.
 */
function vectors<T>(n: i32, x: usize, tMin: usize, tMax: usize, aMin: usize, aMax: usize): void {
  const step = v128.splat<T>(<T>BLOCK);
  for (let h = 0; h < halves<T>(); h++) {
    const half = <usize>h * 16;
    let p = x + half;
    let low = v128.load(p);
    let high = low;
    let block = v128.splat<T>(<T>0);
    let lowBlock = block;
    let highBlock = block;
    for (let from = 0; from < n; from += BLOCK) {
      const count = min(BLOCK, n - from);
      let lowA = v128.load(p);
      let highA = lowA;
      let lowB = lowA;
      let highB = lowA;
      let i = 1;
      for (; i + 1 < count; i += 2) {
        const a = v128.load(p + <usize>i * stride<T>());
        const b = v128.load(p + <usize>(i + 1) * stride<T>());
        lowA = v128.pmin<T>(lowA, a);
        lowB = v128.pmin<T>(lowB, b);
        highA = v128.pmax<T>(highA, a);
        highB = v128.pmax<T>(highB, b);
      }
      if (i < count) {
        const a = v128.load(p + <usize>i * stride<T>());
        lowA = v128.pmin<T>(lowA, a);
        highA = v128.pmax<T>(highA, a);
      }
      lowA = v128.pmin<T>(lowA, lowB);
      highA = v128.pmax<T>(highA, highB);
      const isLow = v128.lt<T>(lowA, low);
      const isHigh = v128.gt<T>(highA, high);
      low = v128.bitselect(lowA, low, isLow);
      high = v128.bitselect(highA, high, isHigh);
      lowBlock = v128.bitselect(block, lowBlock, isLow);
      highBlock = v128.bitselect(block, highBlock, isHigh);
      block = v128.add<T>(block, step);
      p += <usize>BLOCK * stride<T>();
    }
    v128.store(tMin + half, lowBlock);
    v128.store(tMax + half, highBlock);
    v128.store(aMin + half, low);
    v128.store(aMax + half, high);
  }
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * sizeof<T>();
    store<T>(tMin + at, <T>firstPlace<T>(n, x + at, <i32>load<T>(tMin + at), load<T>(aMin + at)));
    store<T>(tMax + at, <T>firstPlace<T>(n, x + at, <i32>load<T>(tMax + at), load<T>(aMax + at)));
  }
}

export function min_max<F>(n: i32, x: usize, tMin: usize, tMax: usize, aMin: usize, aMax: usize): i32 {
  if (ASC_FEATURE_SIMD) {
    vectors<F>(n, x, tMin, tMax, aMin, aMax);
  } else {
    for (let l: usize = 0; l < <usize>LANES; l++) {
      const at = l * sizeof<F>();
      lane<F>(n, x + at, tMin + at, tMax + at, aMin + at, aMax + at);
    }
  }
  return 0;
}
