import { setImmediate as immediate } from 'node:timers/promises';
import { bayesianSearch, simplexMinimum } from '@countroom/analysis';
import type { Merit } from './figure.js';
import { type OptimiseOptions, scaleOf } from './optimise-options.js';

type Value = string | number;

/** A point that was tried. */
export interface Trial extends Merit {
  readonly values: readonly Value[];
}

/** Most points of a simplex search. */
const mostPoints = 120;

/** How many points a search takes; of a simplex at most. */
export function pointsOf({ method, parameters, points }: OptimiseOptions): number {
  if (method === 'bayesian') return points;
  return method === 'simplex'
    ? mostPoints
    : parameters.reduce((product, { values }) => product * values.length, 1);
}

/**
 * Tries every point of the grid, the last parameter changing fastest, or searches between the values. Of a grid no further
 * point is tried once the signal aborts.
 */
export async function search(
  options: OptimiseOptions,
  merit: (values: readonly Value[]) => Merit,
  onTrial: () => void,
  signal: AbortSignal,
): Promise<Trial[]> {
  const { method, parameters } = options;
  const trials: Trial[] = [];
  const attempt = (values: readonly Value[]): Merit => {
    const found = merit(values);
    trials.push({ values, ...found });
    onTrial();
    return found;
  };
  if (method === 'grid') {
    let points: Value[][] = [[]];
    for (const { values } of parameters)
      points = points.flatMap((point) => values.map((value) => [...point, value]));
    for (const point of points) {
      if (signal.aborted) break;
      attempt(point);
      // Somebody may want to stop it.
      await immediate();
    }
    return trials;
  }
  const scales = parameters.map(({ values }) => scaleOf(values)!);
  const ends = scales.map(({ numbers }) => [Math.min(...numbers), Math.max(...numbers)] as const);
  const valuesAt = (x: ArrayLike<number>): Value[] =>
    Array.from(x, (number, i) => {
      const { unit } = scales[i]!;
      const { step } = parameters[i]!;
      const rounded = step === undefined ? number : Math.round(number / step) * step;
      const text = Number(rounded.toPrecision(5));
      return unit === '' ? text : `${text}*${unit}`;
    });
  if (method === 'bayesian') {
    const { points, acquisition, seed } = options;
    const roundedTo = parameters.map(({ step = 0 }) => step);
    const range = { ranges: ends, steps: roundedTo };
    bayesianSearch((x) => attempt(valuesAt(x)), { ...range, points, acquisition, seed });
    return trials;
  }
  const start = ends.map(([low, high]) => (low + high) / 2);
  const steps = ends.map(([low, high]) => (high - low) / 4);
  const cost = (x: ArrayLike<number>): number => {
    const inside = ends.every(([low, high], i) => x[i]! >= low && x[i]! <= high);
    if (!inside || trials.length >= mostPoints) return Infinity;
    const { value } = attempt(valuesAt(x));
    return Number.isNaN(value) ? Infinity : value;
  };
  simplexMinimum(cost, start, steps, 1e-4, mostPoints);
  return trials;
}

/** The trial with the smallest figure; undefined when none has one. */
export function bestOf(trials: readonly Trial[]): Trial | undefined {
  const found = trials.filter(({ value }) => Number.isFinite(value));
  return found.reduce<Trial | undefined>(
    (best, one) => (best === undefined || one.value < best.value ? one : best),
    undefined,
  );
}
