import type { GammaLine } from '../calibration/line-lists.js';
import { leastSquares } from '../fit/costs.js';
import { minimise } from '../fit/minimise.js';
import { rowsWhere } from '../rows-where.js';
import { erfc } from '../special/erf.js';
import { lineBefore, lineSurvival, type Survival } from './line-survival.js';

/** Where a cut on a classifier leaves so much of a line. */
export interface SurvivalCut {
  /** Events with a classifier above it pass. */
  readonly cut: number;
  readonly cutError: number;
  /** The survival at every cut that was tried. */
  readonly scan: readonly (Survival & { readonly cut: number })[];
  /** Survival over the cut (a + b·x)·erfc(c·x + d): the coefficients; undefined where the points had to be joined by lines. */
  readonly curve: readonly [a: number, b: number, c: number, d: number] | undefined;
}

/** What the cut is to leave. */
export interface CutChoice {
  /** The line that is of single sites: the double escape peak. */
  readonly line: Pick<GammaLine, 'energy' | 'below' | 'above'>;
  /** Fraction of the line to keep; 0.9 when absent. */
  readonly keep?: number;
  /** Lowest and highest cut to try; −8 and 1 when absent. */
  readonly from?: number;
  readonly to?: number;
}

const cutsTried = 37;

/**
 * The low cut on a classifier at which a line survives to a given fraction: the survival over the cut, fitted with a smeared
 * step, solved for the fraction. (Specification: hit and event tiers, chapter 6.5.)
 * @param classifier of events, row by row with `energies` in keV; events without one (NaN) never pass
 * Throws a RangeError where the line cannot be fitted, or its survival does not come to that fraction.
 */
export function survivalCut(
  classifier: ArrayLike<number>,
  energies: ArrayLike<number>,
  { line, keep = 0.9, from = -8, to = 1 }: CutChoice,
): SurvivalCut {
  const events = rowsWhere(
    energies.length,
    (event) => Math.abs(energies[event]! - line.energy) <= Math.max(line.below, line.above),
  );
  const near = events.map((event) => energies[event]!);
  const values = events.map((event) => classifier[event]!);
  const before = lineBefore(near, line);
  const scan = Array.from({ length: cutsTried }, (_, i) => {
    const cut = from + (i / (cutsTried - 1)) * (to - from);
    return { cut, ...lineSurvival(near, (event) => values[event]! > cut, before, 'kept') };
  });
  const place = scan.findIndex(
    ({ fraction }, i) => i > 0 && fraction < keep && scan[i - 1]!.fraction >= keep,
  );
  if (place < 0) {
    throw new RangeError(
      `the survival of the line at ${line.energy} keV does not fall through ${keep} for cuts from ${from} to ${to}`,
    );
  }
  const [left, right] = [scan[place - 1]!, scan[place]!];
  const joined =
    left.cut + ((left.fraction - keep) / (left.fraction - right.fraction)) * (right.cut - left.cut);
  const curve = fitCurve(scan, joined);
  const cut = curve === undefined ? joined : solve(curve, keep, left.cut - 1, right.cut + 1);
  const slope =
    curve === undefined
      ? (right.fraction - left.fraction) / (right.cut - left.cut)
      : (survivalCurve(cut + 0.01, curve) - survivalCurve(cut - 0.01, curve)) / 0.02;
  return { cut, cutError: Math.abs((left.error + right.error) / 2 / slope), scan, curve };
}

/** (a + b·x)·erfc(c·x + d). */
export function survivalCurve(x: number, [a, b, c, d]: NonNullable<SurvivalCut['curve']>): number {
  return (a + b * x) * erfc(c * x + d);
}

/** Undefined when the curve misses the points around the cut. */
function fitCurve(scan: SurvivalCut['scan'], near: number): SurvivalCut['curve'] {
  const points = {
    x: scan.map(({ cut }) => cut),
    y: scan.map(({ fraction }) => fraction),
    errors: scan.map(({ error }) => Math.max(error, 1e-3)),
  };
  const fit = minimise(
    leastSquares(points, (x, [a, b, c, d]) => survivalCurve(x, [a!, b!, c!, d!])),
    [
      { name: 'a', start: 0.48, step: 0.05 },
      { name: 'b', start: 0, step: 0.01 },
      { name: 'c', start: 0.7, lower: 0.05, upper: 10, step: 0.1 },
      { name: 'd', start: 0, step: 0.1 },
    ],
  );
  const { a, b, c, d } = fit.values;
  const curve = [a!, b!, c!, d!] as const;
  const misses = scan.some(
    ({ cut, fraction, error }) =>
      Math.abs(cut - near) < 0.6 && !(Math.abs(survivalCurve(cut, curve) - fraction) < 0.01 + error),
  );
  return misses ? undefined : curve;
}

function solve(curve: NonNullable<SurvivalCut['curve']>, keep: number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (survivalCurve(middle, curve) > keep) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
