/** Turns a raw value into a true one. */
export type CalibrationCurve = (raw: number) => number;

/** Known pairs: what was read, and what it truly was. */
export interface CalibrationTable {
  readonly true: readonly number[];
  readonly raw: readonly number[];
}

/**
 * A curve through known pairs in any order: a line through two, a parabola through three, else a cubic spline whose
 * first and last two pieces are one polynomial each ("not a knot"); outside of the table its ends go on.
 * Throws a RangeError for fewer than two pairs, for lists of different length, and for two pairs with one raw value.
 */
export function calibrationCurve({ true: wanted, raw }: CalibrationTable): CalibrationCurve {
  if (wanted.length !== raw.length)
    throw new RangeError(`calibration: ${wanted.length} true values for ${raw.length} raw ones`);
  if (raw.length < 2) throw new RangeError('calibration: a table needs at least two pairs');
  const pairs = raw.map((x, i) => ({ x, y: wanted[i]! })).sort((a, b) => a.x - b.x);
  const same = pairs.find(({ x }, i) => i > 0 && pairs[i - 1]!.x === x);
  if (same !== undefined) throw new RangeError(`calibration: the raw value ${same.x} is there twice`);
  const xs = pairs.map(({ x }) => x);
  const ys = pairs.map(({ y }) => y);
  return xs.length < 4 ? polynomial(xs, ys) : spline(xs, ys, secondDerivatives(xs, ys));
}

/** The polynomial through all points, by Newton's divided differences. */
function polynomial(xs: readonly number[], ys: readonly number[]): CalibrationCurve {
  const parts = [...ys];
  for (let order = 1; order < xs.length; order++)
    for (let i = xs.length - 1; i >= order; i--)
      parts[i] = (parts[i]! - parts[i - 1]!) / (xs[i]! - xs[i - order]!);
  return (raw) => parts.reduceRight((sum, part, i) => sum * (raw - xs[i]!) + part, 0);
}

/**
 * Second derivatives at the points: a tridiagonal system, whose first and last unknown follow from their neighbours because
 * the third derivative does not jump at the second and the last but one point.
 */
function secondDerivatives(xs: readonly number[], ys: readonly number[]): Float64Array {
  const n = xs.length;
  const h = Float64Array.from({ length: n - 1 }, (_, i) => xs[i + 1]! - xs[i]!);
  const slope = Float64Array.from(h, (width, i) => (ys[i + 1]! - ys[i]!) / width);
  const [low, main, high, right] = [0, 1, 2, 3].map(() => new Float64Array(n)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 1; i < n - 1; i++) {
    low[i] = h[i - 1]!;
    main[i] = 2 * (h[i - 1]! + h[i]!);
    high[i] = h[i]!;
    right[i] = 6 * (slope[i]! - slope[i - 1]!);
  }
  const first = h[0]! / h[1]!;
  main[1]! += h[0]! * (1 + first);
  high[1]! -= h[0]! * first;
  const last = h[n - 2]! / h[n - 3]!;
  main[n - 2]! += h[n - 2]! * (1 + last);
  low[n - 2]! -= h[n - 2]! * last;
  for (let i = 2; i < n - 1; i++) {
    const factor = low[i]! / main[i - 1]!;
    main[i]! -= factor * high[i - 1]!;
    right[i]! -= factor * right[i - 1]!;
  }
  const second = new Float64Array(n);
  for (let i = n - 2; i >= 1; i--)
    second[i] = (right[i]! - (i === n - 2 ? 0 : high[i]! * second[i + 1]!)) / main[i]!;
  second[0] = (1 + first) * second[1]! - first * second[2]!;
  second[n - 1] = (1 + last) * second[n - 2]! - last * second[n - 3]!;
  return second;
}

function spline(xs: readonly number[], ys: readonly number[], second: Float64Array): CalibrationCurve {
  return (raw) => {
    let piece = 0;
    while (piece < xs.length - 2 && raw > xs[piece + 1]!) piece += 1;
    const width = xs[piece + 1]! - xs[piece]!;
    const b = (raw - xs[piece]!) / width;
    const a = 1 - b;
    const bend = ((a ** 3 - a) * second[piece]! + (b ** 3 - b) * second[piece + 1]!) * (width ** 2 / 6);
    return a * ys[piece]! + b * ys[piece + 1]! + bend;
  };
}
