import type { DisarmReason, DriverCounters } from '../../core/driver.js';
import { equalCounters } from '../../core/figures/equal-counters.js';
import {
  emptyTimeAccount,
  noTime,
  TimeAccount,
  type TimeShares,
  timeShares,
  timeSince,
} from '../../core/time-account.js';

/** What is noted of an event when it is handed on. */
export interface PacedEvent {
  /** From 1. */
  readonly number: bigint;
  /** Time since the event before. */
  readonly time: TimeShares;
  /** Something is missing between the event before and this one. */
  readonly gap: boolean;
}

/**
 * The course of a run of a device that is read in exact intervals: its time by parts, when the next interval begins
 * (counted from where the data taking began or went on, so that nothing drifts), how many went by unread, and what was
 * recorded.
 */
export class PacedRun {
  private readonly now: () => bigint;
  private readonly intervalNs: bigint;
  private account: TimeAccount | undefined;
  private began = 0n;
  private armedNs = 0n;
  private tick = 0n;
  private events = 0n;
  private missed = 0n;
  private told = noTime;
  private gapBefore = false;
  private taking = false;
  private ending = false;

  /** `now`: the device's clock, ns. */
  constructor(now: () => bigint, intervalS: number) {
    this.now = now;
    this.intervalNs = BigInt(Math.round(intervalS * 1e9));
  }

  /** When the data taking began, ns of the device's clock. */
  get beginNs(): bigint {
    return this.began;
  }

  /** Whether data is taken: neither before the run, nor paused, nor at its end. */
  get armed(): boolean {
    return this.taking;
  }

  /** Whether the run is being stopped. */
  get stopping(): boolean {
    return this.ending;
  }

  /** Events recorded. */
  get recorded(): bigint {
    return this.events;
  }

  /** When the next interval begins, ns of the device's clock. */
  get dueNs(): bigint {
    return this.armedNs + this.tick * this.intervalNs;
  }

  /** Data is taken from now on. True at the first time: the run begins, at `beginNs`. */
  arm(beginNs: bigint = this.now()): boolean {
    const first = this.account === undefined;
    if (first) this.began = beginNs;
    this.account ??= new TimeAccount(beginNs);
    this.goOn();
    this.taking = true;
    return first;
  }

  /** No data is taken from now on. */
  disarm(reason: DisarmReason): void {
    this.taking = false;
    this.account?.enter(reason, this.now());
    this.gapBefore = true;
    if (reason === 'stopping') this.ending = true;
  }

  /** The device is gone: the time until it goes on belongs to it. */
  lose(): void {
    this.gapBefore = true;
    this.account?.enter('device', this.now());
  }

  /** Data is taken again: intervals are counted from now. */
  goOn(): void {
    const now = this.now();
    this.account?.enter('live', now);
    this.armedNs = now;
    this.tick = 0n;
  }

  /** How long until the next interval begins, ns; 0 begins it. Intervals that went by are counted, and left out. */
  beginInterval(): bigint {
    const lateNs = this.now() - this.dueNs;
    if (lateNs < 0n) return -lateNs;
    const missed = lateNs / this.intervalNs;
    if (missed > 0n) this.gapBefore = true;
    this.missed += missed;
    this.tick += missed + 1n;
    return 0n;
  }

  /** Counts an event that is handed on now. */
  record(): PacedEvent {
    this.account?.settle(this.now());
    const spent = timeShares(this.account?.facts() ?? emptyTimeAccount);
    this.events += 1n;
    const event = { number: this.events, time: timeSince(spent, this.told), gap: this.gapBefore };
    this.told = spent;
    this.gapBefore = false;
    return event;
  }

  /** Counters of the tables, which all get a row per event. */
  counters(tables: readonly string[]): DriverCounters {
    this.account?.settle(this.now());
    return equalCounters(tables, this.events, this.missed, this.account?.facts() ?? emptyTimeAccount);
  }
}
