import {
  type ChosenPulse,
  calibrate,
  choosePulses,
  type DplmsFilter,
  dplmsFilter,
  filterHeights,
  fwhmOfSigma,
  type NoiseMatrix,
  noiseMatrix,
  type PulseChoice,
  type SignalMatrix,
  signalMatrix,
  type Waveforms,
} from '@countroom/analysis';
import { type FilterOptions, heightsOf } from './filter-options.js';

/** A filter that was tried, and its figure of merit in keV; NaN where there is none. */
export interface FilterTrial {
  readonly filter: DplmsFilter;
  /** Weight of noise, in units of what it adds to the error of a height. */
  readonly times: number;
  readonly value: number;
  readonly error: number;
  /** keV per unit of its answers. */
  readonly scale: number;
}

/** What filters were made of, and how good they are. */
export interface FilterSearch {
  readonly choice: PulseChoice;
  readonly noise: NoiseMatrix;
  readonly signal: SignalMatrix;
  readonly trials: readonly FilterTrial[];
  /** The trial with the smallest figure; undefined when none has one. */
  readonly best: FilterTrial | undefined;
  /** Heights of the pulses by a filter. */
  readonly heights: (filter: DplmsFilter) => Float64Array;
}

/**
 * Makes the filter of every combination of weights from the pulses of a table, and finds how good each is.
 * Throws a RangeError for too few pulses or baselines.
 * @param periodUs of a sample
 */
export function searchFilters(waveforms: Waveforms, periodUs: number, options: FilterOptions): FilterSearch {
  const { length, flat, tauUs, presum } = options;
  const baseline = Math.floor(options.baseline / presum);
  const choice = choosePulses(waveforms, { baseline, ...heightsOf(options) });
  const noise = noiseMatrix(baselinesOf(waveforms, choice.pulses, baseline), length);
  const signal = signalMatrix(waveforms, choice.pulses, length, flat);
  const heights = (filter: DplmsFilter): Float64Array =>
    filterHeights(waveforms, choice.pulses, filter.kernel);
  const height = choice.pulses.reduce((sum, pulse) => sum + pulse.height / choice.pulses.length, 0);
  const trials = options.noise.flatMap((times) =>
    options.zeroArea.flatMap((zeroArea) =>
      options.poleZero.map((poleZero): FilterTrial => {
        const weights = { noise: (times * noise.variance) / height ** 2, zeroArea, poleZero };
        const filter = dplmsFilter(
          signal,
          noise,
          weights,
          tauUs === undefined ? undefined : tauUs / periodUs,
        );
        return { filter, times, ...meritOf(filter, heights, noise, options) };
      }),
    ),
  );
  const good = trials.filter(({ value }) => Number.isFinite(value));
  const best = good.reduce<FilterTrial | undefined>(
    (lowest, one) => (lowest === undefined || one.value < lowest.value ? one : lowest),
    undefined,
  );
  return { choice, noise, signal, trials, best, heights };
}

function meritOf(
  filter: DplmsFilter,
  heights: (filter: DplmsFilter) => Float64Array,
  { blocks }: NoiseMatrix,
  { figure, energy, reach, guess }: FilterOptions,
): Omit<FilterTrial, 'filter' | 'times'> {
  if (figure === 'noise') {
    const value = filter.noise * guess;
    // The variance of so many blocks is known to √(2/n).
    return { value, error: value / Math.sqrt(2 * blocks), scale: guess };
  }
  try {
    const line = { name: 'line', energy, below: reach, above: reach };
    const { lines, coefficients } = calibrate(heights(filter), { lines: [line], degree: 0, guess });
    return { value: lines[0]!.fwhm, error: lines[0]!.fwhmError, scale: coefficients[1]! };
  } catch (error) {
    if (error instanceof RangeError) return { value: Number.NaN, error: Number.NaN, scale: Number.NaN };
    throw error;
  }
}

/** Baselines of pulses, one behind the other. */
function baselinesOf(
  { values, samples }: Waveforms,
  pulses: readonly ChosenPulse[],
  length: number,
): Waveforms {
  const baselines = new Float64Array(pulses.length * length);
  pulses.forEach(({ row }, i) => {
    baselines.set(values.subarray(row * samples, row * samples + length), i * length);
  });
  return { values: baselines, samples: length };
}

/** FWHM of the noise of a single sample. */
export function sampleNoise({ variance }: NoiseMatrix): number {
  return fwhmOfSigma * Math.sqrt(variance);
}
