import type { Numbers } from '../spec/kernel-spec.js';

/** Weights of a Gaussian of sum 1 from -half to half width. */
function gaussian(sigma: number, half: number): Float64Array {
  const weights = Float64Array.from({ length: 2 * half + 1 }, (_, i) =>
    sigma === 0 ? 1 : Math.exp(-((i - half) ** 2) / (2 * sigma * sigma)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Convolution with a Gaussian; beyond its ends the waveform is mirrored with the edge sample repeated. */
export function gaussianSmoothing(wIn: Numbers, sigmaIn: Numbers, truncate: Numbers, wOut: Numbers): number {
  const n = wIn.length;
  const sigma = sigmaIn[0]!;
  const half = Math.floor(truncate[0]! * sigma + 0.5);
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
