import { onOffLikelihood } from '../fit/costs.js';
import { type Fit, minimise } from '../fit/minimise.js';
import type { Parameter } from '../fit/parameters.js';
import { exgaussCdf } from '../functions/exgauss.js';
import { gaussCdf } from '../functions/gauss.js';
import type { Histogram } from '../histogram/histogram.js';
import { chiSquareProbability } from '../special/gamma.js';

/** LQ of a line: single sites in a Gaussian, several sites in a tail above it. In the unit of the histogram. */
export interface LateChargePeak {
  readonly mean: number;
  readonly meanError: number;
  readonly sigma: number;
  readonly sigmaError: number;
  /** Counts of both parts. Where no tail is seen there are no several sites, and its length is 0. */
  readonly singleSite: number;
  readonly multiSite: number;
  readonly tau: number;
  readonly pValue: number;
}

/** Counts of LQ around a line and beside it, in the same bins, whose values are standard deviations from the core. */
export interface LateChargeCounts {
  readonly line: Histogram;
  readonly bands: Histogram;
  /** Energies that belong to the line over those of the bands. */
  readonly ratio: number;
}

/** Where the tail of several sites hides below the Gaussian no more; without one the fit ends there. */
const plainEnd = 1.5;
const largestTail = 0.5;

const center: Parameter = { name: 'mean', start: 0, lower: -3, upper: 3, step: 0.1 };
const width: Parameter = { name: 'sigma', start: 1, lower: 0.1, upper: 4, step: 0.1 };

/**
 * A Gaussian, and where there is one a tail to high values, by the likelihood of line and bands together. Several sites in
 * the line itself are in no band, and would pull the Gaussian up. Undefined where neither fit finds a minimum.
 */
export function fitLateCharge(counts: LateChargeCounts): LateChargePeak | undefined {
  const size = counts.line.counts.reduce((sum, count) => sum + count, 0);
  const number: Parameter = { name: 'size', start: size, lower: 0, step: Math.sqrt(size + 1) };
  const tailed = minimise(
    onOffLikelihood(counts.line, counts.bands, counts.ratio, (x, [n, mean, sigma, share, tau]) => {
      const single = gaussCdf(x, mean!, sigma!);
      return n! * (single + share! * (exgaussCdf(x, mean!, sigma!, -tau!) - single));
    }),
    [
      number,
      center,
      width,
      { name: 'share', start: 0.1, lower: 0, upper: largestTail, step: 0.05 },
      { name: 'tau', start: 2, lower: 0.3, upper: 20, step: 0.3 },
    ],
  );
  if (tailed.valid && tailed.values['share']! > tailed.errors['share']!)
    return peakOf(tailed, counts.line.counts.length);
  const bins = Math.round((plainEnd - counts.line.from) / counts.line.width);
  const [line, bands] = [counts.line, counts.bands].map((one) => ({
    ...one,
    counts: one.counts.subarray(0, bins),
  })) as [Histogram, Histogram];
  const plain = minimise(
    onOffLikelihood(line, bands, counts.ratio, (x, [n, mean, sigma]) => n! * gaussCdf(x, mean!, sigma!)),
    [number, center, width],
  );
  return plain.valid ? peakOf(plain, bins) : undefined;
}

function peakOf({ values, errors, cost, free }: Fit, bins: number): LateChargePeak {
  const { share = 0, tau = 0 } = values;
  return {
    mean: values['mean']!,
    meanError: errors['mean']!,
    sigma: values['sigma']!,
    sigmaError: errors['sigma']!,
    singleSite: values['size']! * (1 - share),
    multiSite: values['size']! * share,
    tau,
    pValue: chiSquareProbability(cost, bins - free.length),
  };
}

/** Counts of both parts below x. */
export function lateChargeBelow(
  x: number,
  { mean, sigma, singleSite, multiSite, tau }: Omit<LateChargePeak, 'pValue'>,
): number {
  return singleSite * gaussCdf(x, mean, sigma) + multiSite * exgaussCdf(x, mean, sigma, -tau);
}
