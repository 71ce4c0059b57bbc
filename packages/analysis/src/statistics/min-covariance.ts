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

/**
 * The so many points of a cloud whose covariance has the smallest determinant: far points, up to a quarter of all, do not
 * count. (Rousseeuw and Van Driessen, Technometrics 41 (1999) 212: concentration steps from random starts, here always the
 * same ones.) Throws a RangeError for fewer than 50 finite points, and for points on a line.
 * @param share of the points that are the bulk, over 0.5
 */
export function bulkOf(x: ArrayLike<number>, y: ArrayLike<number>, share = 0.75): Bulk {
  const finite = Array.from(x, (_, i) => i).filter((i) => Number.isFinite(x[i]) && Number.isFinite(y[i]));
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
  return best!;
}

/** The points that lie closest to a bulk, in units of its covariance, are the next one. */
function concentrate(x: Float64Array, y: Float64Array, held: number, { mean, covariance }: Bulk): Bulk {
  const [xx, xy, yy] = covariance;
  const size = xx * yy - xy * xy;
  // Three points on a line have no covariance to measure by.
  const [a, b, c] = size > 0 ? [yy / size, -xy / size, xx / size] : [1 / (xx + 1e-300), 0, 1 / (yy + 1e-300)];
  const distances = Float64Array.from(x, (at, i) => {
    const dx = at - mean[0];
    const dy = y[i]! - mean[1];
    return a * dx * dx + 2 * b * dx * dy + c * dy * dy;
  });
  const limit = Float64Array.from(distances).sort()[held - 1]!;
  const inside: number[] = [];
  for (let i = 0; i < x.length && inside.length < held; i++) if (distances[i]! <= limit) inside.push(i);
  return momentsOf(x, y, inside);
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
