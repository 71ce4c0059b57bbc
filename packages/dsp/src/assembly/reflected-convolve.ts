import { convolveInside } from './convolve-sums';
import { halves, LANES, laneBits, status, stride } from './lanes';
import { nanLanes } from './subtract';

/** The sample at a place of the waveform mirrored at its ends, the edge sample not repeated; negative: there is none. */
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
    let bad = convolveInside<T>(
      m,
      last - first,
      x + half + <usize>(first + start) * stride<T>(),
      kernel + half,
      y + half + <usize>first * stride<T>(),
    );
    for (let j = 0; j < n; j++) {
      if (j == first && last > first) j = last;
      if (j >= n) break;
      const sum = edge<T>(n, m, j + start, x + half, kernel + half);
      v128.store(y + half + <usize>j * stride<T>(), sum);
      bad = v128.or(bad, v128.ne<T>(sum, sum));
    }
    nan |= laneBits<T>(bad, h);
  }
  return nan == 0 ? 0 : nanLanes<T>(n, y);
}

/** Results of a waveform of floats that are worked on together (the specification reserves memory for them). */
const STRIP: i32 = 128;

/** The floats of all lanes as doubles. */
function widen(value: v128, to: usize): void {
  v128.store(to, f64x2.promote_low_f32x4(value));
  v128.store(to, f64x2.promote_low_f32x4(v128.shuffle<i32>(value, value, 2, 3, 2, 3)), 16);
}

/** Samples [from, to) of the mirrored waveform as doubles; 0 where there is none. */
function widenMirrored(n: i32, x: usize, from: i32, to: i32, doubles: usize): void {
  for (let place = from; place < to; place++) {
    const at = mirrored(place, n);
    widen(at < 0 ? f32x4.splat(0) : v128.load(x + ((<usize>at) << 4)), doubles);
    doubles += stride<f64>();
  }
}

/** The same of places that need no mirror. */
function widenPlain(x: usize, count: i32, doubles: usize): void {
  const end = doubles + <usize>count * stride<f64>();
  for (
    const whole = doubles + <usize>(count & ~3) * stride<f64>();
    doubles < whole;
    doubles += 4 * stride<f64>()
  ) {
    widen(v128.load(x), doubles);
    widen(v128.load(x, 16), doubles + 32);
    widen(v128.load(x, 32), doubles + 64);
    widen(v128.load(x, 48), doubles + 96);
    x += 64;
  }
  for (; doubles < end; doubles += stride<f64>()) {
    widen(v128.load(x), doubles);
    x += 16;
  }
}

/** Floats convolved in double, strip by strip: only the samples of a strip are ever there as doubles. */
function strips(n: i32, m: i32, x: usize, kernel: usize, y: usize, doubles: usize): i32 {
  const behind = m / 2;
  const ahead = (m - 1) / 2;
  let bad = i32x4.splat(0);
  let other = bad;
  for (let j = 0; j < n; j += STRIP) {
    const count = min(STRIP, n - j);
    const from = j - behind;
    const to = j + count + ahead;
    if (from < 0 || to > n) widenMirrored(n, x, from, to, doubles);
    else widenPlain(x + ((<usize>from) << 4), to - from, doubles);
    const first = doubles + <usize>(m - 1) * stride<f64>();
    const result = y + <usize>j * stride<f64>();
    bad = v128.or(bad, convolveInside<f64>(m, count, first, kernel, result));
    other = v128.or(other, convolveInside<f64>(m, count, first + 16, kernel + 16, result + 16));
  }
  return v128.any_true(v128.or(bad, other)) ? nanLanes<f64>(n, y) : 0;
}

function lane<A, T>(n: i32, m: i32, x: usize, kernel: usize, y: usize): bool {
  const start = (m - 1) / 2;
  let bad = false;
  for (let j = 0; j < n; j++) {
    let sum = 0.0;
    for (let k = 0; k < m; k++) {
      const at = mirrored(j + start - k, n);
      if (at < 0) continue;
      const sample = <f64>load<A>(x + <usize>at * stride<A>());
      sum += <f64>load<T>(kernel + <usize>k * stride<T>()) * sample;
    }
    store<T>(y + <usize>j * stride<T>(), <T>sum);
    bad = bad || sum != sum;
  }
  return bad;
}

/** "Same" convolution by sums; p is n. A: the waveform's type, T: that of weights and results. */
function run<A, T>(n: i32, m: i32, x: usize, kernel: usize, y: usize, scratch: usize): i32 {
  let nan = 0;
  if (ASC_FEATURE_SIMD) {
    if (sizeof<A>() == sizeof<T>()) nan = vectors<T>(n, m, x, kernel, y);
    else nan = strips(n, m, x, kernel, y, scratch);
  } else {
    for (let l: usize = 0; l < <usize>LANES; l++) {
      const at = l * sizeof<T>();
      if (lane<A, T>(n, m, x + l * sizeof<A>(), kernel + at, y + at)) nan |= 1 << (<i32>l);
    }
  }
  return status(0, nan, 0);
}

export function reflected_convolve_wf<F>(
  n: i32,
  m: i32,
  p: i32,
  x: usize,
  kernel: usize,
  y: usize,
  scratch: usize,
): i32 {
  return run<F, F>(n, m, x, kernel, y, scratch);
}

/** Floats, with weights and results in double. */
export function reflected_convolve_wf_f32_f64(
  n: i32,
  m: i32,
  p: i32,
  x: usize,
  kernel: usize,
  y: usize,
  scratch: usize,
): i32 {
  return run<f32, f64>(n, m, x, kernel, y, scratch);
}
