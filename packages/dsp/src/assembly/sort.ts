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

function run<T>(n: i32, x: usize, y: usize, scratch: usize): i32 {
  memory.copy(y, x, <usize>n * stride<T>());
  const nan = replaceNan<T>(n, y, scratch);
  sortLanes<T>(n, y);
  for (let l = 0; nan != 0 && l < LANES; l++) {
    for (let i = n - load<i32>(scratch + 4 * l); i < n; i++)
      store<T>(y + <usize>i * stride<T>() + <usize>l * sizeof<T>(), <T>NaN);
  }
  return status(0, nan, 0);
}

/** The middle of the sorted samples, or the average of both in the middle. */
function middle<T>(n: i32, x: usize, out: usize, scratch: usize): i32 {
  memory.copy(scratch, x, <usize>n * stride<T>());
  sortLanes<T>(n, scratch);
  const high = scratch + <usize>(n >> 1) * stride<T>();
  const low = (n & 1) == 1 ? high : high - stride<T>();
  for (let l: usize = 0; l < stride<T>(); l += sizeof<T>())
    store<T>(out + l, <T>((<f64>load<T>(low + l) + <f64>load<T>(high + l)) / 2));
  return 0;
}

export function sort_f32(n: i32, x: usize, y: usize, scratch: usize): i32 {
  return run<f32>(n, x, y, scratch);
}

export function sort_f64(n: i32, x: usize, y: usize, scratch: usize): i32 {
  return run<f64>(n, x, y, scratch);
}

export function median_f32(n: i32, x: usize, out: usize, scratch: usize): i32 {
  return middle<f32>(n, x, out, scratch);
}

export function median_f64(n: i32, x: usize, out: usize, scratch: usize): i32 {
  return middle<f64>(n, x, out, scratch);
}
