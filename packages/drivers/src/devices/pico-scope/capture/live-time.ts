import {
  emptyTimeAccount,
  TimeAccount,
  type TimeAccountFacts,
  type TimeShares,
  timeShares,
} from '../../../core/time-account.js';

/** Durations of one record, ns. */
export interface RecordTimes {
  readonly preNs: bigint;
  readonly postNs: bigint;
  /** Time between two captures of a rapid block. */
  readonly rearmNs: bigint;
}

/**
 * Books the time of a scope. The unit tells only that a record is complete: when the trigger came is the time of
 * that minus the part after the trigger. Parts: live, arming, pretrigger (the memory fills before a trigger counts),
 * record, rearm, readout, and the reasons for not being armed.
 */
export class LiveTime {
  private account: TimeAccount | undefined;
  private lastNs = 0n;
  private waiting = false;
  private sensitiveNs: bigint | undefined;
  private times: RecordTimes = { preNs: 0n, postNs: 0n, rearmNs: 0n };

  /** Begins anew with the durations of a run's records. */
  reset(times: RecordTimes): void {
    this.account = undefined;
    this.waiting = false;
    this.times = times;
  }

  /** From now on the time belongs to a part other than waiting for triggers. */
  enter(part: string, nowNs: bigint): void {
    this.account ??= this.open(nowNs);
    this.settle(nowNs);
    this.waiting = false;
    this.sensitiveNs = undefined;
    this.account.enter(part, this.lastNs);
  }

  /** The unit was lost: all time since it was last certain to be well belongs to the part. */
  lose(part: string, nowNs: bigint): void {
    this.enterAt(part, this.lastNs);
    this.settle(nowNs);
  }

  /** The unit is armed and waits for a trigger; before that it fills the part before the trigger. */
  armed(nowNs: bigint): void {
    this.enter('pretrigger', nowNs);
    this.sensitiveNs = this.lastNs + this.times.preNs;
    this.waiting = true;
  }

  /** The unit was not ready at this time: no trigger came until the length of a record before. */
  quiet(nowNs: bigint): void {
    this.settle(nowNs - this.times.postNs);
  }

  /**
   * A record was complete at this time at the latest, and not yet at `quietNs`. In between every moment is as likely:
   * the middle is taken, which is right on average.
   */
  complete(nowNs: bigint, quietNs: bigint = nowNs): void {
    this.settle((nowNs + quietNs) / 2n - this.times.postNs);
    this.enterAt('record', this.lastNs);
    this.enter('readout', nowNs);
  }

  /** A batch of records was complete at this time at the latest, and not yet at `quietNs`. */
  batchComplete(records: number, nowNs: bigint, quietNs: bigint = nowNs): void {
    this.settle((nowNs + quietNs) / 2n);
    this.enterAt('readout', this.lastNs);
    const { preNs, postNs, rearmNs } = this.times;
    const count = BigInt(records);
    this.account?.moveFromLive('record', count * (preNs + postNs) - (records > 0 ? preNs : 0n));
    this.account?.moveFromLive('rearm', count * rearmNs);
    this.settle(nowNs);
  }

  /** What was booked. While waiting, only up to where it is certain that no trigger came. */
  facts(nowNs: bigint): TimeAccountFacts {
    if (!this.waiting) this.settle(nowNs);
    return this.account?.facts() ?? emptyTimeAccount;
  }

  /** What was booked so far. */
  get spent(): TimeShares {
    return timeShares(this.account?.facts() ?? emptyTimeAccount);
  }

  private open(nowNs: bigint): TimeAccount {
    this.lastNs = nowNs;
    return new TimeAccount(nowNs);
  }

  private enterAt(part: string, atNs: bigint): void {
    this.account?.enter(part, atNs);
    this.waiting = false;
    this.sensitiveNs = undefined;
  }

  /** Books up to a time, never backwards; live begins when the part before the trigger is full. */
  private settle(untilNs: bigint): void {
    if (this.account === undefined || untilNs <= this.lastNs) return;
    if (this.sensitiveNs !== undefined && untilNs >= this.sensitiveNs) {
      this.account.enter('live', this.sensitiveNs);
      this.sensitiveNs = undefined;
    }
    this.account.settle(untilNs);
    this.lastNs = untilNs;
  }
}
