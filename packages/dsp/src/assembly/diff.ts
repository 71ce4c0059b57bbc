import { status, stride } from './lanes';
import { nanLanes } from './subtract';

/** Every sample less the one before: m = n - 1 differences. Samples of all lanes lie in a row, so both builds go through all. */
export function diff<F>(n: i32, m: i32, x: usize, y: usize): i32 {
  const end = y + <usize>m * stride<F>();
  if (ASC_FEATURE_SIMD) {
    let bad = i32x4.splat(0);
    let to = y;
    for (; to < end; to += 16) {
      const difference = v128.sub<F>(v128.load(x + stride<F>()), v128.load(x));
      v128.store(to, difference);
      bad = v128.or(bad, v128.ne<F>(difference, difference));
      x += 16;
    }
    return v128.any_true(bad) ? status(0, nanLanes<F>(m, y), 0) : 0;
  }
  for (let to = y; to < end; to += sizeof<F>()) {
    store<F>(to, <F>(load<F>(x + stride<F>()) - load<F>(x)));
    x += sizeof<F>();
  }
  return status(0, nanLanes<F>(m, y), 0);
}
