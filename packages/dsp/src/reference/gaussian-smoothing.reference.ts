import type { Numbers } from '../spec/kernel-spec.js';

/** Weights of a Gaussian of sum 1 from -half to half width. */
function gaussian(sigma: number, half: number): Float64Array {
  const weights = Float64Array.from({ length: 2 * half + 1 }, (_, i) =>
    sigma === 0 ? 1 : Math.exp(-((i - half) ** 2) / (2 * sigma * sigma)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function halfWidth(sigma: number, truncate: number): number {
  return Math.floor(truncate * sigma + 0.5);
}

/** Samples of the window of a Gaussian of width `sigma`, cut off at `truncate` times that. */
export function gaussianWindow(sigma: number, truncate: number): number {
  return 2 * halfWidth(sigma, truncate) + 1;
}

/**
 * Weights of every place of such a window at the edges of a waveform: what the Gaussian has beyond the first or the last sample
 * falls on the samples that are mirrored there.
 */
export function gaussianRows(sigma: number, truncate: number): Float64Array[] {
  const half = halfWidth(sigma, truncate);
  const size = 2 * half + 1;
  const weights = gaussian(sigma, half);
  return Array.from({ length: size }, (_, place) => {
    const row = new Float64Array(size);
    weights.forEach((weight, k) => {
      const at = place + k - half;
      const inside = at < 0 ? -1 - at : at >= size ? 2 * size - 1 - at : at;
      row[inside] = row[inside]! + weight;
    });
    return row;
  });
}

/** Convolution with a Gaussian; beyond its ends the waveform is mirrored with the edge sample repeated. */
export function gaussianSmoothing(wIn: Numbers, sigmaIn: Numbers, truncate: Numbers, wOut: Numbers): number {
  const n = wIn.length;
  const sigma = sigmaIn[0]!;
  const half = halfWidth(sigma, truncate[0]!);
  const weights = gaussian(sigma, half);
  const mirrored = (place: number) => {
    const turn = ((place % (2 * n)) + 2 * n) % (2 * n);
    return turn < n ? turn : 2 * n - 1 - turn;
  };
  for (let i = 0; i < n; i += 1) {
    let sum = 0;
    for (let j = -half; j <= half; j += 1) sum += weights[j + half]! * wIn[mirrored(i + j)]!;
    wOut[i] = sum;
  }
  return 0;
}
