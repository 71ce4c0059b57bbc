/** How the samples of an interval become one value: their mean, or the effective value √(mean of squares). */
export type Average = 'mean' | 'rms';

/** Values of one interval. */
export interface IntervalValues {
  /** Number of the interval since the run began, from 0. */
  readonly interval: bigint;
  readonly values: readonly number[];
  /** Intervals without any record before it. */
  readonly missed: bigint;
}

interface Sums {
  samples: number;
  sum: number;
  squares: number;
}

/** Gathers samples into intervals of run time: interval n reaches from n to n + 1 times its length, without drift. */
export class IntervalMeans {
  private readonly lengthNs: bigint;
  private readonly averages: readonly Average[];
  private sums: Sums[] = [];
  private interval: bigint | undefined;
  private last = -1n;

  constructor(lengthNs: bigint, averages: readonly Average[]) {
    this.lengthNs = lengthNs;
    this.averages = averages;
    this.clear();
  }

  /** Begins with a record of this time; answers with the interval before when that is complete now. */
  begin(timeNs: bigint): IntervalValues | undefined {
    const interval = timeNs / this.lengthNs;
    if (this.interval === undefined || interval <= this.interval) {
      this.interval ??= interval;
      return undefined;
    }
    const done = this.values(this.interval);
    this.interval = interval;
    return done;
  }

  /** Adds the samples of a channel of the record: value = count × scale + offset. */
  add(channel: number, counts: ArrayLike<number>, scale: number, offset: number): void {
    const own = this.sums[channel]!;
    let [sum, squares] = [0, 0];
    for (let i = 0; i < counts.length; i++) {
      const count = counts[i]!;
      sum += count;
      squares += count * count;
    }
    const { length } = counts;
    own.samples += length;
    own.sum += scale * sum + offset * length;
    own.squares += scale * scale * squares + 2 * scale * offset * sum + offset * offset * length;
  }

  private values(interval: bigint): IntervalValues {
    const values = this.sums.map(({ samples, sum, squares }, channel) =>
      this.averages[channel] === 'rms' ? Math.sqrt(Math.max(0, squares / samples)) : sum / samples,
    );
    const missed = interval - this.last - 1n;
    this.last = interval;
    this.clear();
    return { interval, values, missed };
  }

  private clear(): void {
    this.sums = this.averages.map(() => ({ samples: 0, sum: 0, squares: 0 }));
  }
}
