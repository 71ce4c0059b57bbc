import type { Waveforms } from '../superpulse/superpulse.js';

/** Covariance of the noise of neighbouring samples. */
export interface NoiseMatrix {
  readonly length: number;
  /** length × length values, row by row, in squares of the unit of the waveforms. */
  readonly values: Float64Array;
  /** Variance of a single sample: the mean of the diagonal. */
  readonly variance: number;
  /** Blocks of so many samples that it is the mean of. */
  readonly blocks: number;
}

/**
 * The noise matrix of baselines: the mean of the products of samples of blocks of `length` along them, one behind the
 * other, each baseline without its own mean. (Specification: hit and event tiers, chapter 6.5.)
 * Throws a RangeError for baselines that are shorter than a block, fewer blocks than twice its length, and no noise.
 */
export function noiseMatrix({ values, samples }: Waveforms, length: number): NoiseMatrix {
  if (!(length >= 2 && length <= samples))
    throw new RangeError(`baselines of ${samples} samples do not hold a filter of ${length}: shorten it`);
  const rows = Math.floor(values.length / samples);
  const perRow = Math.floor(samples / length);
  const blocks = rows * perRow;
  if (blocks < 2 * length)
    throw new RangeError(
      `${blocks} blocks of baseline are too few for a filter of ${length} samples: at least ${2 * length} are needed`,
    );
  const sums = new Float64Array(length * length);
  const block = new Float64Array(length);
  for (let row = 0; row < rows; row++) {
    const start = row * samples;
    let mean = 0;
    for (let i = 0; i < samples; i++) mean += values[start + i]! / samples;
    for (let n = 0; n < perRow; n++) {
      for (let i = 0; i < length; i++) block[i] = values[start + n * length + i]! - mean;
      addProducts(sums, block, 1 / blocks);
    }
  }
  mirror(sums, length);
  let variance = 0;
  for (let i = 0; i < length; i++) variance += sums[i * length + i]! / length;
  if (!(variance > 0)) throw new RangeError('the baselines have no noise');
  return { length, values: sums, variance, blocks };
}

/** Adds weighted products of all pairs of samples to the upper half of a matrix. */
export function addProducts(matrix: Float64Array, samples: Float64Array, weight: number): void {
  const n = samples.length;
  for (let i = 0; i < n; i++) {
    const one = weight * samples[i]!;
    const row = i * n;
    for (let j = i; j < n; j++) matrix[row + j]! += one * samples[j]!;
  }
}

/** Copies the upper half of a matrix to the lower one. */
export function mirror(matrix: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) matrix[i * n + j] = matrix[j * n + i]!;
}
