import { fwhmOfSigma, spreadOf } from './spread.js';

/** Mode of a distribution and the width of its core. */
export interface Mode {
  readonly mode: number;
  /** Standard deviation of the mode, for a core that is a Gaussian. */
  readonly modeError: number;
  /** Standard deviation of the core, from its quantiles within three of them around the mode. */
  readonly sigma: number;
  /** Values in the core. */
  readonly entries: number;
}

/** How far the core reaches, in standard deviations. */
const reach = 1.5;
/**
 * Of the mean of what lies within 1.5σ of itself, relative to σ/√(values there): √(P/(P − 3φ(1.5))) with the part P within
 * 1.5σ of a Gaussian. (P. Huber, Robust Statistics, Wiley 1981, chapter 3.2.)
 */
const inefficiency = 1.3466;
const mostRounds = 20;

/**
 * Where a distribution with wide tails is densest: the middle of the shortest interval that holds a quarter of the values,
 * then the mean of what lies within one and a half standard deviations of it, again until that stays: the middle of the
 * interval alone has errors that fall with the cube root of the number only.
 * Throws a RangeError for fewer than 100 finite values, and for values without a core.
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
  const within = (distance: number): Float64Array =>
    sorted.subarray(rankOf(sorted, mode - distance), rankOf(sorted, mode + distance, true));
  let entries = 0;
  for (let round = 0; round < mostRounds; round++) {
    const core = within(reach * sigma);
    entries = core.length;
    if (entries < 20) throw new RangeError('the values have no core');
    const before = mode;
    mode = core.reduce((sum, value) => sum + value, 0) / entries;
    if (round < 2) sigma = spreadOf(within(3 * sigma)).fwhm / fwhmOfSigma;
    else if (Math.abs(mode - before) <= 1e-3 * (sigma / Math.sqrt(entries))) break;
  }
  return { mode, modeError: (inefficiency * sigma) / Math.sqrt(entries), sigma, entries };
}

/** How many of the sorted values are below a value, or not above it. */
function rankOf(sorted: Float64Array, value: number, withEqual = false): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const isBelow = withEqual ? sorted[middle]! <= value : sorted[middle]! < value;
    if (isBelow) low = middle + 1;
    else high = middle;
  }
  return low;
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
