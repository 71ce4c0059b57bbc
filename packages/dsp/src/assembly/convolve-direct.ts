import { convolveInside, convolveLane, oneVector } from './convolve-sums';
import { halves, LANES, laneBits, status, stride } from './lanes';

const VALID: i32 = 0x76; // v
const SAME: i32 = 0x73; // s

function vectors<T>(n: i32, m: i32, p: i32, start: i32, x: usize, kernel: usize, y: usize): i32 {
  let nan = 0;
  const first = min(max(m - 1 - start, 0), p);
  const last = max(min(n - start, p), first);
  for (let h = 0; h < halves<T>(); h++) {
    const half = <usize>h * 16;
    let bad = i32x4.splat(0);
    for (let j = 0; j < p; j++) {
      if (j == first && last > first) {
        const from = x + half + <usize>(j + start) * stride<T>();
        bad = v128.or(
          bad,
          convolveInside<T>(m, last - first, from, kernel + half, y + half + <usize>j * stride<T>()),
        );
        j = last - 1;
        continue;
      }
      const place = j + start;
      const sum = oneVector<T>(
        max(0, place - n + 1),
        min(m - 1, place),
        x + half + <usize>place * stride<T>(),
        kernel + half,
      );
      v128.store(y + half + <usize>j * stride<T>(), sum);
      bad = v128.or(bad, v128.ne<T>(sum, sum));
    }
    nan |= laneBits<T>(bad, h);
  }
  return nan;
}

/** Convolution by sums. `mode`: one letter for all lanes. */
function run<T>(n: i32, m: i32, p: i32, x: usize, kernel: usize, mode: usize, y: usize): i32 {
  const letter = <i32>load<i8>(mode);
  const start = letter == VALID ? m - 1 : letter == SAME ? (m - 1) / 2 : 0;
  let nan = 0;
  if (ASC_FEATURE_SIMD) {
    nan = vectors<T>(n, m, p, start, x, kernel, y);
  } else {
    for (let l = 0; l < LANES; l++) {
      const at = <usize>l * sizeof<T>();
      if (convolveLane<T>(n, m, p, start, x + at, kernel + at, y + at)) nan |= 1 << l;
    }
  }
  return status(0, nan, 0);
}

export function convolve_wf_f32(n: i32, m: i32, p: i32, x: usize, kernel: usize, mode: usize, y: usize): i32 {
  return run<f32>(n, m, p, x, kernel, mode, y);
}

export function convolve_wf_f64(n: i32, m: i32, p: i32, x: usize, kernel: usize, mode: usize, y: usize): i32 {
  return run<f64>(n, m, p, x, kernel, mode, y);
}

export function fft_convolve_wf_f32(
  n: i32,
  m: i32,
  p: i32,
  x: usize,
  kernel: usize,
  mode: usize,
  y: usize,
): i32 {
  return run<f32>(n, m, p, x, kernel, mode, y);
}

export function fft_convolve_wf_f64(
  n: i32,
  m: i32,
  p: i32,
  x: usize,
  kernel: usize,
  mode: usize,
  y: usize,
): i32 {
  return run<f64>(n, m, p, x, kernel, mode, y);
}
