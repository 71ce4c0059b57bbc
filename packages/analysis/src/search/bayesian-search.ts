import { simplexMinimum } from '../fit/simplex.js';
import { gaussCdf } from '../functions/gauss.js';
import { uniformNumbers } from '../statistics/random.js';
import { type Expectation, GaussianProcess } from './gaussian-process.js';

/** Which point is tried next: by expected improvement, or by a bound of what is to be expected there. */
export type Acquisition = 'ei' | 'ucb' | 'lcb';

/** How a function is searched for its minimum. */
export interface BayesianOptions {
  /** Lowest and highest value of every parameter. */
  readonly ranges: readonly (readonly [low: number, high: number])[];
  /** Points that are tried, with those that are tried first. */
  readonly points: number;
  /** Points that are spread over the ranges first; four per parameter and two more when absent. */
  readonly first?: number;
  /** `ei` when absent. */
  readonly acquisition?: Acquisition;
  /** Values are rounded to multiples of these steps; 0: not. Absent: not. */
  readonly steps?: readonly number[];
  /** Equal seeds give equal searches. */
  readonly seed?: number;
}

/** A value of the function with its standard deviation; NaN where there is none. */
export interface Observed {
  readonly value: number;
  readonly error: number;
}

const startsOfAcquisition = 24;

/**
 * Tries points of a function that is expensive: a Gaussian process of what was seen says where the next try is worth most.
 * (Specification: hit and event tiers, chapter 6.1.) Points without a value teach nothing and are left out of it; a point
 * that was tried before is moved by up to a tenth of the ranges.
 * @param attempt the function; it is called `points` times
 */
export function bayesianSearch(
  attempt: (point: readonly number[]) => Observed,
  {
    ranges,
    points,
    first = 2 + 4 * ranges.length,
    acquisition = 'ei',
    steps = [],
    seed = 1,
  }: BayesianOptions,
): void {
  const uniform = uniformNumbers(BigInt(seed) * 7919n + 12345n);
  // The first numbers of neighbouring seeds resemble each other.
  for (let i = 0; i < 8; i++) uniform();
  const toValues = (unit: readonly number[]): number[] =>
    unit.map((x, i) => {
      const [low, high] = ranges[i]!;
      const value = low + x * (high - low);
      const step = steps[i] ?? 0;
      const rounded = step > 0 ? Math.round(value / step) * step : value;
      return Math.min(high, Math.max(low, rounded));
    });
  const toUnit = (values: readonly number[]): number[] =>
    values.map((value, i) => (value - ranges[i]![0]) / (ranges[i]![1] - ranges[i]![0]));
  const tried = new Set<string>();
  const seen = { points: [] as number[][], values: [] as number[], errors: [] as number[] };
  const starts = spread(Math.min(first, points), ranges.length, uniform);
  for (let n = 0; n < points; n++) {
    let values = toValues(starts[n] ?? nextPoint(seen, { dimensions: ranges.length, acquisition, uniform }));
    for (let again = 0; tried.has(values.join()) && again < 20; again++)
      values = toValues(toUnit(values).map((x) => inCube(x + 0.2 * (uniform() - 0.5))));
    tried.add(values.join());
    const { value, error } = attempt(values);
    if (!Number.isFinite(value)) continue;
    seen.points.push(toUnit(values));
    seen.values.push(value);
    seen.errors.push(error);
  }
}

/** How much a try is worth at a point, the less the better. `ei` is negative. */
export function acquisitionAt({ mean, sigma }: Expectation, best: number, by: Acquisition): number {
  if (by === 'ucb') return mean + 0.01 * sigma;
  if (by === 'lcb') return mean - 0.01 * sigma;
  if (!(sigma > 0)) return Math.min(0, mean - best);
  const z = (best - mean) / sigma;
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return -((best - mean) * gaussCdf(z, 0, 1) + sigma * density);
}

function nextPoint(
  seen: { readonly points: number[][]; readonly values: number[]; readonly errors: number[] },
  {
    dimensions,
    acquisition,
    uniform,
  }: { readonly dimensions: number; readonly acquisition: Acquisition; readonly uniform: () => number },
): number[] {
  const anywhere = (): number[] => Array.from({ length: dimensions }, uniform);
  if (seen.values.length < 2) return anywhere();
  const process = new GaussianProcess(seen);
  // What is expected at the tried points, not what was seen there: a lucky value is not the minimum.
  const best = Math.min(...seen.points.map((point) => process.at(point).mean));
  const worth = (x: ArrayLike<number>): number => {
    const point = Array.from(x);
    if (point.some((one) => one < 0 || one > 1)) return Infinity;
    return acquisitionAt(process.at(point), best, acquisition);
  };
  const leader = seen.points[seen.values.indexOf(Math.min(...seen.values))]!;
  const candidates = [
    leader.map((x) => inCube(x + 0.02 * (uniform() - 0.5))),
    ...Array.from({ length: startsOfAcquisition }, anywhere),
  ];
  const found = candidates
    .map((point) => ({ point, value: worth(point) }))
    .sort((a, b) => a.value - b.value)
    .slice(0, 5)
    .map(({ point }) =>
      simplexMinimum(
        worth,
        point,
        point.map((x) => (x > 0.5 ? -0.05 : 0.05)),
        1e-9,
        60,
      ),
    )
    .reduce((one, other) => (other.value < one.value ? other : one));
  return found.x.map(inCube);
}

/** Points spread evenly: of each parameter every one of so many equal parts holds one. */
function spread(count: number, dimensions: number, uniform: () => number): number[][] {
  const columns = Array.from({ length: dimensions }, () => {
    const places = Array.from({ length: count }, (_, i) => (i + uniform()) / count);
    for (let i = count - 1; i > 0; i--) {
      const j = Math.floor(uniform() * (i + 1));
      [places[i], places[j]] = [places[j]!, places[i]!];
    }
    return places;
  });
  return Array.from({ length: count }, (_, i) => columns.map((places) => places[i]!));
}

function inCube(x: number): number {
  return Math.min(1, Math.max(0, x));
}
