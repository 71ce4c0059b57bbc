import { Matrix, pseudoInverse } from 'ml-matrix';
import type { Points } from './costs.js';

/** A polynomial c₀ + c₁x + …, with the covariance of its coefficients. */
export interface PolynomialFit {
  readonly coefficients: readonly number[];
  readonly errors: readonly number[];
  readonly chiSquare: number;
}

/**
 * The polynomial of a degree that has the least squared residuals in units of the errors. `proportional` leaves the
 * constant out. Throws a RangeError when there are fewer points than coefficients.
 */
export function fitPolynomial({ x, y, errors }: Points, degree: number, proportional = false): PolynomialFit {
  const powers = Array.from({ length: degree + 1 }, (_, i) => i).filter(
    (power) => !proportional || power > 0,
  );
  if (x.length < powers.length) {
    throw new RangeError(`${x.length} points do not fix a polynomial of ${powers.length} coefficients`);
  }
  // Powers of x relative to its size keep the equations solvable for high degrees.
  const size = Math.max(...x.map(Math.abs), Number.MIN_VALUE);
  const rows = x.map((at, i) => powers.map((power) => (at / size) ** power / errors[i]!));
  const design = new Matrix(rows);
  const normal = pseudoInverse(design.transpose().mmul(design));
  const target = Matrix.columnVector(y.map((value, i) => value / errors[i]!));
  const solution = normal.mmul(design.transpose()).mmul(target).to1DArray();
  const coefficients = Array.from({ length: degree + 1 }, () => 0);
  const deviations = Array.from({ length: degree + 1 }, () => 0);
  powers.forEach((power, i) => {
    coefficients[power] = solution[i]! / size ** power;
    deviations[power] = Math.sqrt(normal.get(i, i)) / size ** power;
  });
  const chiSquare = x.reduce(
    (sum, at, i) => sum + ((y[i]! - polynomial(at, coefficients)) / errors[i]!) ** 2,
    0,
  );
  return { coefficients, errors: deviations, chiSquare };
}

/** c₀ + c₁x + c₂x² + … */
export function polynomial(x: number, coefficients: readonly number[]): number {
  return coefficients.reduceRight((sum, c) => sum * x + c, 0);
}

/** Slope of a polynomial. */
export function polynomialSlope(x: number, coefficients: readonly number[]): number {
  return polynomial(
    x,
    coefficients.slice(1).map((c, i) => c * (i + 1)),
  );
}
