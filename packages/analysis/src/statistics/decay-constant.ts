import { spreadOf } from './spread.js';

/** Mode of a distribution and the width of its core. */
export interface Mode {
  readonly mode: number;
  readonly modeError: number;
  /** Standard deviation of the core, from its quantiles within three of them around the mode. */
  readonly sigma: number;
  /** Values in the core. */
  readonly entries: number;
}

/**
 * Where a distribution with wide tails is densest: the middle of the shortest interval that holds a quarter of the values,
 * then, twice, the mean of what lies within one and a half standard deviations of it. Throws a RangeError for fewer than
 * 100 finite values.
 */
export function modeOf(values: ArrayLike<number>): Mode {
  const sorted = Float64Array.from(values)
    .filter((value) => Number.isFinite(value))
    .sort();
  const n = sorted.length;
  if (n < 100) throw new RangeError(`${n} values are too few to find where they are densest`);
  const held = Math.floor(n / 4);
  let first = 0;
  for (let i = 0; i + held < n; i++)
    if (sorted[i + held]! - sorted[i]! < sorted[first + held]! - sorted[first]!) first = i;
  let mode = (sorted[first]! + sorted[first + held]!) / 2;
  // A quarter of a Gaussian lies within 0.3186 standard deviations.
  let sigma = (sorted[first + held]! - sorted[first]!) / (2 * 0.3186);
  let entries = 0;
  for (let round = 0; round < 2; round++) {
    const core = sorted.filter((value) => Math.abs(value - mode) <= 1.5 * sigma);
    entries = core.length;
    if (entries < 20) throw new RangeError('the values have no core');
    mode = core.reduce((sum, value) => sum + value, 0) / entries;
    const wide = sorted.filter((value) => Math.abs(value - mode) <= 3 * sigma);
    sigma = spreadOf(wide).fwhm / 2.354820045;
  }
  return { mode, modeError: sigma / Math.sqrt(entries), sigma, entries };
}

/** Decay constant of a preamplifier. */
export interface DecayConstant {
  /** In units of a sample, or of the period that was given. */
  readonly tau: number;
  readonly tauError: number;
  readonly slope: Mode;
}

/**
 * Decay constant from the slopes of the logarithm of tails, one per waveform: τ = −1/m for their mode m.
 * (Specification: hit and event tiers, chapter 6.2.)
 * @param slopes change of the logarithm per sample
 * @param period length of a sample; τ comes in its unit
 * Throws a RangeError for too few slopes, and where they do not fall.
 */
export function decayConstant(slopes: ArrayLike<number>, period = 1): DecayConstant {
  const slope = modeOf(slopes);
  if (!(slope.mode < 0))
    throw new RangeError(`the tails do not fall: the mode of their slopes is ${slope.mode}`);
  const tau = -period / slope.mode;
  return { tau, tauError: (tau * slope.modeError) / -slope.mode, slope };
}
