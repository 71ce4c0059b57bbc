/** How often events come. */
export interface RateStatistics {
  readonly events: number;
  /** From the first to the last event, s. */
  readonly totalTime: number;
  /** Events per s, and the mean time between two of them. */
  readonly meanRate: number;
  readonly meanWait: number;
  /** Events in each whole interval after the first event; their mean and variance are equal for a random process. */
  readonly counts: Float64Array;
  readonly meanCounts: number;
  readonly variance: number;
}

const mostIntervals = 10_000_000;

/**
 * Counts events in intervals, as a check whether they come at random (Poisson).
 * @param times of the events, s, ascending
 * @param interval s
 * @returns a mean and a variance of NaN without a whole interval, and a variance of NaN with one alone
 * Throws a RangeError for fewer than two events, an interval that is not positive, times that go back or are not finite, and
 * more than ten million intervals.
 */
export function rateStatistics(times: ArrayLike<number>, interval: number): RateStatistics {
  const events = times.length;
  if (events < 2) throw new RangeError('at least two events are needed');
  if (!(interval > 0)) throw new RangeError(`an interval above 0 is needed, not ${interval}`);
  const first = times[0]!;
  const totalTime = times[events - 1]! - first;
  const intervals = Math.floor(totalTime / interval);
  if (!(intervals <= mostIntervals))
    throw new RangeError(
      `intervals of ${interval} s cannot be counted from ${first} to ${times[events - 1]!} s: take at most ${mostIntervals}`,
    );
  const counts = new Float64Array(intervals);
  for (let i = 0; i < events; i++) {
    if (i > 0 && !(times[i]! >= times[i - 1]!))
      throw new RangeError(`event ${i} comes before event ${i - 1}`);
    const bin = Math.floor((times[i]! - first) / interval);
    if (bin < intervals) counts[bin] = counts[bin]! + 1;
  }
  const meanCounts = counts.reduce((sum, count) => sum + count, 0) / intervals;
  const variance = counts.reduce((sum, count) => sum + (count - meanCounts) ** 2, 0) / (intervals - 1);
  return {
    events,
    totalTime,
    meanRate: (events - 1) / totalTime,
    meanWait: totalTime / (events - 1),
    counts,
    meanCounts,
    variance,
  };
}
