import type { GammaLine } from '../calibration/line-lists.js';
import { fitPolynomial } from '../fit/polynomial.js';
import { rowsWhere } from '../rows-where.js';
import { bulkOf } from '../statistics/min-covariance.js';
import { fitCurrentPeak } from './current-peak.js';
import { coreOf } from './cut-window.js';
import { lineBefore } from './line-survival.js';

/** How a parameter depends on the time that charges drift: value·(1 + α·drift time) does not depend on it any more. */
export interface DriftCorrection {
  /** Per unit of the drift times. */
  readonly alpha: number;
  readonly alphaError: number;
}

/** Events of a line that drift for a short or a long time. */
export interface DriftGroup {
  /** Mean drift time: A/E that falls in proportion to it has its mean there. */
  readonly time: number;
  /** Mean of A/E of single sites. */
  readonly mean: number;
  readonly meanError: number;
  readonly events: number;
}

/** A correction from two groups of events. */
export interface GroupCorrection extends DriftCorrection {
  readonly groups: readonly [short: DriftGroup, long: DriftGroup];
  /** Drift time that divides the groups. */
  readonly border: number;
}

const lineReach = 2.5;
const fewestOfGroup = 150;
/** Part of the events that is left out at each end of the drift times. */
const left = 0.01;
/** Most events of the continuum that count: more would not make it better. */
const mostPoints = 20_000;

/**
 * The correction of A/E from the events of the double escape peak, which are of single sites: divided into two groups by
 * their drift times where both are narrowest, A/E of both is to be the same. (Specification: hit and event tiers, 6.5.)
 * @param currents A/E of events, row by row with drift times (any unit) and `energies` in keV
 * Throws a RangeError where the line or A/E cannot be fitted, or a group has too few events.
 */
export function driftFromGroups(
  currents: ArrayLike<number>,
  driftTimes: ArrayLike<number>,
  energies: ArrayLike<number>,
  line: Pick<GammaLine, 'energy' | 'below' | 'above'>,
): GroupCorrection {
  const sorted = eventsOfLine(driftTimes, energies, line)
    .filter((i) => Number.isFinite(currents[i]))
    .sort((a, b) => driftTimes[a]! - driftTimes[b]!);
  // Single far times would move the means of the groups.
  const chosen = sorted.slice(Math.floor(left * sorted.length), Math.ceil((1 - left) * sorted.length));
  const place = division(chosen.map((i) => driftTimes[i]!));
  const groupOf = (events: readonly number[]): DriftGroup => {
    if (events.length < fewestOfGroup)
      throw new RangeError(
        `a group of drift times has ${events.length} events of the line at ${line.energy} keV: ` +
          `at least ${fewestOfGroup} are needed`,
      );
    const { mean, meanError } = fitCurrentPeak(events.map((i) => currents[i]!));
    const time = events.reduce((sum, i) => sum + driftTimes[i]!, 0) / events.length;
    return { time, mean, meanError, events: events.length };
  };
  const short = groupOf(chosen.slice(0, place));
  const long = groupOf(chosen.slice(place));
  const lever = long.mean * long.time - short.mean * short.time;
  if (!(lever !== 0)) throw new RangeError('the drift times of both groups are the same');
  const alpha = (short.mean - long.mean) / lever;
  const span = (long.time - short.time) / (lever * lever);
  const alphaError = Math.hypot(long.mean * span * short.meanError, short.mean * span * long.meanError);
  return { alpha, alphaError, groups: [short, long], border: driftTimes[chosen[place]!]! };
}

/**
 * The correction from all events of the continuum: the axis along which the bulk of drift times and A/E lies. Lines are
 * to be left out by the caller. (Specification: hit and event tiers, 6.5; drift times vary so much more than A/E that the
 * principal axis is the straight line through the bulk.)
 * Throws a RangeError for fewer than 50 events.
 */
