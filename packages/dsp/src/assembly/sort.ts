import { halves, LANES, nanBits, status, stride } from './lanes';
import { sortLanes } from './sort-lanes';

/** Puts infinity in the place of every NaN, counts them per lane at `counts`, and returns the lanes that have any. */
function replaceNan<T>(n: i32, x: usize, counts: usize): i32 {
  let found = 0;
  memory.fill(counts, 0, 4 * LANES);
  const end = x + <usize>n * stride<T>();
  for (; x < end; x += stride<T>()) {
    if (ASC_FEATURE_SIMD) {
      let bits = 0;
      for (let h = 0; h < halves<T>(); h++) bits |= nanBits<T>(v128.load(x + <usize>h * 16), h);
      if (bits == 0) continue;
    }
    for (let l = 0; l < LANES; l++) {
      const at = x + <usize>l * sizeof<T>();
      if (load<T>(at) == load<T>(at)) continue;
      store<T>(at, <T>Infinity);
      store<i32>(counts + 4 * l, load<i32>(counts + 4 * l) + 1);
      found |= 1 << l;
    }
  }
  return found;
}

/** NaN goes to the end. */
export function sort<F>(n: i32, x: usize, y: usize, scratch: usize): i32 {
  memory.copy(y, x, <usize>n * stride<F>());
  const nan = replaceNan<F>(n, y, scratch);
  sortLanes<F>(n, y);
  for (let l = 0; nan != 0 && l < LANES; l++) {
    for (let i = n - load<i32>(scratch + 4 * l); i < n; i++)
      store<F>(y + <usize>i * stride<F>() + <usize>l * sizeof<F>(), <F>NaN);
  }
  return status(0, nan, 0);
}

/** The middle of the sorted samples, or the average of both in the middle. */
export function median<F>(n: i32, x: usize, out: usize, scratch: usize): i32 {
  memory.copy(scratch, x, <usize>n * stride<F>());
  sortLanes<F>(n, scratch);
  const high = scratch + <usize>(n >> 1) * stride<F>();
  const low = (n & 1) == 1 ? high : high - stride<F>();
  for (let l: usize = 0; l < stride<F>(); l += sizeof<F>())
    store<F>(out + l, <F>((<f64>load<F>(low + l) + <f64>load<F>(high + l)) / 2));
  return 0;
}
