import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { fwhmOfSigma } from '../statistics/spread.js';
import type { Waveforms } from '../superpulse/superpulse.js';
import type { NoiseMatrix } from './noise-matrix.js';
import type { ChosenPulse, SignalMatrix } from './signal-matrix.js';

/** How much each aim of a filter counts beside giving 1 for every pulse. */
export interface FilterWeights {
  /**
   * Little noise: of the variance of its output, for noise of variance 1 per sample; above 0. For pulses of the height H and
   * noise of σ, σ²/H² is what both parts of the error of an energy weigh.
   */
  readonly noise: number;
  /** No area: of the square of its answer to a constant; 0: baselines are taken off anyhow. */
  readonly zeroArea: number;
  /** No answer to the exponential tail of an earlier pulse: of its square; 0: none. */
  readonly poleZero: number;
}

/** Weights of a filter. */
export interface DplmsFilter {
  readonly weights: FilterWeights;
  /**
   * For a convolution: the reversed solution. The largest value of its convolution with the mean pulse of height 1 is 1.
   */
  readonly kernel: Float64Array;
  /** FWHM of its output for noise alone, in the unit of the waveforms. */
  readonly noise: number;
}

/**
 * The digital penalised least mean squares filter k that makes
 * E(k·s − 1)² + a·kᵀNk + z(Σk)² + p(k·e)² small: s sections of pulses of height 1, N the noise matrix divided by the variance
 * of a sample, e the decay of a tail that is 1 at its first sample. So (R + aN + zJ + p·eeᵀ)k = v with R and v the means of
 * ssᵀ and s. (Specification: hit and event tiers, chapter 6.5; E. Gatti, A. Geraci, S. Riboldi, G. Ripamonti, Nucl. Instr.
 * Meth. A 523 (2004) 167.)
 * @param tail decay constant in samples; no tail when absent
 * Throws a RangeError for matrices of different sizes, and where the equations have no solution.
 */
export function dplmsFilter(
  signal: SignalMatrix,
  noise: NoiseMatrix,
  weights: FilterWeights,
  tail?: number,
): DplmsFilter {
  const n = signal.length;
  if (noise.length !== n)
    throw new RangeError(`a noise matrix of ${noise.length} does not fit pulses of ${n}`);
  const decay = Float64Array.from({ length: n }, (_, i) => (tail === undefined ? 0 : Math.exp(-i / tail)));
  const rows = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (__, j) => {
      const at = i * n + j;
      return (
        signal.products[at]! +
        (weights.noise * noise.values[at]!) / noise.variance +
        weights.zeroArea +
        weights.poleZero * (decay[i]! * decay[j]!)
      );
    }),
  );
  const cholesky = new CholeskyDecomposition(new Matrix(rows));
  if (!cholesky.isPositiveDefinite())
    throw new RangeError('the equations of the filter have no solution: give noise a larger weight');
  const solution = cholesky.solve(Matrix.columnVector(signal.mean)).to1DArray();
  let height = 0;
  for (let i = 0; i < n; i++) height += solution[i]! * signal.mean[i]!;
  if (!(height > 0)) throw new RangeError('the filter has no answer to the pulse');
  const kernel = Float64Array.from(solution, (value) => value / height).reverse();
  return { weights, kernel, noise: fwhmOfSigma * Math.sqrt(varianceOf(kernel, noise)) };
}

function varianceOf(kernel: Float64Array, { values, length }: NoiseMatrix): number {
  const k = [...kernel].reverse();
  let variance = 0;
  for (let i = 0; i < length; i++) {
    let sum = 0;
    for (let j = 0; j < length; j++) sum += values[i * length + j]! * k[j]!;
    variance += k[i]! * sum;
  }
  return variance;
}

/** How far from the place of the pulse the largest answer is looked for, samples. */
const reach = 20;

/** The largest value of the convolution of each pulse with a kernel, near the place where it is expected. */
export function filterHeights(
  { values, samples }: Waveforms,
  pulses: readonly ChosenPulse[],
  kernel: Float64Array,
): Float64Array {
  const n = kernel.length;
  const weights = Float64Array.from(kernel).reverse();
  return Float64Array.from(pulses, ({ row, baseline, half }) => {
    const middle = Math.round(half) - (n >> 1);
    const start = row * samples;
    let largest = Number.NEGATIVE_INFINITY;
    for (let at = Math.max(0, middle - reach); at <= Math.min(samples - n, middle + reach); at++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += weights[i]! * (values[start + at + i]! - baseline);
      if (sum > largest) largest = sum;
    }
    return Number.isFinite(largest) ? largest : Number.NaN;
  });
}
