import { span, times, WEIGHT } from './complex-lanes';
import { put, take } from './convolve-piece';
import { convolveAgain } from './convolve-sums';
import { notFinite } from './finite';
import { backward, forward } from './fourier';
import { backwardPair, forwardPair } from './fourier-scalar';
import { halves, status, stride } from './lanes';

/**
 * Convolution with many weights of which few results are wanted: the weights are cut into parts of `reach`, the
 * waveform is transformed once for every part (from where the part begins to meet it), the products are added up, and
 * one transform leads back. See src/plans/convolution-plan.ts for the tables.
 */

/** The transforms of a waveform, part behind part. They depend on no weight: convolutions of one waveform share them. */
export function transform_parts<F>(
  n: i32,
  x: usize,
  out: usize,
  length: i32,
  parts: i32,
  reach: i32,
  start: i32,
  weights: usize,
): i32 {
  const bad = notFinite<F>(n, x);
  for (let part = 1; part <= parts; part++) {
    take<F>(n, x, start + 1 - part * reach, length, bad, out);
    if (ASC_FEATURE_SIMD) {
      forward<F>(length, out, weights);
    } else {
      forwardPair<F>(length, out, weights);
      forwardPair<F>(length, out + 2 * sizeof<F>(), weights);
    }
    out += span<F>(length);
  }
  return 0;
}

/** Sum of the parts' products with their spectra, frequency by frequency. */
function multiply<T>(length: i32, parts: i32, transformed: usize, spectra: usize, sum: usize): void {
  const part = span<T>(length);
  const one = WEIGHT * sizeof<T>();
  for (let k = 0; k < length; k++) {
    for (let h: usize = 0; h < <usize>halves<T>(); h++) {
      let p = transformed + h * 16;
      let q = spectra;
      let total = v128.splat<T>(<T>0);
      for (let i = 0; i < parts; i++) {
        total = v128.add<T>(total, times<T>(v128.load(p), q));
        p += part;
        q += one;
      }
      v128.store(sum + h * 16, total);
    }
    transformed += stride<T>();
    spectra += <usize>parts * one;
    sum += stride<T>();
  }
}

function multiplyScalar<T>(length: i32, parts: i32, transformed: usize, spectra: usize, sum: usize): void {
  const one = WEIGHT * sizeof<T>();
  for (let k = 0; k < length; k++) {
    for (let at: usize = 0; at < stride<T>(); at += 2 * sizeof<T>()) {
      let re = <T>0;
      let im = <T>0;
      for (let i = 0; i < parts; i++) {
        const p = transformed + at + span<T>(i * length);
        const q = spectra + <usize>i * one;
        const cosine = load<T>(q);
        const sine = load<T>(q + 2 * sizeof<T>());
        const a = load<T>(p);
        const b = load<T>(p + sizeof<T>());
        re = <T>(re + a * cosine - b * sine);
        im = <T>(im + b * cosine + a * sine);
      }
      store<T>(sum + at, re);
      store<T>(sum + at + sizeof<T>(), im);
    }
    transformed += stride<T>();
    spectra += <usize>parts * one;
    sum += stride<T>();
  }
}

function run<T>(
  n: i32,
  m: i32,
  p: i32,
  x: usize,
  kernel: usize,
  y: usize,
  data: usize,
  length: i32,
  parts: i32,
  reach: i32,
  start: i32,
  factors: i32,
  table: usize,
  transformed: usize,
): i32 {
  const spectra = table + <usize>factors * sizeof<T>();
  const sums = spectra + <usize>(parts * length) * WEIGHT * sizeof<T>();
  if (ASC_FEATURE_SIMD) {
    multiply<T>(length, parts, transformed, spectra, data);
    backward<T>(length, data, spectra);
  } else {
    multiplyScalar<T>(length, parts, transformed, spectra, data);
    backwardPair<T>(length, data, spectra);
    backwardPair<T>(length, data + 2 * sizeof<T>(), spectra);
  }
  put<T>(p, data + <usize>(reach - 1) * stride<T>(), x, sums, y);
  const bad = notFinite<T>(n, x);
  return status(0, convolveAgain<T>(bad, n, m, p, start, x, kernel, y), 0);
}

export function convolve_parts<F>(
  n: i32,
  m: i32,
  p: i32,
  x: usize,
  kernel: usize,
  mode: usize,
  y: usize,
  scratch: usize,
  length: i32,
  parts: i32,
  reach: i32,
  start: i32,
  factors: i32,
  table: usize,
  transformed: usize,
): i32 {
  return run<F>(n, m, p, x, kernel, y, scratch, length, parts, reach, start, factors, table, transformed);
}
