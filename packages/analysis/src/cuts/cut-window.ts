import { leastSquares } from '../fit/costs.js';
import { minimise } from '../fit/minimise.js';
import { gaussUnnormalised } from '../functions/gauss.js';
import { binCenter, type Histogram, histogramOf } from '../histogram/histogram.js';

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

const fwhmOfSigma = 2 * Math.sqrt(2 * Math.LN2);
const fewestValues = 100;
const mostBins = 100_000;

/**
 * Place and width of the core of a distribution: of all but one percent at either end the highest bin and the width at
 * half of it, with bins as wide as the twentieth of the values behind the median; then a Gaussian through finer bins
 * around it. (Specification: hit and event tiers, chapter 6.4.) Unlike a mean it does not mind far values.
 * Throws a RangeError for fewer than 100 finite values, and for values that are all the same.
 */
export function coreOf(values: ArrayLike<number>): Core {
  const sorted = Float64Array.from(values)
    .filter((value) => Number.isFinite(value))
    .sort();
  const entries = sorted.length;
  if (entries < fewestValues)
    throw new RangeError(`${entries} values are too few: at least ${fewestValues} are needed`);
  const middle = sorted.subarray(Math.floor(0.01 * entries), Math.ceil(0.99 * entries));
  const coarse = peakOf(binned(middle, middle[0]!, middle.at(-1)!, 0.05));
  const [from, to] = [coarse.mean - 10 * coarse.sigma, coarse.mean + 10 * coarse.sigma];
  const near = sorted.filter((value) => value >= from && value <= to);
  const fine = peakOf(binned(near, near[0]!, near.at(-1)!, 0.02));
  return { ...gaussianAround(near, fine), entries };
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

/** Bins around a peak; with whole numbers, or other steps, every bin holds as many steps as its neighbours. */
function twentyBins(sorted: Float64Array, { mean, sigma }: Peak): Histogram {
  const reach = 2.5 * sigma;
  const width = reach / 10;
  const step = smallestStep(sorted);
  // The smallest distance of measured values that are not in steps is far smaller.
  if (!(step > width / 10)) return histogramOf(sorted, mean - reach, mean + reach, width);
  const whole = step * Math.max(1, Math.round(width / step));
  const first = sorted.find((value) => value >= mean - reach)! - step / 2;
  return histogramOf(sorted, first, first + whole * Math.max(5, Math.round((2 * reach) / whole)), whole);
}

type Peak = Omit<Core, 'entries'>;

/** Bins as wide as the part of the sorted values from the median to so much behind it. */
function binned(sorted: Float64Array, from: number, to: number, part: number): Histogram {
  const at = (fraction: number): number => sorted[Math.floor(fraction * (sorted.length - 1))]!;
  const spread = at(0.5 + part) - at(0.5);
  // Values of few different sizes, such as whole numbers, may be equal from the median on.
  const width = Math.max(spread > 0 ? spread : smallestStep(sorted), (to - from) / mostBins);
  if (!(width > 0)) throw new RangeError(`the values are all ${from}: they have no width to cut on`);
  return histogramOf(sorted, from - width / 2, to + width, width);
}

function smallestStep(sorted: Float64Array): number {
  let smallest = Infinity;
  for (let i = 1; i < sorted.length; i++) {
    const step = sorted[i]! - sorted[i - 1]!;
    if (step > 0 && step < smallest) smallest = step;
  }
  return Number.isFinite(smallest) ? smallest : 0;
}

/** The highest bin, and the width where the counts have fallen to half on both sides of it. */
function peakOf(histogram: Histogram): Peak {
  const { counts, width } = histogram;
  let top = 0;
  counts.forEach((count, bin) => {
    if (count > counts[top]!) top = bin;
  });
  const half = counts[top]! / 2;
  const reach = (step: 1 | -1): number => {
    for (let bin = top + step; ; bin += step) {
      const [count, before] = [counts[bin] ?? 0, counts[bin - step]!];
      if (count <= half) return Math.abs(bin - step - top) + (before - half) / (before - count);
    }
  };
  return {
    mean: binCenter(histogram, top),
    sigma: ((reach(1) + reach(-1)) * width) / fwhmOfSigma,
  };
}

/** A Gaussian through twenty bins within two and a half standard deviations; what was known before where it fails. */
function gaussianAround(values: Float64Array, start: Peak): Peak {
  const histogram = twentyBins(values, start);
  const counts = Array.from(histogram.counts);
  const points = {
    x: counts.map((_, bin) => binCenter(histogram, bin)),
    y: counts,
    errors: counts.map((count) => Math.sqrt(Math.max(1, count))),
  };
  const height = Math.max(...counts);
  const fit = minimise(
    leastSquares(
      points,
      (x, [size, shift, width]) =>
        size! * gaussUnnormalised((x - start.mean) / start.sigma, shift!, Math.abs(width!)),
    ),
    [
      { name: 'height', start: height, lower: 0, step: Math.sqrt(height) },
      { name: 'shift', start: 0, lower: -2.5, upper: 2.5, step: 0.1 },
      { name: 'width', start: 1, lower: 0.1, upper: 5, step: 0.1 },
    ],
  );
  if (!fit.valid) return start;
  return {
    mean: start.mean + fit.values['shift']! * start.sigma,
    sigma: fit.values['width']! * start.sigma,
  };
}
