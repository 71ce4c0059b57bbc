import { rowsWhere } from '../rows-where.js';
import { uniformNumbers } from './random.js';

/** Centre and covariance of the bulk of points in a plane. */
export interface Bulk {
  readonly mean: readonly [x: number, y: number];
  /** Variance of x, covariance, variance of y: of the points of the bulk alone. */
  readonly covariance: readonly [xx: number, xy: number, yy: number];
  /** Points of the bulk. */
  readonly points: number;
}

const starts = 20;
const mostSteps = 50;
const fewest = 50;

/** Quantiles of χ² with two degrees of freedom: half of a Gaussian cloud lies within the one, 97.5 % within the other. */
const middleDistance = 2 * Math.LN2;
const farDistance = 2 * Math.log(40);

/**
 * The bulk of a cloud of points: those within 97.5 % of the ellipse that belongs to the so many points whose covariance has
 * the smallest determinant, so that far points, up to a quarter of all, do not count. (P. Rousseeuw, K. Van Driessen,
 * Technometrics 41 (1999) 212: concentration steps from random starts, here always the same ones, and one step of weights,
 * without which the slope of the cloud has more than twice its error.) Throws a RangeError for fewer than 50 finite points, and for points on a line.
 * @param share of the points whose covariance is made small, over 0.5
 */
export function bulkOf(x: ArrayLike<number>, y: ArrayLike<number>, share = 0.75): Bulk {
  const finite = rowsWhere(x.length, (i) => Number.isFinite(x[i]) && Number.isFinite(y[i]));
  if (finite.length < fewest) throw new RangeError(`${finite.length} points are too few to find their bulk`);
  const px = Float64Array.from(finite, (i) => x[i]!);
  const py = Float64Array.from(finite, (i) => y[i]!);
  const held = Math.max(3, Math.floor(share * px.length));
  const uniform = uniformNumbers(20n);
  const begun = Array.from({ length: starts }, () => {
    const three = Array.from({ length: 3 }, () => Math.floor(uniform() * px.length));
    return concentrate(px, py, held, concentrate(px, py, held, momentsOf(px, py, three)));
  }).sort((a, b) => determinant(a) - determinant(b));
  let best: Bulk | undefined;
  for (let current of begun.slice(0, 3)) {
    for (let step = 0; step < mostSteps; step++) {
      const next = concentrate(px, py, held, current);
      if (!(determinant(next) < determinant(current))) break;
      current = next;
    }
    if (best === undefined || determinant(current) < determinant(best)) best = current;
  }
  if (!(determinant(best!) > 0)) throw new RangeError('the points lie on a line');
  const distances = distancesOf(px, py, best!);
  const scale = Float64Array.from(distances).sort()[distances.length >> 1]! / middleDistance;
  const near = rowsWhere(px.length, (i) => distances[i]! <= farDistance * scale);
  return momentsOf(px, py, near);
}

/** The points that lie closest to a bulk are the next one. */
function concentrate(x: Float64Array, y: Float64Array, held: number, bulk: Bulk): Bulk {
  const distances = distancesOf(x, y, bulk);
  const limit = Float64Array.from(distances).sort()[held - 1]!;
  return momentsOf(x, y, rowsWhere(x.length, (i) => distances[i]! <= limit).slice(0, held));
}

/** Squares of the distances from the middle of a bulk, in units of its covariance. */
function distancesOf(x: Float64Array, y: Float64Array, { mean, covariance }: Bulk): Float64Array {
  const [xx, xy, yy] = covariance;
  const size = xx * yy - xy * xy;
  // Three points on a line have no covariance to measure by.
  const [a, b, c] = size > 0 ? [yy / size, -xy / size, xx / size] : [1 / (xx + 1e-300), 0, 1 / (yy + 1e-300)];
  return Float64Array.from(x, (at, i) => {
    const dx = at - mean[0];
    const dy = y[i]! - mean[1];
    return a * dx * dx + 2 * b * dx * dy + c * dy * dy;
  });
}

function momentsOf(x: Float64Array, y: Float64Array, chosen: readonly number[]): Bulk {
  const points = chosen.length;
  const [mx, my] = [x, y].map((values) => chosen.reduce((sum, i) => sum + values[i]!, 0) / points) as [
    number,
    number,
  ];
  let [xx, xy, yy] = [0, 0, 0];
  for (const i of chosen) {
    const [dx, dy] = [x[i]! - mx, y[i]! - my];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  return { mean: [mx, my], covariance: [xx / points, xy / points, yy / points], points };
}

function determinant({ covariance: [xx, xy, yy] }: Bulk): number {
  return xx * yy - xy * xy;
}
