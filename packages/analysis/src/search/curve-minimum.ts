import type { Points } from '../fit/costs.js';
import { fitPolynomial, polynomial } from '../fit/polynomial.js';
import { normalNumbers, uniformNumbers } from '../statistics/random.js';

/** Where a curve through measured points is lowest. */
export interface CurveMinimum {
  readonly x: number;
  /** Standard deviation of the place, from points drawn anew within their errors. */
  readonly error: number;
  /** The curve there. */
  readonly value: number;
  readonly coefficients: readonly number[];
}

const steps = 2000;
const draws = 100;

/**
 * The lowest place of a polynomial through the points, with errors, around the lowest of them. (Specification: hit and event
 * tiers, chapter 6.1, noise optimisation; one polynomial takes the place of the spline.)
 * @param near points around the lowest one that the curve goes through: farther ones would bend it elsewhere
 * Throws a RangeError for fewer than four points that have a value and an error.
 */
export function curveMinimum(points: Points, degree = 3, near = 7): CurveMinimum {
  const known = points.x.flatMap((_, i) =>
    points.errors[i]! > 0 && Number.isFinite(points.y[i]) ? [i] : [],
  );
  known.sort((a, b) => points.x[a]! - points.x[b]!);
  const place = known.reduce((best, i, at) => (points.y[i]! < points.y[known[best]!]! ? at : best), 0);
  const first = Math.max(0, Math.min(place - (near >> 1), known.length - near));
  const used = known.slice(first, first + near);
  if (used.length < 4) throw new RangeError(`${used.length} points are too few for a curve through them`);
  const x = used.map((i) => points.x[i]!);
  const y = used.map((i) => points.y[i]!);
  const errors = used.map((i) => points.errors[i]!);
  const found = lowest(x, y, errors, degree);
  const normal = normalNumbers(uniformNumbers(6n));
  const places = Array.from({ length: draws }, () => {
    const drawn = y.map((value, i) => value + errors[i]! * normal());
    return lowest(x, drawn, errors, degree).x;
  });
  const mean = places.reduce((sum, place) => sum + place, 0) / draws;
  const error = Math.sqrt(places.reduce((sum, place) => sum + (place - mean) ** 2, 0) / (draws - 1));
  return { ...found, error };
}

function lowest(
  x: readonly number[],
  y: readonly number[],
  errors: readonly number[],
  degree: number,
): Omit<CurveMinimum, 'error'> {
  const [from, to] = [Math.min(...x), Math.max(...x)];
  const middle = (from + to) / 2;
  const fit = fitPolynomial({ x: x.map((at) => at - middle), y, errors }, Math.min(degree, x.length - 2));
  let best = { x: from, value: Infinity };
  for (let i = 0; i <= steps; i++) {
    const at = from + (i / steps) * (to - from);
    const value = polynomial(at - middle, fit.coefficients);
    if (value < best.value) best = { x: at, value };
  }
  return { ...best, coefficients: fit.coefficients };
}
