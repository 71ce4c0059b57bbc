import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** Values of an unknown function at points in the unit cube. */
export interface Observations {
  readonly points: readonly (readonly number[])[];
  readonly values: readonly number[];
  /** Standard deviations of the values. */
  readonly errors: readonly number[];
}

/** What a process expects at a point: mean and standard deviation. */
export interface Expectation {
  readonly mean: number;
  readonly sigma: number;
}

/** Lengths, in units of the cube, over which the function may change; the likeliest is taken. */
const lengths = [0.08, 0.12, 0.18, 0.27, 0.4, 0.6, 0.9];
/** Added to variances, relative to that of the function, so that equal points do no harm. */
const jitter = 1e-6;

/**
 * Regression by a Gaussian process with the kernel s²(1 + √5 r/l + 5r²/3l²)·exp(−√5 r/l) (Matérn, ν = 5/2): s² is the
 * variance of the values, l the length of a fixed list that makes the values likeliest. (Rasmussen and Williams, Gaussian
 * Processes for Machine Learning, algorithm 2.1.) Throws a RangeError for fewer than two observations.
 */
export class GaussianProcess {
  private readonly center: number;
  private readonly size: number;
  private readonly fit: Fitted;

  constructor(private readonly observed: Observations) {
    const { values } = observed;
    if (values.length < 2) throw new RangeError('a Gaussian process needs two observations at least');
    this.center = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - this.center) ** 2, 0) / values.length;
    this.size = Math.sqrt(variance) || 1;
    const fits = lengths.map((length) => fitWith(length, this.scaled(observed)));
    this.fit = fits.reduce((best, one) => (one.likelihood > best.likelihood ? one : best));
  }

  /** Length over which the function changes, in units of the cube. */
  get length(): number {
    return this.fit.length;
  }

  /** What is to be expected at a point of the unit cube. */
  at(point: readonly number[]): Expectation {
    const { length, weights, cholesky } = this.fit;
    const near = this.observed.points.map((one) => kernel(point, one, length));
    const mean = near.reduce((sum, k, i) => sum + k * weights[i]!, 0);
    const solved = cholesky.solve(Matrix.columnVector(near)).to1DArray();
    const variance = Math.max(0, 1 + jitter - near.reduce((sum, k, i) => sum + k * solved[i]!, 0));
    return { mean: this.center + this.size * mean, sigma: this.size * Math.sqrt(variance) };
  }

  private scaled({ points, values, errors }: Observations): Observations {
    return {
      points,
      values: values.map((value) => (value - this.center) / this.size),
      errors: errors.map((error) => (Number.isFinite(error) ? error / this.size : 0)),
    };
  }
}

interface Fitted {
  readonly length: number;
  readonly likelihood: number;
  readonly weights: readonly number[];
  readonly cholesky: CholeskyDecomposition;
}

function fitWith(length: number, { points, values, errors }: Observations): Fitted {
  const covariance = Matrix.zeros(points.length, points.length);
  points.forEach((a, i) => {
    points.forEach((b, j) => covariance.set(i, j, kernel(a, b, length)));
    covariance.set(i, i, 1 + jitter + errors[i]! ** 2);
  });
  const cholesky = new CholeskyDecomposition(covariance);
  const weights = cholesky.solve(Matrix.columnVector([...values])).to1DArray();
  const fitted = values.reduce((sum, value, i) => sum + value * weights[i]!, 0);
  const logDeterminant = cholesky.lowerTriangularMatrix
    .diagonal()
    .reduce((sum, value) => sum + Math.log(value), 0);
  return { length, likelihood: -fitted / 2 - logDeterminant, weights, cholesky };
}

function kernel(a: readonly number[], b: readonly number[], length: number): number {
  const r = (Math.sqrt(5) * Math.hypot(...a.map((x, i) => x - b[i]!))) / length;
  return (1 + r + (r * r) / 3) * Math.exp(-r);
}
