import { binnedLikelihood } from '../fit/costs.js';
import { minimise } from '../fit/minimise.js';
import { gaussCdf } from '../functions/gauss.js';
import { histogramOf } from '../histogram/histogram.js';
import { modeOf } from './decay-constant.js';
import { fwhmOfSigma } from './spread.js';

/** The width of a distribution of noise. */
export interface NoiseWidth {
  readonly mean: number;
  readonly fwhm: number;
  readonly fwhmError: number;
  /** Finite values around the mean. */
  readonly entries: number;
}

const reach = 10;
const binsPerSigma = 8;

/**
 * FWHM of noise: a Gaussian on a flat background through the values within ten standard deviations of where they are
 * densest, by the binned likelihood. (Specification: hit and event tiers, chapter 6.1.) Pulses among the baselines are in
 * the background and do not widen it.
 * Throws a RangeError for fewer than 100 finite values, values that are all the same, and a fit without a minimum.
 */
export function noiseWidth(values: ArrayLike<number>): NoiseWidth {
  const { mode, sigma } = modeOf(values);
  if (!(sigma > 0)) throw new RangeError(`the values are all ${mode}: they have no width`);
  const all = histogramOf(values, mode - reach * sigma, mode + reach * sigma, sigma / binsPerSigma);
  // In units of the width, with the mode at 0.
  const histogram = { ...all, from: -reach, width: 1 / binsPerSigma };
  const entries = all.counts.reduce((sum, count) => sum + count, 0);
  const fit = minimise(
    binnedLikelihood(histogram, (x, [size, mu, width, flat]) => size! * gaussCdf(x, mu!, width!) + flat! * x),
    [
      { name: 'size', start: 0.95 * entries, lower: 0, step: Math.sqrt(entries) },
      { name: 'mu', start: 0, lower: -5, upper: 5, step: 0.1 },
      { name: 'width', start: 1, lower: 0.05, upper: 5, step: 0.1 },
      { name: 'flat', start: (0.05 * entries) / (2 * reach), lower: 0, step: Math.sqrt(entries) / 100 },
    ],
  );
  const { mu, width } = fit.values;
  // Without any background its own error is open; the width stands.
  if (!(fit.edm < 0.1)) throw new RangeError(`the noise could not be fitted: ${fit.reason}`);
  const error = fit.errors['width']!;
  return {
    mean: mode + mu! * sigma,
    fwhm: fwhmOfSigma * width! * sigma,
    fwhmError: fwhmOfSigma * sigma * (Number.isFinite(error) ? error : width! / Math.sqrt(2 * entries)),
    entries,
  };
}