export function driftFromContinuum(
  currents: ArrayLike<number>,
  driftTimes: ArrayLike<number>,
): DriftCorrection {
  const stride = Math.max(1, Math.ceil(currents.length / mostPoints));
  const some = Array.from({ length: Math.floor(currents.length / stride) }, (_, i) => i * stride);
  const bulk = bulkOf(
    some.map((i) => driftTimes[i]!),
    some.map((i) => currents[i]!),
  );
  const [tt, ta, aa] = bulk.covariance;
  const slope = ta / tt;
  const origin = bulk.mean[1] - slope * bulk.mean[0];
  const slopeError = Math.sqrt(Math.max(0, aa / tt - slope * slope) / bulk.points);
  return { alpha: -slope / origin, alphaError: Math.abs(slopeError / origin) };
}

/** LQ over drift time of the events of a line. */
export interface LateDrift {
  /** LQ − slope·(drift time − middle) does not depend on it any more. */
  readonly slope: number;
  readonly slopeError: number;
  readonly middle: number;
  readonly points: { readonly x: number[]; readonly y: number[]; readonly errors: number[] };
}

const slices = 8;

/**
 * The straight line of LQ over drift time for the events of the double escape peak: through the cores of eight slices of
 * drift time with equally many events. (Specification: hit and event tiers, 6.5.)
 * Throws a RangeError where the line cannot be fitted, or fewer than three slices have a core.
 */
export function lateDrift(
  charges: ArrayLike<number>,
  driftTimes: ArrayLike<number>,
  energies: ArrayLike<number>,
  line: Pick<GammaLine, 'energy' | 'below' | 'above'>,
): LateDrift {
  const chosen = eventsOfLine(driftTimes, energies, line).filter((i) => Number.isFinite(charges[i]));
  chosen.sort((a, b) => driftTimes[a]! - driftTimes[b]!);
  const points = { x: [] as number[], y: [] as number[], errors: [] as number[] };
  const count = Math.min(slices, Math.floor(chosen.length / 100));
  for (let slice = 0; slice < count; slice++) {
    const part = chosen.slice(
      Math.floor((slice * chosen.length) / count),
      Math.floor(((slice + 1) * chosen.length) / count),
    );
    const { mean, sigma, entries } = coreOf(part.map((i) => charges[i]!));
    points.x.push(part.reduce((sum, i) => sum + driftTimes[i]!, 0) / part.length);
    points.y.push(mean);
    points.errors.push(sigma / Math.sqrt(entries));
  }
  if (count < 3)
    throw new RangeError(
      `${chosen.length} events of the line at ${line.energy} keV have LQ and a drift time: too few`,
    );
  const middle = points.x.reduce((sum, x) => sum + x, 0) / count;
  const { coefficients, errors } = fitPolynomial({ ...points, x: points.x.map((x) => x - middle) }, 1);
  return { slope: coefficients[1]!, slopeError: errors[1]!, middle, points };
}

function eventsOfLine(
  driftTimes: ArrayLike<number>,
  energies: ArrayLike<number>,
  line: Pick<GammaLine, 'energy' | 'below' | 'above'>,
): number[] {
  const { peak } = lineBefore(energies, line).fit;
  return rowsWhere(
    energies.length,
    (i) => Math.abs(energies[i]! - peak.mu) < lineReach * peak.sigma && Number.isFinite(driftTimes[i]),
  );
}

/** How many of the sorted values are in the first group, so that the variance within both is smallest. */
function division(sorted: readonly number[]): number {
  const total = sorted.reduce((sum, value) => sum + value, 0);
  let [sum, best, place] = [0, -Infinity, sorted.length >> 1];
  for (let i = 1; i < sorted.length; i++) {
    sum += sorted[i - 1]!;
    const between = sum ** 2 / i + (total - sum) ** 2 / (sorted.length - i);
    if (between > best) [best, place] = [between, i];
  }
  return place;
}
