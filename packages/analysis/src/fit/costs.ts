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
      const count = counts[i]!;
      cost += expected - count + (count > 0 ? count * Math.log(count / expected) : 0);
      below = above;
    }
    return 2 * cost;
  };
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
