import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { leastSquares, type Points } from '../fit/costs.js';
import { minimise } from '../fit/minimise.js';
import { chiSquareProbability } from '../special/gamma.js';
import { normalNumbers, uniformNumbers } from '../statistics/random.js';

/** Which curve: FWHM = √(a + bE), or √(a + bE + cE²). */
export type ResolutionShape = 'linear' | 'quadratic';

/** FWHM = √(a + bE + cE²) in keV, and its value at one energy, with standard deviations. */
export interface ResolutionCurve {
  readonly shape: ResolutionShape;
  readonly a: number;
  readonly b: number;
  /** 0 for the linear curve, with the error 0. */
  readonly c: number;
  readonly aError: number;
  readonly bError: number;
  readonly cError: number;
  readonly chiSquare: number;
  readonly degrees: number;
  /** NaN without degrees of freedom. */
  readonly pValue: number;
  readonly at: number;
  readonly fwhm: number;
  /** From 1000 curves drawn within the covariance of the coefficients. */
  readonly fwhmError: number;
}

const draws = 1000;
/** How much χ² has to fall for one more coefficient: two standard deviations. */
const worthwhile = 4;

/** FWHM in keV at an energy in keV; 0 where the curve has no value. */
export function resolutionAt(energy: number, { a, b, c }: Pick<ResolutionCurve, 'a' | 'b' | 'c'>): number {
  return Math.sqrt(Math.max(0, a + b * energy + c * energy * energy));
}

/**
 * The resolution as a function of energy: one of the curves, or of both the one that describes the points better, the
 * quadratic one when χ² falls by more than 4 and its probability is not the lower one.
 * (Specification: hit and event tiers, chapter 6.3.) `others` are the curves that were tried and not chosen.
 * @param points energies and widths in keV with errors above 0, by rising energy
 * @returns undefined for fewer points than the curve has coefficients, and where no fit succeeds
 */
export function resolutionCurve(
  points: Points,
  at: number,
  shape: ResolutionShape | 'auto' = 'auto',
): { readonly chosen: ResolutionCurve; readonly others: readonly ResolutionCurve[] } | undefined {
  const linear = shape === 'quadratic' ? undefined : fitCurve(points, at, 'linear');
  // Through as many points as there are coefficients a curve tells nothing of itself.
  const least = shape === 'quadratic' ? 3 : 4;
  const quadratic =
    shape === 'linear' || points.x.length < least ? undefined : fitCurve(points, at, 'quadratic');
  if (linear === undefined) return quadratic === undefined ? undefined : { chosen: quadratic, others: [] };
  if (quadratic === undefined) return { chosen: linear, others: [] };
  // Both probabilities may be too small for a number.
  const better = quadratic.chiSquare < linear.chiSquare - worthwhile && quadratic.pValue >= linear.pValue;
  return better ? { chosen: quadratic, others: [linear] } : { chosen: linear, others: [quadratic] };
}

function fitCurve(points: Points, at: number, shape: ResolutionShape): ResolutionCurve | undefined {
  if (points.x.length < 2) return undefined;
  const high = points.x.at(-1)!;
  const squares = points.y.at(-1)! ** 2;
  // In units of the highest energy and of the square of its width all coefficients are about 1.
  const cost = leastSquares(points, (energy, [a, b, c]) => {
    const e = energy / high;
    return Math.sqrt(Math.max(0, squares * (a! + b! * e + c! * e * e)));
  });
  const fit = minimise(cost, [
    { name: 'a', start: 0.2, step: 0.1 },
    { name: 'b', start: 0.8, step: 0.1 },
    { name: 'c', start: 0, step: 0.1, fixed: shape === 'linear' },
  ]);
  if (!fit.valid) return undefined;
  const units = [squares, squares / high, squares / (high * high)];
  const [a, b, c] = ['a', 'b', 'c'].map((name, i) => fit.values[name]! * units[i]!) as [
    number,
    number,
    number,
  ];
  const [aError, bError, cError] = ['a', 'b', 'c'].map((name, i) => fit.errors[name]! * units[i]!) as [
    number,
    number,
    number,
  ];
  const covariance = fit.covariance.map((row, i) => row.map((one, j) => one * units[i]! * units[j]!));
  const degrees = points.x.length - fit.free.length;
  return {
    shape,
    ...{ a, b, c, aError, bError, cError },
    chiSquare: fit.cost,
    degrees,
    pValue: chiSquareProbability(fit.cost, degrees),
    at,
    fwhm: resolutionAt(at, { a, b, c }),
    fwhmError: spreadAt(at, [a, b, c], covariance),
  };
}

/** Standard deviation of the width at an energy: of curves with coefficients drawn within their covariance. */
function spreadAt(
  at: number,
  coefficients: readonly [number, number, number],
  covariance: readonly (readonly number[])[],
): number {
  // The coefficients differ by many orders: scaled to a unit diagonal.
  const sizes = covariance.map((row, i) => Math.sqrt(row[i]!));
  const unit = new Matrix(
    covariance.map((row, i) => row.map((one, j) => (one + covariance[j]![i]!) / (2 * sizes[i]! * sizes[j]!))),
  );
  const root = new CholeskyDecomposition(unit).lowerTriangularMatrix;
  const normal = normalNumbers(uniformNumbers(2039n));
  const widths = Array.from({ length: draws }, () => {
    const numbers = sizes.map(() => normal());
    const [a, b, c] = coefficients.map((value, i) => {
      if (i >= sizes.length) return value;
      const moved = numbers.reduce((sum, number, j) => sum + root.get(i, j) * number, 0);
      return value + sizes[i]! * moved;
    }) as [number, number, number];
    return resolutionAt(at, { a, b, c });
  });
  const mean = widths.reduce((sum, width) => sum + width, 0) / draws;
  return Math.sqrt(widths.reduce((sum, width) => sum + (width - mean) ** 2, 0) / (draws - 1));
}
