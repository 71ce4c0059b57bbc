import {
  type Core,
  coreOf,
  cutWindow,
  type Distribution,
  distributionOf,
  distributionQuantile,
} from '@countroom/analysis';
import { type CleaningOptions, nameOf } from './cut-options.js';

/** The limits of one window, and what of the values is inside. */
export interface WindowLimits extends Core {
  readonly low: number;
  readonly high: number;
  readonly kept: number;
  readonly keptError: number;
  /** Where the limits are from. */
  readonly by: 'deviations' | 'percentiles' | 'given';
  /** Of limits by percentiles. */
  readonly distribution?: Distribution;
}

/**
 * The limits of a window: so many standard deviations around the core of the values, shares of their distribution, or the
 * given ones where neither can be found. Throws a RangeError that names the window where there are none.
 */
export function windowLimits(options: CleaningOptions, values: Float64Array): WindowLimits {
  try {
    return counted(foundLimits(options, values), values, options.outside);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { otherwise } = options;
    if (otherwise === undefined) throw new RangeError(`${nameOf(options)}: ${error.message}`);
    const { low = -Infinity, high = Infinity } = otherwise;
    // A width of its own there is none: that of the limits is for the plot.
    const ends = [low, high].filter(Number.isFinite);
    const mean = ends.reduce((sum, end) => sum + end, 0) / ends.length;
    const sigma = ends.length === 2 ? (high - low) / 8 : Math.abs(mean) / 8 || 1;
    const core = { mean, sigma, entries: values.length, low, high, by: 'given' as const };
    return counted(core, values, options.outside);
  }
}

function foundLimits(
  { below, above, percentiles }: CleaningOptions,
  values: Float64Array,
): Omit<WindowLimits, 'kept' | 'keptError'> {
  if (percentiles === undefined) {
    const window = cutWindow(values, { below: below ?? Infinity, above: above ?? Infinity });
    return { ...window, by: 'deviations' };
  }
  const distribution = distributionOf(values);
  const at = (fraction: number): number => distributionQuantile(fraction, distribution);
  return {
    ...coreOf(values),
    low: percentiles.low === undefined ? -Infinity : at(percentiles.low / 100),
    high: percentiles.high === undefined ? Infinity : at(1 - percentiles.high / 100),
    by: 'percentiles',
    distribution,
  };
}

function counted(
  limits: Omit<WindowLimits, 'kept' | 'keptError'>,
  values: Float64Array,
  outside: boolean,
): WindowLimits {
  const inside = values.reduce((sum, value) => sum + (isKept(value, limits, outside) ? 1 : 0), 0);
  const kept = inside / values.length;
  return { ...limits, kept, keptError: Math.sqrt((kept * (1 - kept)) / values.length) };
}

/** Whether a window keeps a value. */
export function isKept(
  value: number,
  { low, high }: Pick<WindowLimits, 'low' | 'high'>,
  outside: boolean,
): boolean {
  return outside ? value <= low || value >= high : value > low && value < high;
}
