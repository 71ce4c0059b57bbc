import { WEIGHT } from './complex-lanes';
import { put, take } from './convolve-piece';
import { convolveAgain } from './convolve-sums';
import { notFinite } from './finite';
import { convolveCircular } from './fourier';
import { backwardPair, forwardPair, multiplyPair } from './fourier-scalar';
import { status, stride } from './lanes';

function circular<T>(length: i32, data: usize, weights: usize, spectrum: usize): void {
  if (ASC_FEATURE_SIMD) {
    convolveCircular<T>(length, data, weights, spectrum, spectrum);
  } else {
    for (let pair: usize = 0; pair < 2; pair++) {
      const at = data + pair * 2 * sizeof<T>();
      forwardPair<T>(length, at, weights);
      multiplyPair<T>(length, at, spectrum);
      backwardPair<T>(length, at, spectrum);
    }
  }
}

/**
 * Convolution with constant weights by transforms (see src/plans/convolution-plan.ts for the table). Taking the first
 * sample away before and adding its share after keeps the digits of pulses on a high baseline.
 */
function run<T>(
  n: i32,
  m: i32,
  p: i32,
  x: usize,
  kernel: usize,
  y: usize,
  data: usize,
  length: i32,
  start: i32,
  factors: i32,
  weights: usize,
): i32 {
  const spectrum = weights + <usize>factors * sizeof<T>();
  const sums = spectrum + <usize>length * WEIGHT * sizeof<T>();
  const bad = notFinite<T>(n, x);
  const fresh = length - m + 1;
  for (let done = 0; done < p; done += fresh) {
    take<T>(n, x, done + start - m + 1, length, bad, data);
    circular<T>(length, data, weights, spectrum);
    put<T>(
      min(fresh, p - done),
      data + <usize>(m - 1) * stride<T>(),
      x,
      sums + <usize>done * sizeof<T>(),
      y + <usize>done * stride<T>(),
    );
  }
  return status(0, convolveAgain<T>(bad, n, m, p, start, x, kernel, y), 0);
}

export function convolve_fourier<F>(
  n: i32,
  m: i32,
  p: i32,
  x: usize,
  kernel: usize,
  mode: usize,
  y: usize,
  scratch: usize,
  length: i32,
  start: i32,
  factors: i32,
  table: usize,
): i32 {
  return run<F>(n, m, p, x, kernel, y, scratch, length, start, factors, table);
}
