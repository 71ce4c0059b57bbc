import { binnedLikelihood } from '../fit/costs.js';
import { minimise } from '../fit/minimise.js';
import { exgaussCdf } from '../functions/exgauss.js';
import { gaussCdf } from '../functions/gauss.js';
import { type Histogram, histogramOf } from '../histogram/histogram.js';
import { chiSquareProbability } from '../special/gamma.js';
import { modeOf } from '../statistics/decay-constant.js';

/** The distribution of A/E at about one energy: single sites in a Gaussian, several sites in a tail below it. */
export interface CurrentPeak {
  readonly mean: number;
  readonly meanError: number;
  readonly sigma: number;
  readonly sigmaError: number;
  /** Counts of both parts in the histogram. */
  readonly singleSite: number;
  readonly multiSite: number;
  /** Length of the tail. */
  readonly tau: number;
  readonly pValue: number;
  /** What was fitted. */
  readonly histogram: Histogram;
}

/**
 * Fits n_sig · Gauss + n_bkg · (Gauss convolved with an exponential to low values) to values of A/E between 15 standard
 * deviations below and 5 above where they are densest. (Specification: hit and event tiers, chapter 6.5.)
 * Throws a RangeError for fewer than 100 finite values, and where the fit finds no minimum.
 */
export function fitCurrentPeak(values: ArrayLike<number>): CurrentPeak {
  const around = modeOf(values);
  const { mode, sigma } = around;
  if (!(sigma > 0)) throw new RangeError(`the values are all ${mode}: there is no peak to fit`);
  const histogram = histogramOf(values, mode - 15 * sigma, mode + 5 * sigma, sigma / 5);
  const total = histogram.counts.reduce((sum, count) => sum + count, 0);
  const step = Math.sqrt(total);
  // In units of the width, with the mode at 0: A/E itself may be of any size.
  const unit: Histogram = { ...histogram, from: -15, width: 0.2 };
  const fit = minimise(
    binnedLikelihood(
      unit,
      (x, [nSig, mu, width, nBkg, tau]) =>
        nSig! * gaussCdf(x, mu!, width!) + nBkg! * exgaussCdf(x, mu!, width!, tau!),
    ),
    [
      { name: 'nSig', start: 0.6 * total, lower: 0, step },
      { name: 'mu', start: 0, lower: -3, upper: 3, step: 0.1 },
      { name: 'sigma', start: 0.8, lower: 0.05, upper: 5, step: 0.1 },
      { name: 'nBkg', start: 0.4 * total, lower: 0, step },
      { name: 'tau', start: 4, lower: 0.3, upper: 100, step: 0.5 },
    ],
  );
  if (!fit.valid) throw new RangeError(`A/E could not be fitted: ${fit.reason}`);
  const value = (name: string): number => fit.values[name]!;
  const error = (name: string): number => fit.errors[name]!;
  return {
    mean: mode + value('mu') * sigma,
    meanError: error('mu') * sigma,
    sigma: value('sigma') * sigma,
    sigmaError: error('sigma') * sigma,
    singleSite: value('nSig'),
    multiSite: value('nBkg'),
    tau: value('tau') * sigma,
    pValue: chiSquareProbability(fit.cost, histogram.counts.length - fit.free.length),
    histogram,
  };
}

/** Counts of single and several sites below x, in the range of the fit. */
export function currentPeakCounts(x: number, peak: CurrentPeak): number {
  const { mean, sigma, tau, singleSite, multiSite } = peak;
  return singleSite * gaussCdf(x, mean, sigma) + multiSite * exgaussCdf(x, mean, sigma, tau);
}
