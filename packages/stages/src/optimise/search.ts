import { simplexMinimum } from '@countroom/analysis';
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
export function pointsOf({ method, parameters }: OptimiseOptions): number {
  return method === 'simplex'
    ? mostPoints
    : parameters.reduce((product, { values }) => product * values.length, 1);
}

/** Tries every point of the grid, the last parameter changing fastest, or searches with a simplex. */
export function search(
  { method, parameters }: OptimiseOptions,
  merit: (values: readonly Value[]) => Merit,
  onTrial: () => void,
): Trial[] {
  const trials: Trial[] = [];
  const attempt = (values: readonly Value[]): number => {
    const found = merit(values);
    trials.push({ values, ...found });
    onTrial();
    return found.value;
  };
  if (method === 'grid') {
    let points: Value[][] = [[]];
    for (const { values } of parameters)
      points = points.flatMap((point) => values.map((value) => [...point, value]));
    points.forEach(attempt);
    return trials;
  }
  const scales = parameters.map(({ values }) => scaleOf(values)!);
  const ends = scales.map(({ numbers }) => [Math.min(...numbers), Math.max(...numbers)] as const);
  const start = ends.map(([low, high]) => (low + high) / 2);
  const steps = ends.map(([low, high]) => (high - low) / 4);
  const cost = (x: ArrayLike<number>): number => {
    const inside = ends.every(([low, high], i) => x[i]! >= low && x[i]! <= high);
    if (!inside || trials.length >= mostPoints) return Infinity;
    const value = attempt(
      Array.from(x, (number, i) => {
        const { unit } = scales[i]!;
        const text = Number(number.toPrecision(5));
        return unit === '' ? text : `${text}*${unit}`;
      }),
    );
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
