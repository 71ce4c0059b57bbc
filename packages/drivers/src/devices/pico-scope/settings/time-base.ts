/**
 * How a model numbers its sample intervals. The lowest `doubling` numbers double the fastest interval, the
 * others are whole steps: interval = (n - shift) / stepHz. Source: programmer's guides of the families.
 */
export interface TimeBaseRule {
  /** Samples per second of time base 0. */
  readonly fastestHz: number;
  /** Numbers 0 … doubling-1 have the interval 2^n / fastestHz. */
  readonly doubling: number;
  readonly stepHz: number;
  readonly shift: number;
  /** Lowest legal number (default 0). */
  readonly lowest?: number;
  /** Highest legal number (default 2^32 - 1). */
  readonly highest?: number;
  /** `nearest`: to the wanted interval; `faster` (default): the next faster one. */
  readonly choice?: 'nearest' | 'faster';
  /**
   * Wishes below this are looked for among the doubling numbers, s; default: where those end. Lower for models
   * whose reference binding looks among the steps earlier (it then may answer with a slower interval).
   */
  readonly doubledBelowS?: number;
}

/** A time base that was found for a wish. */
export interface ResolvedTimeBase {
  /** Number for the driver. */
  readonly timeBase: number;
  /** Time between samples, s. */
  readonly intervalS: number;
  /** Samples per channel and record, at least 1. */
  readonly samples: number;
  /** Interval that was wished, s. */
  readonly requestedIntervalS: number;
}

const largest = 2 ** 32 - 1;

/** Interval of a time base, s. */
export function intervalOf(rule: TimeBaseRule, timeBase: number): number {
  return timeBase < rule.doubling ? 2 ** timeBase / rule.fastestHz : (timeBase - rule.shift) / rule.stepHz;
}

/** Number of the time base for a wished interval in s; always a legal one. */
export function timeBaseFor(rule: TimeBaseRule, intervalS: number): number {
  const lowest = rule.lowest ?? 0;
  const highest = rule.highest ?? largest;
  if (rule.choice === 'nearest') return nearestOf(rule, intervalS, lowest, highest);
  const doubled = intervalS < (rule.doubledBelowS ?? 2 ** (rule.doubling - 1) / rule.fastestHz);
  const exact =
    rule.doubling > 0 && doubled
      ? Math.log(intervalS * rule.fastestHz) / Math.log(2)
      : intervalS * rule.stepHz + rule.shift;
  return Math.min(highest, Math.max(lowest, Math.floor(exact)));
}

function nearestOf(rule: TimeBaseRule, intervalS: number, lowest: number, highest: number): number {
  const guess =
    rule.doubling > 0
      ? Math.round(Math.log(intervalS * rule.fastestHz) / Math.log(2))
      : Math.round(intervalS * rule.stepHz + rule.shift);
  let best = Math.min(highest, Math.max(lowest, guess));
  for (const number of [best - 1, best + 1]) {
    if (number < lowest || number > highest) continue;
    const off = Math.abs(intervalOf(rule, number) - intervalS);
    if (off < Math.abs(intervalOf(rule, best) - intervalS)) best = number;
  }
  return best;
}

/**
 * Time base and samples for a record of `recordS` seconds with `samples` wished samples: the record length is
 * kept, the number of samples may become larger. The 0.1 keeps an interval that fits exactly from being
 * rounded down a step (as picoDAQ does).
 */
export function resolveTimeBase(rule: TimeBaseRule, recordS: number, samples: number): ResolvedTimeBase {
  const requestedIntervalS = recordS / (samples - 0.1);
  const timeBase = timeBaseFor(rule, requestedIntervalS);
  const intervalS = intervalOf(rule, timeBase);
  return {
    timeBase,
    intervalS,
    samples: Math.max(1, roundHalfEven(recordS / intervalS)),
    requestedIntervalS,
  };
}

/** Rounds to the nearest integer, halves to the even one. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
