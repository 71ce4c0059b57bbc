import { gammaQ } from '../special/gamma.js';
import { fitLifetime, type LifetimeFit } from '../timing/lifetime.js';
import { rateStatistics } from '../timing/rate.js';
import { type Efficiency, efficiency } from './efficiency.js';

/** Columns of found pulses, a value per event; NaN: none. */
export interface PulseTable {
  /** Time of the event, s, ascending. */
  readonly time: ArrayLike<number>;
  readonly accepted: ArrayLike<number>;
  /** Delay of a later pulse, µs. */
  readonly tau: ArrayLike<number>;
  /** Height of the pulse at the trigger per channel, V. */
  readonly heights: readonly { readonly channel: string; readonly values: ArrayLike<number> }[];
}

/** What the report is made with. */
export interface PulseReportOptions {
  /** Window of the lifetime fit, µs. */
  readonly window: { readonly min: number; readonly max: number };
  /** Interval of the Poisson check, s. */
  readonly interval: number;
  /** Live time of the run, s; gives corrected rates. */
  readonly liveTime?: number;
  /** Height that a pulse needs for the efficiency, V; 0.05 when absent. */
  readonly cut?: number;
}

/** Whether counts per interval are those of a random process. */
export interface PoissonCheck {
  readonly intervals: number;
  readonly mean: number;
  readonly variance: number;
  /** Σ (n − mean)²/mean, its degrees of freedom, and the probability of a larger one. */
  readonly dispersion: number;
  readonly degrees: number;
  readonly probability: number;
}

/** Waiting times between events, exponential for a random process. */
export interface WaitingTimes {
  /** Mean, its uncertainty, and 1/mean. */
  readonly mean: number;
  readonly meanError: number;
  readonly rate: number;
  readonly rateError: number;
  /** Counts in `bins` bins from 0 to five means, and what an exponential expects there. */
  readonly counts: readonly number[];
  readonly expected: readonly number[];
  readonly binWidth: number;
}

/** Statistics of found pulses. What cannot be worked out is null, with the reason in `remarks`. */
export interface PulseReport {
  readonly events: number;
  readonly accepted: number;
  readonly doublePulses: number;
  readonly duration: number;
  /** Accepted events per s of live time; null without live time. */
  readonly correctedRate: { readonly value: number; readonly error: number } | null;
  readonly waiting: WaitingTimes | null;
  readonly poisson: PoissonCheck | null;
  readonly lifetime: LifetimeFit | null;
  /** Of each channel: how often it has a pulse when all others have one. */
  readonly efficiencies: readonly (Efficiency & { readonly channel: string })[];
  readonly remarks: readonly string[];
}

const waitingBins = 25;

/** Works out the statistics of a table of pulses; pure. */
export function pulseReport(table: PulseTable, options: PulseReportOptions): PulseReport {
  const remarks: string[] = [];
  const attempt = <T>(what: string, work: () => T): T | null => {
    try {
      return work();
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
      remarks.push(`${what}: ${thrown.message}`);
      return null;
    }
  };
  const times = Array.from(table.time).filter((_, i) => table.accepted[i] === 1);
  const delays = Array.from(table.tau).filter((tau) => !Number.isNaN(tau));
  const accepted = times.length;
  const { liveTime, cut = 0.05 } = options;
  return {
    events: table.time.length,
    accepted,
    doublePulses: delays.length,
    duration: accepted < 2 ? 0 : times.at(-1)! - times[0]!,
    correctedRate:
      liveTime === undefined || !(liveTime > 0)
        ? null
        : { value: accepted / liveTime, error: Math.sqrt(accepted) / liveTime },
    waiting: attempt('waiting times', () => waitingTimes(times)),
    poisson: attempt('Poisson check', () => poissonCheck(times, options.interval)),
    lifetime: attempt('lifetime', () => fitLifetime(delays, options.window)),
    efficiencies:
      table.heights.length < 2
        ? []
        : table.heights.map(({ channel, values }, probe) => ({
            channel,
            ...efficiency(
              values,
              table.heights.filter((_, i) => i !== probe).map((one) => one.values),
              cut,
            ),
          })),
    remarks,
  };
}

/** Waiting times between successive events. Throws a RangeError for fewer than two or times that go back. */
export function waitingTimes(times: readonly number[]): WaitingTimes {
  const { meanWait: mean } = rateStatistics(times, Infinity);
  if (!(mean > 0)) throw new RangeError('all events have the same time');
  const waits = times.slice(1).map((time, i) => time - times[i]!);
  const binWidth = (5 * mean) / waitingBins;
  const counts = new Array<number>(waitingBins).fill(0);
  for (const wait of waits) {
    const bin = Math.floor(wait / binWidth);
    if (bin < waitingBins) counts[bin] = counts[bin]! + 1;
  }
  const below = (t: number): number => waits.length * (1 - Math.exp(-t / mean));
  const relative = 1 / Math.sqrt(waits.length);
  return {
    mean,
    meanError: mean * relative,
    rate: 1 / mean,
    rateError: relative / mean,
    counts,
    expected: counts.map((_, bin) => below((bin + 1) * binWidth) - below(bin * binWidth)),
    binWidth,
  };
}

/** Index of dispersion of the counts per interval. Throws a RangeError for fewer than two whole intervals. */
export function poissonCheck(times: readonly number[], interval: number): PoissonCheck {
  const { counts, meanCounts: mean, variance } = rateStatistics(times, interval);
  const degrees = counts.length - 1;
  if (degrees < 1) throw new RangeError(`the events do not last for two intervals of ${interval} s`);
  if (!(mean > 0)) throw new RangeError('there is no event in whole intervals');
  const dispersion = (variance * degrees) / mean;
  return {
    intervals: counts.length,
    mean,
    variance,
    dispersion,
    degrees,
    probability: gammaQ(degrees / 2, dispersion / 2),
  };
}
