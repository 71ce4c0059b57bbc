import { convolveInside } from './convolve-sums';
import { halves, LANES, laneBits, status, stride } from './lanes';

/** The sample at a place of the waveform mirrored at its ends, the edge sample not repeated. */
function mirrored(place: i32, n: i32): i32 {
  const at = place < 0 ? -place : place;
  return at > n - 1 ? 2 * (n - 1) - at : at;
}

function edge<T>(n: i32, m: i32, place: i32, x: usize, kernel: usize): v128 {
  let sum = v128.splat<T>(<T>0);
  for (let k = 0; k < m; k++) {
    const at = mirrored(place - k, n);
    if (at < 0) continue;
    const weight = v128.load(kernel + <usize>k * stride<T>());
    sum = v128.add<T>(sum, v128.mul<T>(weight, v128.load(x + <usize>at * stride<T>())));
  }
  return sum;
}

function vectors<T>(n: i32, m: i32, x: usize, kernel: usize, y: usize): i32 {
  const start = (m - 1) / 2;
  const first = m - 1 - start;
  const last = max(n - start, first);
  let nan = 0;
  for (let h = 0; h < halves<T>(); h++) {
    const half = <usize>h * 16;
    const inside = convolveInside<T>(
      m,
      last - first,
      x + half + <usize>(first + start) * stride<T>(),
      kernel + half,
      y + half + <usize>first * stride<T>(),
    );
    let bad = inside;
    for (let j = 0; j < n; j++) {
      if (j == first && last > first) j = last;
      if (j >= n) break;
      const sum = edge<T>(n, m, j + start, x + half, kernel + half);
      v128.store(y + half + <usize>j * stride<T>(), sum);
      bad = v128.or(bad, v128.ne<T>(sum, sum));
    }
    nan |= laneBits<T>(bad, h);
  }
  return nan;
}

function lane<T>(n: i32, m: i32, x: usize, kernel: usize, y: usize): bool {
  const start = (m - 1) / 2;
  let bad = false;
  for (let j = 0; j < n; j++) {
    let sum = 0.0;
    for (let k = 0; k < m; k++) {
      const at = mirrored(j + start - k, n);
      if (at < 0) continue;
      const sample = <f64>load<T>(x + <usize>at * stride<T>());
      sum += <f64>load<T>(kernel + <usize>k * stride<T>()) * sample;
    }
    store<T>(y + <usize>j * stride<T>(), <T>sum);
    bad = bad || sum != sum;
  }
  return bad;
}

/** "Same" convolution by sums; p is n. */
function run<T>(n: i32, m: i32, x: usize, kernel: usize, y: usize): i32 {
  let nan = 0;
  if (ASC_FEATURE_SIMD) {
    nan = vectors<T>(n, m, x, kernel, y);
  } else {
    for (let l = 0; l < LANES; l++) {
      const at = <usize>l * sizeof<T>();
      if (lane<T>(n, m, x + at, kernel + at, y + at)) nan |= 1 << l;
    }
  }
  return status(0, nan, 0);
}

export function reflected_convolve_wf_f32(n: i32, m: i32, p: i32, x: usize, kernel: usize, y: usize): i32 {
  return run<f32>(n, m, x, kernel, y);
}

export function reflected_convolve_wf_f64(n: i32, m: i32, p: i32, x: usize, kernel: usize, y: usize): i32 {
  return run<f64>(n, m, x, kernel, y);
}
