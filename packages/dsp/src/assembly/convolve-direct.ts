import { convolveLane, convolveVectors } from './convolve-sums';
import { LANES, status } from './lanes';

const VALID: i32 = 0x76; // v
const SAME: i32 = 0x73; // s

/** Convolution by sums. `mode`: one letter for all lanes. */
function run<T>(n: i32, m: i32, p: i32, x: usize, kernel: usize, mode: usize, y: usize): i32 {
  const letter = <i32>load<i8>(mode);
  const start = letter == VALID ? m - 1 : letter == SAME ? (m - 1) / 2 : 0;
  let nan = 0;
  if (ASC_FEATURE_SIMD) {
    nan = convolveVectors<T>(n, m, p, start, x, kernel, y);
  } else {
    for (let l = 0; l < LANES; l++) {
      const at = <usize>l * sizeof<T>();
      if (convolveLane<T>(n, m, p, start, x + at, kernel + at, y + at)) nan |= 1 << l;
    }
  }
  return status(0, nan, 0);
}

export function convolve_wf<F>(n: i32, m: i32, p: i32, x: usize, kernel: usize, mode: usize, y: usize): i32 {
  return run<F>(n, m, p, x, kernel, mode, y);
}

export function fft_convolve_wf<F>(
  n: i32,
  m: i32,
  p: i32,
  x: usize,
  kernel: usize,
  mode: usize,
  y: usize,
): i32 {
  return run<F>(n, m, p, x, kernel, mode, y);
}
