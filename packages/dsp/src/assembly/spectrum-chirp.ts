import { span, times, WEIGHT } from './complex-lanes';
import { notFinite } from './finite';
import { convolveCircular, pairPower } from './fourier';
import { backwardPair, forwardPair, multiplyPair } from './fourier-scalar';
import { LANES, loadPair, status, storePair, stride } from './lanes';
import { clearComplex } from './spectrum-order';
import { nanLanes } from './subtract';

/**
 * Transforms of any length, in double, as a convolution with a chirp (Bluestein): X_k = w_k sum of (x_j w_j) conj(w_{k-j}) with
 * w_j = exp(-i pi j^2 / n). Two waveforms go through as one complex waveform Z; their own transforms are
 * (Z_k + conj Z_{n-k}) / 2 and (Z_k - conj Z_{n-k}) / 2i.
 */

/** The waveform in double, [sample][lane], zeros in the lanes of `bad`. */
function widen<T>(n: i32, x: usize, bad: i32, data: usize): void {
  const end = data + span<f64>(n);
  if (ASC_FEATURE_SIMD) {
    for (let q = data; q < end; q += 16) {
      v128.store(q, loadPair<T>(x));
      x += 2 * sizeof<T>();
    }
  } else {
    for (let q = data; q < end; q += 8) {
      store<f64>(q, <f64>load<T>(x));
      x += sizeof<T>();
    }
  }
  for (let l = 0; l < LANES; l++) {
    if ((bad & (1 << l)) == 0) continue;
    for (let q = data + <usize>l * 8; q < end; q += stride<f64>()) store<f64>(q, 0);
  }
}

/** Writes NaN into the results of the lanes of `bad`; the status word. */
function spoil<T>(m: i32, out: usize, bad: i32): i32 {
  for (let l = 0; l < LANES; l++) {
    if ((bad & (1 << l)) == 0) continue;
    for (let k: usize = 0; k < <usize>m; k++)
      store<T>(out + k * stride<T>() + <usize>l * sizeof<T>(), <T>NaN);
  }
  return status(0, bad, 0);
}

/** Powers of frequency k from the two places in the transform of n samples. */
function power<T>(n: i32, here: usize, there: usize, out: usize): void {
  const quarter = 0.25 / <f64>n;
  if (ASC_FEATURE_SIMD) {
    const scale = f64x2.splat(quarter);
    for (let h: usize = 0; h < 2; h++) {
      const both = pairPower<f64>(v128.load(here + h * 16), v128.load(there + h * 16));
      storePair<T>(out + h * 2 * sizeof<T>(), f64x2.mul(both, scale));
    }
    return;
  }
  for (let l: usize = 0; l < <usize>LANES; l += 2) {
    const at = l * 8;
    const sumRe = load<f64>(here + at) + load<f64>(there + at);
    const sumIm = load<f64>(here + at + 8) + load<f64>(there + at + 8);
    const gapRe = load<f64>(here + at) - load<f64>(there + at);
    const gapIm = load<f64>(here + at + 8) - load<f64>(there + at + 8);
    store<T>(out + l * sizeof<T>(), <T>((sumRe * sumRe + gapIm * gapIm) * quarter));
    store<T>(out + (l + 1) * sizeof<T>(), <T>((sumIm * sumIm + gapRe * gapRe) * quarter));
  }
}

/** Every sample times its weight. */
function weigh(n: i32, data: usize, weights: usize): void {
  for (let i = 0; i < n; i++) {
    if (ASC_FEATURE_SIMD) {
      v128.store(data, times<f64>(v128.load(data), weights));
      v128.store(data, times<f64>(v128.load(data, 16), weights), 16);
    } else {
      multiplyPair<f64>(1, data, weights);
      multiplyPair<f64>(1, data + 16, weights);
    }
    data += stride<f64>();
    weights += WEIGHT * 8;
  }
}

/** Transforms n complex numbers. Behind the weights of `length`: the chirp's spectrum, then w. */
function chirp(n: i32, data: usize, length: i32, factors: i32, weights: usize): void {
  const spectrum = weights + <usize>factors * 8;
  const w = spectrum + <usize>length * WEIGHT * 8;
  weigh(n, data, w);
  memory.fill(data + span<f64>(n), 0, span<f64>(length - n));
  if (ASC_FEATURE_SIMD) {
    convolveCircular<f64>(length, data, weights, spectrum, spectrum);
  } else {
    for (let pair: usize = 0; pair < 32; pair += 16) {
      forwardPair<f64>(length, data + pair, weights);
      multiplyPair<f64>(length, data + pair, spectrum);
      backwardPair<f64>(length, data + pair, spectrum);
    }
  }
  weigh(n, data, w);
}

