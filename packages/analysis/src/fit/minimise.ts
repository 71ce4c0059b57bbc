import { EigenvalueDecomposition, inverse, Matrix } from 'ml-matrix';
import { type Cost, gradient, hessian } from './derivatives.js';
import { freeParameters, type Parameter } from './parameters.js';
import { simplexMinimum } from './simplex.js';

/** Options of a fit. */
export interface FitOptions {
  /** How much the cost rises at one standard deviation: 1 for χ² and −2 ln L (default), ½ for −ln L. */
  readonly up?: number;
  /** Most calls of the cost; 200 + 100 n + 5 n² for n parameters when absent. */
  readonly maxCalls?: number;
}

/** The outcome of a fit. */
export interface Fit {
  /** The minimum was found and the matrix of second derivatives there is positive. */
  readonly valid: boolean;
  /** Why it is not valid. */
  readonly reason: string | undefined;
  readonly cost: number;
  /** Values and standard deviations by name; the deviation of fixed parameters is 0, NaN when there is no covariance. */
  readonly values: Readonly<Record<string, number>>;
  readonly errors: Readonly<Record<string, number>>;
  /** Covariance of the parameters that are not fixed, in their order; empty when it cannot be had. */
  readonly covariance: readonly (readonly number[])[];
  readonly free: readonly string[];
  /** Estimated distance of the cost from its minimum. */
  readonly edm: number;
  readonly calls: number;
}

/**
 * Makes a cost small: a variable-metric search (W. C. Davidon, R. Fletcher) in free variables with numeric derivatives,
 * helped by a simplex where it gets stuck, and errors from the second derivatives at the minimum. Parameters may be
 * fixed or limited. A cost that gives NaN counts as infinite there.
 * Throws a RangeError for start values outside of limits.
 */
export function minimise(cost: Cost, parameters: readonly Parameter[], options: FitOptions = {}): Fit {
  const { up = 1 } = options;
  const free = freeParameters(parameters);
  const n = free.start.length;
  const maxCalls = options.maxCalls ?? 200 + 100 * n + 5 * n * n;
  let calls = 0;
  const f: Cost = (x) => {
    calls++;
    const value = cost(free.values(x));
    return Number.isNaN(value) ? Infinity : value;
  };
  const goal = 1e-4 * up;
  let found = variableMetric(f, free.start, free.steps, goal, () => calls < maxCalls);
  if (n > 0 && !(found.edm < goal)) {
    const around = simplexMinimum(f, found.x, free.steps, 0.01 * up, maxCalls);
    const limit = calls + maxCalls;
    found = variableMetric(f, around.x, free.steps, goal, () => calls < limit);
  }
  const values = free.values(found.x);
  const covariance = covarianceAt(cost, parameters, free.places, values, up);
  const names = free.places.map((place) => parameters[place]!.name);
  const error = (place: number): number => {
    const i = free.places.indexOf(place);
    return i < 0 ? 0 : Math.sqrt(covariance?.[i]?.[i] ?? Number.NaN);
  };
  const converged = found.edm < 10 * goal;
  const reason = !Number.isFinite(found.value)
    ? 'the cost has no finite value'
    : !converged
      ? `no minimum was found in ${calls} calls`
      : covariance === undefined
        ? 'the second derivatives at the minimum are not positive'
        : undefined;
  return {
    valid: reason === undefined,
    reason,
    cost: found.value,
    values: Object.fromEntries(parameters.map(({ name }, i) => [name, values[i]!])),
    errors: Object.fromEntries(parameters.map(({ name }, i) => [name, error(i)])),
    covariance: covariance ?? [],
    free: names,
    edm: found.edm,
    calls,
  };
}

interface Point {
  readonly x: number[];
  readonly value: number;
  readonly edm: number;
}

function variableMetric(
  f: Cost,
  start: readonly number[],
  firstSteps: readonly number[],
  goal: number,
  mayGoOn: () => boolean,
): Point {
  const n = start.length;
  let x = [...start];
  let value = f(x);
  if (n === 0) return { x, value, edm: 0 };
  let here = gradient(
    f,
    x,
    firstSteps.map((step) => 0.01 * step),
    value,
  );
  let metric = firstMetric(here.curvature, firstSteps);
  let edm = Infinity;
  let fresh = true;
  while (mayGoOn()) {
    const slope = Matrix.columnVector(here.gradient);
    let direction = metric.mmul(slope).mul(-1).to1DArray();
    let descent = dot(direction, here.gradient);
    if (!(descent < 0)) {
      metric = firstMetric(here.curvature, firstSteps);
      direction = metric.mmul(slope).mul(-1).to1DArray();
      descent = dot(direction, here.gradient);
      fresh = true;
    }
    edm = -descent / 2;
    if (edm < goal && !fresh) break;
    const next = lineSearch(f, x, value, direction, descent);
    if (next === undefined) {
      if (fresh) break;
      metric = firstMetric(here.curvature, firstSteps);
      fresh = true;
      continue;
    }
    const there = gradient(f, next.x, here.steps, next.value);
    const dx = next.x.map((one, i) => one - x[i]!);
    const dg = there.gradient.map((one, i) => one - here.gradient[i]!);
    metric = updated(metric, dx, dg);
    fresh = false;
    x = next.x;
    value = next.value;
    here = there;
  }
  return { x, value, edm };
}

