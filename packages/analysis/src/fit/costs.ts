import type { Histogram } from '../histogram/histogram.js';
import type { Cost } from './derivatives.js';

/** Counts expected below x, for parameter values; differences of it are the expected counts of a bin. */
export type Cumulative = (x: number, parameters: readonly number[]) => number;

/** Expected counts of a bin are never taken to be smaller: the logarithm of nothing has no value. */
const leastExpected = 1e-10;

/**
 * −2 ln of the likelihood ratio of Poisson counts, 2Σ(f − h + h ln(h/f)): to be made small with `up` 1, and a measure of
 * the fit's quality like χ². (S. Baker, R. Cousins, Nucl. Instr. Meth. 221 (1984) 437.)
 */
export function binnedLikelihood(histogram: Histogram, cumulative: Cumulative): Cost {
  const { from, width, counts } = histogram;
  return (parameters) => {
    let cost = 0;
    let below = cumulative(from, parameters);
    for (let i = 0; i < counts.length; i++) {
      const above = cumulative(from + (i + 1) * width, parameters);
      const expected = Math.max(leastExpected, above - below);
      cost += deviance(counts[i]!, expected);
      below = above;
    }
    return 2 * cost;
  };
}

/**
 * −2 ln of the likelihood ratio of the counts of a signal over a background that is known from counts elsewhere alone: in
 * each bin the background takes the value that suits both counts best. Unlike a difference of counts with its own errors
 * it does not pull towards bins that happen to be low. `up` is 1. (K. Arnaud, R. Smith, A. Siemiginowska, Handbook of X-ray
 * Astronomy, Cambridge 2011, appendix 7, statistic W.)
 * @param on counts of signal and background; @param off those of the background alone, in the same bins
 * @param ratio how much background is expected in a bin of `on` for one in `off`, above 0
 * @param cumulative counts of the signal alone
 */
export function onOffLikelihood(on: Histogram, off: Histogram, ratio: number, cumulative: Cumulative): Cost {
  const { from, width, counts } = on;
  const sum = 1 + ratio;
  return (parameters) => {
    let cost = 0;
    let below = cumulative(from, parameters);
    for (let i = 0; i < counts.length; i++) {
      const above = cumulative(from + (i + 1) * width, parameters);
      const signal = Math.max(leastExpected, above - below);
      below = above;
      const both = counts[i]!;
      const alone = off.counts[i]!;
      const middle = ratio * (both + alone) - sum * signal;
      const root = Math.sqrt(middle * middle + 4 * ratio * sum * alone * signal);
      const background = Math.max(0, (middle + root) / (2 * ratio * sum));
      cost += deviance(both, signal + ratio * background) + deviance(alone, background);
    }
    return 2 * cost;
  };
}

function deviance(count: number, expected: number): number {
  return expected - count + (count > 0 ? count * Math.log(count / expected) : 0);
}

/** −2 ln L of single values with an expected number: 2(N − Σ ln density). `up` is 1. */
export function unbinnedLikelihood(
  values: ArrayLike<number>,
  density: (x: number, parameters: readonly number[]) => number,
  expected: (parameters: readonly number[]) => number,
): Cost {
  return (parameters) => {
    let sum = 0;
    for (let i = 0; i < values.length; i++)
      sum += Math.log(Math.max(1e-300, density(values[i]!, parameters)));
    return 2 * (expected(parameters) - sum);
  };
}

/** Points with errors that a curve is to go through. */
export interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly errors: readonly number[];
}

/**
 * Sum of squared residuals in units of the errors; with `soft` the loss 2(√(1+r²)−1), which lets single points lie far
 * off.
 */
export function leastSquares(
  { x, y, errors }: Points,
  curve: (x: number, parameters: readonly number[]) => number,
  loss: 'square' | 'soft' = 'square',
): Cost {
  return (parameters) => {
    let sum = 0;
    x.forEach((at, i) => {
      const residual = (y[i]! - curve(at, parameters)) / errors[i]!;
      const square = residual * residual;
      sum += loss === 'square' ? square : 2 * (Math.sqrt(1 + square) - 1);
    });
    return sum;
  };
}
