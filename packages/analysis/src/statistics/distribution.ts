import { binnedLikelihood, type Cumulative } from '../fit/costs.js';
import { minimise } from '../fit/minimise.js';
import type { Parameter } from '../fit/parameters.js';
import { exgaussCdf } from '../functions/exgauss.js';
import { gaussCdf } from '../functions/gauss.js';
import { skewNormalCdf } from '../functions/skew-normal.js';
import { type Histogram, histogramOf } from '../histogram/histogram.js';
import { chiSquareProbability } from '../special/gamma.js';
import { modeOf } from './decay-constant.js';

/** Shapes that a distribution may have; `tailed-gauss` is a Gaussian and one convolved with an exponential. */
export type DistributionShape = 'gauss' | 'exgauss' | 'skew-normal' | 'tailed-gauss' | 'double-gauss';

/** A distribution with the shape that describes it best. */
export interface Distribution {
  readonly shape: DistributionShape;
  /** Values of the shape's parameters, in units of `sigma` around `mode`. */
  readonly parameters: readonly number[];
  readonly mode: number;
  readonly sigma: number;
  readonly pValue: number;
  readonly histogram: Histogram;
  /** Counts of the histogram. */
  readonly counts: number;
}

interface Shape {
  readonly cdf: Cumulative;
  readonly parameters: readonly Parameter[];
}

const center = { start: 0, lower: -4, upper: 4, step: 0.1 };
const width = { start: 0.9, lower: 0.05, upper: 5, step: 0.1 };

/** Distribution functions, 1 in all, with parameters in units of the width. */
const shapes: Readonly<Record<DistributionShape, Shape>> = {
  gauss: {
    cdf: (x, [mu, sigma]) => gaussCdf(x, mu!, sigma!),
    parameters: [
      { name: 'mu', ...center },
      { name: 'sigma', ...width },
    ],
  },
  exgauss: {
    // Negative: a tail to high values. Between both lies a Gaussian.
    cdf: (x, [mu, sigma, tail]) =>
      Math.abs(tail!) < 1e-3 ? gaussCdf(x, mu!, sigma!) : exgaussCdf(x, mu!, sigma!, tail!),
    parameters: [
      { name: 'mu', ...center },
      { name: 'sigma', ...width },
      { name: 'tail', start: 0.5, lower: -8, upper: 8, step: 0.2 },
    ],
  },
  'skew-normal': {
    cdf: (x, [mu, sigma, skew]) => skewNormalCdf(x, mu!, sigma!, skew!),
    parameters: [
      { name: 'mu', ...center },
      { name: 'sigma', ...width, start: 1.3 },
      { name: 'skew', start: 0.5, lower: -10, upper: 10, step: 0.3 },
    ],
  },
  'tailed-gauss': {
    cdf: (x, [mu, sigma, share, tail]) =>
      (1 - share!) * gaussCdf(x, mu!, sigma!) +
      share! * (Math.abs(tail!) < 1e-3 ? gaussCdf(x, mu!, sigma!) : exgaussCdf(x, mu!, sigma!, tail!)),
    parameters: [
      { name: 'mu', ...center },
      { name: 'sigma', ...width },
      { name: 'share', start: 0.2, lower: 0, upper: 1, step: 0.05 },
      { name: 'tail', start: 1.5, lower: -20, upper: 20, step: 0.3 },
    ],
  },
  'double-gauss': {
    cdf: (x, [mu, sigma, share, other, wider]) =>
      (1 - share!) * gaussCdf(x, mu!, sigma!) + share! * gaussCdf(x, other!, sigma! * wider!),
    parameters: [
      { name: 'mu', ...center },
      { name: 'sigma', ...width },
      { name: 'share', start: 0.2, lower: 0, upper: 0.5, step: 0.05 },
      { name: 'other', ...center, upper: 8, lower: -8 },
      { name: 'wider', start: 2, lower: 1, upper: 10, step: 0.2 },
    ],
  },
};

const reach = 8;
const bins = 160;

/**
 * The distribution of values within eight standard deviations of where they are densest: every shape is fitted by the binned
 * likelihood, and the likeliest is taken. (Specification: hit and event tiers, chapter 6.4.) Tails are tried to both sides.
 * Throws a RangeError for fewer than 100 finite values, values that are all the same, and where no fit succeeds.
 */
export function distributionOf(values: ArrayLike<number>): Distribution {
  const { mode, sigma } = modeOf(values);
  if (!(sigma > 0)) throw new RangeError(`the values are all ${mode}: they have no distribution`);
  const histogram = histogramOf(
    values,
    mode - reach * sigma,
    mode + reach * sigma,
    (2 * reach * sigma) / bins,
  );
  const counts = histogram.counts.reduce((sum, count) => sum + count, 0);
  const unit: Histogram = { ...histogram, from: -reach, width: (2 * reach) / bins };
  let best: Distribution | undefined;
  let least = Infinity;
  for (const shape of Object.keys(shapes) as DistributionShape[]) {
    for (const side of [1, -1]) {
      const { cdf, parameters } = shapes[shape];
      const turned = parameters.map((one) =>
        one.name === 'tail' || one.name === 'skew' || one.name === 'other'
          ? { ...one, start: side * (one.start || 1) }
          : one,
      );
      const fit = minimise(
        binnedLikelihood(unit, (x, [size, ...rest]) => size! * cdf(x, rest)),
        [{ name: 'size', start: counts, lower: 0, step: Math.sqrt(counts) }, ...turned],
      );
      if (!Number.isFinite(fit.cost)) continue;
      const pValue = chiSquareProbability(fit.cost, bins - fit.free.length);
      const found = parameters.map(({ name }) => fit.values[name]!);
      const reduced = fit.cost / (bins - fit.free.length);
      // With many counts no shape is exact, and the probabilities of all are too small for a number.
      if (best === undefined || pValue > best.pValue || (pValue === best.pValue && reduced < least)) {
        best = { shape, parameters: found, mode, sigma, pValue, histogram, counts };
        least = reduced;
      }
      if (shape === 'gauss') break;
    }
  }
  if (best === undefined) throw new RangeError('no distribution could be fitted to the values');
  return best;
}

/** Fraction of the distribution below a value. */
export function distributionBelow(x: number, { shape, parameters, mode, sigma }: Distribution): number {
  return shapes[shape].cdf((x - mode) / sigma, parameters);
}

/**
 * The value below which a fraction of the distribution lies. Throws a RangeError for fractions that are not between 0 and 1,
 * and where the value is farther out than a hundred standard deviations.
 */
export function distributionQuantile(fraction: number, distribution: Distribution): number {
  if (!(fraction > 0 && fraction < 1))
    throw new RangeError(`a fraction between 0 and 1 is needed, not ${fraction}`);
  const { mode, sigma } = distribution;
  let [low, high] = [mode - 100 * sigma, mode + 100 * sigma];
  if (distributionBelow(low, distribution) > fraction || distributionBelow(high, distribution) < fraction)
    throw new RangeError(`${fraction} of the values is not reached within a hundred standard deviations`);
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (distributionBelow(middle, distribution) < fraction) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
