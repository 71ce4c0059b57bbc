import { fitPolynomial, polynomial, polynomialSlope } from '../fit/polynomial.js';

/** A line's place on the axis of the values, with its standard deviation, and its energy in keV. */
export interface ScalePoint {
  readonly position: number;
  readonly error: number;
  readonly energy: number;
}

/** Energy in keV as a polynomial of the value, with the standard deviations of its coefficients. */
export interface EnergyScale {
  readonly coefficients: readonly number[];
  readonly errors: readonly number[];
}

const rounds = 30;

/**
 * Energy as a polynomial of the position. Errors of positions become keV by the slope of the polynomial; the loss is
 * 2(√(1 + r²) − 1) with r the residual in standard deviations, so that one line that was fitted badly does not bend the
 * scale. (Specification: hit and event tiers, chapter 6.3; reweighted least squares come to the same minimum.)
 * @param degree of the polynomial; 0: a factor without offset; −1: an offset, with the gain of `first`
 * @param first coefficients to begin with, [offset, gain, …]
 * Throws a RangeError for fewer points than coefficients.
 */
export function energyScale(
  points: readonly ScalePoint[],
  degree: number,
  first: readonly number[],
): EnergyScale {
  if (degree < 0) return offsetScale(points, first[1] ?? 1);
  const x = points.map(({ position }) => position);
  const y = points.map(({ energy }) => energy);
  let coefficients = first;
  let errors: readonly number[] = [];
  // With no more points than coefficients there are no residuals to weight by.
  const robust = points.length > Math.max(2, degree + 1);
  for (let round = 0; round < rounds; round++) {
    const keV = points.map(
      ({ position, error }) => error * Math.abs(polynomialSlope(position, coefficients)),
    );
    const weighted = keV.map((error, i) => {
      const residual = round === 0 || !robust ? 0 : (y[i]! - polynomial(x[i]!, coefficients)) / error;
      return error * (1 + residual * residual) ** 0.25;
    });
    const before = coefficients;
    ({ coefficients, errors } = fitPolynomial({ x, y, errors: weighted }, Math.max(1, degree), degree === 0));
    const settled = coefficients.every((c, i) => Math.abs(c - before[i]!) < 1e-4 * errors[i]!);
    if (round > 1 && settled) break;
  }
  return { coefficients, errors };
}

function offsetScale(points: readonly ScalePoint[], gain: number): EnergyScale {
  const weights = points.map(({ error }) => 1 / (error * gain) ** 2);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (!(sum > 0)) throw new RangeError('no line tells the offset');
  const offset = points.reduce(
    (all, { position, energy }, i) => all + (weights[i]! / sum) * (energy - gain * position),
    0,
  );
  return { coefficients: [offset, gain], errors: [1 / Math.sqrt(sum), 0] };
}