export function psd_chirp<F>(
  n: i32,
  m: i32,
  x: usize,
  out: usize,
  data: usize,
  length: i32,
  factors: i32,
  weights: usize,
): i32 {
  const bad = notFinite<F>(n, x);
  widen<F>(n, x, bad, data);
  chirp(n, data, length, factors, weights);
  for (let k = 0; k < m; k++) {
    const there = data + span<f64>(k == 0 ? 0 : n - k);
    power<F>(n, data + span<f64>(k), there, out + <usize>k * stride<F>());
  }
  return spoil<F>(m, out, bad);
}

/** Frequency k of both waveforms of every pair, as complex numbers. */
function separate<T>(here: usize, there: usize, out: usize): void {
  for (let l: usize = 0; l < <usize>LANES; l += 2) {
    const at = l * 8;
    const a = load<f64>(here + at);
    const b = load<f64>(here + at, 8);
    const c = load<f64>(there + at);
    const d = load<f64>(there + at, 8);
    const to = out + l * sizeof<T>();
    store<T>(to, <T>(0.5 * (a + c)));
    store<T>(to, <T>(0.5 * (b + d)), sizeof<T>());
    store<T>(to + stride<T>(), <T>(0.5 * (b - d)));
    store<T>(to + stride<T>(), <T>(0.5 * (c - a)), sizeof<T>());
  }
}

export function fft_chirp<F>(
  n: i32,
  m: i32,
  x: usize,
  out: usize,
  data: usize,
  length: i32,
  factors: i32,
  weights: usize,
): i32 {
  const bad = notFinite<F>(n, x);
  widen<F>(n, x, bad, data);
  chirp(n, data, length, factors, weights);
  for (let k = 0; k < m; k++) {
    const there = data + span<f64>(k == 0 ? 0 : n - k);
    separate<F>(data + span<f64>(k), there, out + 2 * <usize>k * stride<F>());
  }
  if (bad == 0) return 0;
  spoil<F>(2 * m, out, bad);
  clearComplex<F>(m, out, nanLanes<F>(n, x));
  return status(0, bad, 0);
}

/** conj(X_a + i X_b) / m of every pair of spectra, of which a forward transform makes the waveforms a and -b. */
function join<T>(m: i32, x: usize, bad: i32, data: usize): void {
  const scale = 1 / <f64>m;
  for (let k = 0; k < m; k++) {
    const isMirrored = 2 * k > m;
    const source = isMirrored ? m - k : k;
    const sign = source == 0 || 2 * source == m ? 0.0 : isMirrored ? -1.0 : 1.0;
    const from = x + 2 * <usize>source * stride<T>();
    for (let l: usize = 0; l < <usize>LANES; l += 2) {
      const a = from + l * sizeof<T>();
      const bits = bad >> <i32>l;
      const ar = (bits & 1) == 0 ? <f64>load<T>(a) : 0;
      const ai = (bits & 1) == 0 && sign != 0 ? sign * <f64>load<T>(a + stride<T>()) : 0;
      const br = (bits & 2) == 0 ? <f64>load<T>(a, sizeof<T>()) : 0;
      const bi = (bits & 2) == 0 && sign != 0 ? sign * <f64>load<T>(a + stride<T>(), sizeof<T>()) : 0;
      store<f64>(data + l * 8, (ar - bi) * scale);
      store<f64>(data + l * 8, -(ai + br) * scale, 8);
    }
    data += stride<f64>();
  }
}

export function ifft_chirp<F>(
  n: i32,
  m: i32,
  x: usize,
  out: usize,
  data: usize,
  length: i32,
  factors: i32,
  weights: usize,
): i32 {
  const bad = notFinite<F>(2 * n, x);
  join<F>(m, x, bad, data);
  chirp(m, data, length, factors, weights);
  for (let i: usize = 0; i < <usize>(m * LANES); i++) {
    const value = load<f64>(data + i * 8);
    store<F>(out + i * sizeof<F>(), <F>((i & 1) == 0 ? value : -value));
  }
  return spoil<F>(m, out, bad);
}
