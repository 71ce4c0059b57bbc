import type { SourceStatus } from '../source-host.api.js';

/** Rates of one table (channel) over the last interval. */
export interface TableRate {
  readonly table: string;
  readonly rateHz: number;
  readonly recorded: bigint;
}

/** Rates of a source over the interval between the last two updates. */
export interface SourceRates {
  readonly tables: readonly TableRate[];
  readonly totalHz: number;
  /** Shares of the interval's run time, 0..1. */
  readonly liveFraction: number;
  readonly deviceDeadFraction: number;
  readonly bufferDeadFraction: number;
  /** Total rates of the last updates, oldest first. */
  readonly history: readonly number[];
}

const nothing: SourceRates = {
  tables: [],
  totalHz: 0,
  liveFraction: 0,
  deviceDeadFraction: 0,
  bufferDeadFraction: 0,
  history: [],
};

/**
 * Rates from the exact counters of a source, so they are right even when a monitor drops data. Feed it with
 * a status at equal steps (one second); an interval in which a run began counts from zero.
 */
export class RateMeter {
  private readonly points: number;
  private last: SourceStatus | undefined;
  private history: number[] = [];
  private rates = nothing;

  /** `points`: length of the history (default 600). */
  constructor(points = 600) {
    this.points = points;
  }

  /** Rates as of the last update. */
  get current(): SourceRates {
    return this.rates;
  }

  /** Takes the status of now. Two updates of the same time change nothing. */
  update(status: SourceStatus): SourceRates {
    const { last } = this;
    this.last = status;
    if (last === undefined) return this.rates;
    const seconds = Number(status.timeNs - last.timeNs) / 1e9;
    if (seconds <= 0) return this.rates;
    const restarted = status.counters.recorded < last.counters.recorded;
    const before = new Map(
      restarted ? [] : last.counters.tables.map((table) => [table.table, table.recorded]),
    );
    const tables = status.counters.tables.map(({ table, recorded }) => ({
      table,
      rateHz: Number(recorded - (before.get(table) ?? 0n)) / seconds,
      recorded,
    }));
    const totalHz = tables.reduce((sum, { rateHz }) => sum + rateHz, 0);
    this.history.push(totalHz);
    if (this.history.length > this.points) this.history.shift();
    this.rates = {
      tables,
      totalHz,
      ...fractions(status, restarted ? undefined : last),
      history: [...this.history],
    };
    return this.rates;
  }
}

function fractions(
  status: SourceStatus,
  last: SourceStatus | undefined,
): Pick<SourceRates, 'liveFraction' | 'deviceDeadFraction' | 'bufferDeadFraction'> {
  const now = status.counters.time;
  const then = last?.counters.time;
  const run = Number(now.runNs - (then?.runNs ?? 0n));
  const share = (ns: bigint): number => (run > 0 ? Math.max(0, Math.min(1, Number(ns) / run)) : 0);
  const grown = (part: string): bigint => (now.deadNs[part] ?? 0n) - (then?.deadNs[part] ?? 0n);
  return {
    liveFraction: share(now.liveNs - (then?.liveNs ?? 0n)),
    deviceDeadFraction: share(grown('device') + grown('overload')),
    bufferDeadFraction: share(grown('buffer')),
  };
}