function firstMetric(curvature: readonly number[], steps: readonly number[]): Matrix {
  return Matrix.diag(curvature.map((second, i) => (second > 0 ? 1 / second : steps[i]! ** 2)));
}

/** The inverse of the second derivatives after a step (formula of Broyden, Fletcher, Goldfarb and Shanno). */
function updated(metric: Matrix, dx: readonly number[], dg: readonly number[]): Matrix {
  const curvature = dot(dx, dg);
  if (!(curvature > 1e-14 * Math.sqrt(dot(dx, dx) * dot(dg, dg)))) return metric;
  const [s, y] = [Matrix.columnVector([...dx]), Matrix.columnVector([...dg])];
  const left = Matrix.sub(Matrix.eye(dx.length), s.mmul(y.transpose()).mul(1 / curvature));
  return left
    .mmul(metric)
    .mmul(left.transpose())
    .add(s.mmul(s.transpose()).mul(1 / curvature));
}

/** A point along a direction where the cost is enough lower: a parabola through the trials, halved if need be. */
function lineSearch(
  f: Cost,
  x: readonly number[],
  value: number,
  direction: readonly number[],
  descent: number,
): { x: number[]; value: number } | undefined {
  const at = (length: number): { x: number[]; value: number } => {
    const point = x.map((one, i) => one + length * direction[i]!);
    return { x: point, value: f(point) };
  };
  let length = 1;
  for (let trial = 0; trial < 30; trial++) {
    const next = at(length);
    const curve = (next.value - value - descent * length) / (length * length);
    const lowest = curve > 0 ? -descent / (2 * curve) : 4 * length;
    if (next.value < value + 1e-4 * length * descent) {
      const better = lowest > 1.5 * length || lowest < 0.6 * length ? at(Math.min(lowest, 8 * length)) : next;
      return better.value < next.value ? better : next;
    }
    length = Number.isFinite(lowest) ? Math.min(0.5 * length, Math.max(0.05 * length, lowest)) : 0.1 * length;
  }
  return undefined;
}

/** Covariance from the second derivatives in the parameters themselves; undefined when they are not positive. */
function covarianceAt(
  cost: Cost,
  parameters: readonly Parameter[],
  places: readonly number[],
  values: readonly number[],
  up: number,
): number[][] | undefined {
  if (places.length === 0) return [];
  const f: Cost = (x) => {
    const all = [...values];
    places.forEach((place, i) => (all[place] = x[i]!));
    return cost(all);
  };
  const x = places.map((place) => values[place]!);
  const center = f(x);
  const steps = places.map((place, i) => stepWithin(f, x, i, center, up, parameters[place]!));
  const matrix = hessian(f, x, steps);
  if (matrix.to1DArray().some((value) => !Number.isFinite(value))) return undefined;
  // Scaled to a unit diagonal, so that parameters of very different size do not spoil the inverse.
  const scale = matrix.diagonal().map((second) => (second > 0 ? 1 / Math.sqrt(second) : Number.NaN));
  if (scale.some(Number.isNaN)) return undefined;
  const scaled = Matrix.diag(scale).mmul(matrix).mmul(Matrix.diag(scale));
  const lowest = Math.min(...new EigenvalueDecomposition(scaled).realEigenvalues);
  if (!(lowest > 1e-12)) return undefined;
  const inverted = inverse(scaled);
  return x.map((_, i) => x.map((__, j) => 2 * up * inverted.get(i, j) * scale[i]! * scale[j]!));
}

/** A step at which the cost rises by about a tenth of `up`, inside the limits of the parameter. */
function stepWithin(
  f: Cost,
  x: readonly number[],
  i: number,
  center: number,
  up: number,
  parameter: Parameter,
): number {
  const room = Math.min(x[i]! - (parameter.lower ?? -Infinity), (parameter.upper ?? Infinity) - x[i]!);
  const most = room > 0 && Number.isFinite(room) ? room : Infinity;
  let step = Math.min(most, parameter.step ?? 0.1 * (Math.abs(x[i]!) || 1));
  for (let round = 0; round < 12; round++) {
    const at = [...x];
    at[i] = x[i]! + step;
    const above = f(at);
    at[i] = x[i]! - step;
    const rise = (above + f(at)) / 2 - center;
    if (rise > 0.01 * up && rise < 0.5 * up) break;
    const factor =
      rise > 0 && Number.isFinite(rise) ? Math.sqrt((0.1 * up) / rise) : Number.isFinite(rise) ? 10 : 0.1;
    const next = Math.min(most, step * Math.min(30, Math.max(1 / 30, factor)));
    if (next === step) break;
    step = next;
  }
  return step;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, one, i) => sum + one * b[i]!, 0);
}
