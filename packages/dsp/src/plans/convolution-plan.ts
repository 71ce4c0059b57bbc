import type { Prepared, Sizes } from '../spec/kernel-spec.js';
import { fourierWeights, spectrumOf, weightsOf } from './fourier-plan.js';

/** From so many weights on, transforms take less time than sums (measured; see the benchmark). */
const fewestWeights = 40;

/** Place of the full convolution at which a mode begins. */
function startOf(mode: number, m: number): number {
  if (mode === 'v'.charCodeAt(0)) return m - 1;
  return mode === 's'.charCodeAt(0) ? Math.floor((m - 1) / 2) : 0;
}

/** Length of the transforms: the one that costs least over all pieces (a piece yields length - m + 1 results). */
function lengthFor(m: number, results: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let power = 16; power < 4 * (results + m); power *= 2) {
    for (const length of [power, 1.5 * power]) {
      const fresh = length - m + 1;
      if (fresh < 1) continue;
      const cost = Math.ceil(results / fresh) * length * (Math.log2(length) + 4);
      if (cost < least) {
        least = cost;
        best = length;
      }
    }
  }
  return best;
}

/** Sum of the weights that meet the waveform, per result: what a constant 1 would give. */
function sumsOf(weights: ArrayLike<number>, { n, p }: Sizes, start: number): number[] {
  const running = [0];
  for (let k = 0; k < weights.length; k += 1) running.push(running[k]! + weights[k]!);
  return Array.from({ length: p }, (_, j) => {
    const from = Math.max(0, j + start - n + 1);
    const to = Math.min(weights.length - 1, j + start);
    return running[to + 1]! - running[from]!;
  });
}

/**
 * A convolution by transforms, when its weights are constant and many: the transformed weights and all that goes with
 * them, made once. Waveforms longer than one transform go through in pieces that overlap by m - 1 samples.
 */
export function prepareConvolution(
  weights: ArrayLike<number> | undefined,
  mode: number | undefined,
  sizes: Sizes,
): Prepared | undefined {
  const { m, p } = sizes;
  if (weights === undefined || mode === undefined || m < fewestWeights || p < 1) return undefined;
  for (let k = 0; k < m; k += 1) if (!Number.isFinite(weights[k]!)) return undefined;
  const start = startOf(mode, m);
  const length = lengthFor(m, p);
  const re = new Float64Array(length);
  re.set(weights);
  const spectrum = weightsOf(spectrumOf({ re, im: new Float64Array(length) }), length);
  const factors = fourierWeights(length);
  return {
    kernel: 'convolve_fourier',
    extra: [length, start, factors.length],
    table: [...factors, ...spectrum, ...sumsOf(weights, sizes, start)],
    scratch: (bytes) => 4 * bytes * length,
  };
}
