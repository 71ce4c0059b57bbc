import { binnedLikelihood } from '../fit/costs.js';
import { minimise } from '../fit/minimise.js';
import { gaussCdf } from '../functions/gauss.js';
import { type Histogram, histogramOf } from '../histogram/histogram.js';
import { modeOf } from '../statistics/decay-constant.js';

/** Where a parameter of good pulses lies, and how widely it is spread. */
export interface Core {
  readonly mean: number;
  readonly sigma: number;
  /** Finite values. */
  readonly entries: number;
}

/** How far a window reaches on both sides, in standard deviations; Infinity: no limit on that side. */
export interface WindowReach {
  readonly below: number;
  readonly above: number;
}

/** A window of a parameter of pulses. Limits are those of the open interval (low, high). */
export interface CutWindow extends Core {
  readonly low: number;
  readonly high: number;
  /** Fraction of all values inside, with its binomial standard deviation. NaN is outside. */
  readonly kept: number;
  readonly keptError: number;
}

const mostRounds = 8;

/**
 * Place and width of the core of a distribution: where it is densest, then a Gaussian through twenty bins around that,
 * again until its width stays. Unlike a mean it does not mind far values, and unlike the highest bin it does not need many.
 * (Specification: hit and event tiers, chapter 6.4, where the start is the highest bin.)
 * Throws a RangeError for fewer than 100 finite values, and for values that are all the same.
 */
export function coreOf(values: ArrayLike<number>): Core {
  const sorted = Float64Array.from(values)
    .filter((value) => Number.isFinite(value))
    .sort();
  const { mode, sigma } = modeOf(sorted);
  const step = smallestStep(sorted);
  if (step === 0) throw new RangeError(`the values are all ${mode}: they have no width to cut on`);
  // Most values of a few different sizes may be equal, which leaves no width between quantiles.
  let peak: Peak = { mean: mode, sigma: Math.max(sigma, step / 2) };
  for (let round = 0; round < mostRounds; round++) {
    const next = gaussianAround(sorted, peak, step);
    if (next === undefined) break;
    const change = Math.abs(next.sigma / peak.sigma - 1);
    peak = next;
    if (change < 0.01) break;
  }
  return { ...peak, entries: sorted.length };
}

/**
 * The window that cleans data of pulses whose parameter is unusual: mean and standard deviation of the core, and so many
 * of them on both sides. Throws a RangeError for values without a core.
 */
export function cutWindow(values: ArrayLike<number>, { below, above }: WindowReach): CutWindow {
  const core = coreOf(values);
  const [low, high] = [core.mean - below * core.sigma, core.mean + above * core.sigma];
  let inside = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! > low && values[i]! < high) inside++;
  const kept = inside / values.length;
  return { ...core, low, high, kept, keptError: Math.sqrt((kept * (1 - kept)) / values.length) };
}

type Peak = Omit<Core, 'entries'>;

/** Distance of the two different values that are closest to each other; 0 when all are the same. */
function smallestStep(sorted: Float64Array): number {
  let smallest = Infinity;
  for (let i = 1; i < sorted.length; i++) {
    const step = sorted[i]! - sorted[i - 1]!;
    if (step > 0 && step < smallest) smallest = step;
  }
  return Number.isFinite(smallest) ? smallest : 0;
}

/** Twenty bins around a peak; with whole numbers, or other steps, every bin holds as many steps as its neighbours. */
function binsAround(sorted: Float64Array, { mean, sigma }: Peak, step: number): Histogram {
  const reach = 2.5 * sigma;
  const width = reach / 10;
  // The smallest distance of measured values that are not in steps is far smaller.
  if (!(step > width / 10)) return histogramOf(sorted, mean - reach, mean + reach, width);
  const whole = step * Math.max(1, Math.round(width / step));
  const nearest = sorted.reduce((best, value) =>
    Math.abs(value - mean) < Math.abs(best - mean) ? value : best,
  );
  const half = Math.max(2, Math.round(reach / whole));
  const first = nearest - step / 2 - half * whole;
  return histogramOf(sorted, first, first + (2 * half + 1) * whole, whole);
}

/** A Gaussian through the bins within two and a half standard deviations; undefined where it cannot be fitted. */
function gaussianAround(sorted: Float64Array, { mean, sigma }: Peak, step: number): Peak | undefined {
  const histogram = binsAround(sorted, { mean, sigma }, step);
  const total = histogram.counts.reduce((sum, count) => sum + count, 0);
  // In units of the width, with the mean at 0: parameters are of any size.
  const unit = { ...histogram, from: (histogram.from - mean) / sigma, width: histogram.width / sigma };
  const fit = minimise(
    binnedLikelihood(unit, (x, [size, shift, width]) => size! * gaussCdf(x, shift!, width!)),
    [
      { name: 'size', start: total, lower: 0, step: Math.sqrt(total + 1) },
      { name: 'shift', start: 0, lower: -2.5, upper: 2.5, step: 0.1 },
      { name: 'width', start: 1, lower: 0.05, upper: 3, step: 0.1 },
    ],
  );
  if (!fit.valid) return undefined;
  return { mean: mean + fit.values['shift']! * sigma, sigma: fit.values['width']! * sigma };
}
