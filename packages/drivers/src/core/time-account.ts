/** Run time split without rest: runNs = liveNs + pausedNs + sum of deadNs. All in ns of the device's clock. */
export interface TimeAccountFacts {
  readonly runNs: bigint;
  readonly liveNs: bigint;
  readonly pausedNs: bigint;
  /** Named dead parts: `device` (busy after a trigger), `buffer` (ring full), `stopping` … */
  readonly deadNs: Readonly<Record<string, bigint>>;
}

/** An account of nothing. */
export const emptyTimeAccount: TimeAccountFacts = { runNs: 0n, liveNs: 0n, pausedNs: 0n, deadNs: {} };

/**
 * Books every ns of a run under exactly one part. Time is handed in (device clock), never read, so the
 * identity runNs = live + paused + dead holds by construction.
 */
export class TimeAccount {
  private readonly startNs: bigint;
  private lastNs: bigint;
  private part = 'live';
  private readonly parts = new Map<string, bigint>();

  /** Opens the account at a device time, in part `live`. */
  constructor(startNs: bigint) {
    this.startNs = startNs;
    this.lastNs = startNs;
  }

  /** Books the time since the last call under the current part, then goes on in `part`. */
  enter(part: string, nowNs: bigint): void {
    this.settle(nowNs);
    this.part = part;
  }

  /**
   * Books the time up to `nowNs` under the current part. Times before the last one are refused with a
   * RangeError: the device's clock must not run backwards within a run.
   */
  settle(nowNs: bigint): void {
    if (nowNs < this.lastNs) {
      throw new RangeError(`device clock went back from ${String(this.lastNs)} to ${String(nowNs)} ns`);
    }
    this.book(this.part, nowNs - this.lastNs);
    this.lastNs = nowNs;
  }

  /** Moves `ns` of already booked live time to a dead part (busy time known only after the trigger). */
  moveFromLive(part: string, ns: bigint): void {
    const live = this.parts.get('live') ?? 0n;
    const moved = ns > live ? live : ns;
    this.parts.set('live', live - moved);
    this.book(part, moved);
  }

  /** The split up to the last booked time. */
  facts(): TimeAccountFacts {
    const deadNs: Record<string, bigint> = {};
    for (const [part, ns] of this.parts) if (part !== 'live' && part !== 'paused') deadNs[part] = ns;
    return {
      runNs: this.lastNs - this.startNs,
      liveNs: this.parts.get('live') ?? 0n,
      pausedNs: this.parts.get('paused') ?? 0n,
      deadNs,
    };
  }

  private book(part: string, ns: bigint): void {
    this.parts.set(part, (this.parts.get(part) ?? 0n) + ns);
  }
}

/** Time by what became of it, ns; without pauses. */
export interface TimeShares {
  readonly liveNs: bigint;
  /** Dead time of the device, all named parts but the buffer's. */
  readonly deadNs: bigint;
  /** Time in which the buffer had no room. */
  readonly bufferNs: bigint;
}

/** No time at all. */
export const noTime: TimeShares = { liveNs: 0n, deadNs: 0n, bufferNs: 0n };

/** The shares of an account: together its run time without pauses. */
export function timeShares({ runNs, pausedNs, liveNs, deadNs }: TimeAccountFacts): TimeShares {
  const bufferNs = deadNs['buffer'] ?? 0n;
  return { liveNs, deadNs: runNs - pausedNs - liveNs - bufferNs, bufferNs };
}

/** What came since an earlier moment. */
export function timeSince(now: TimeShares, before: TimeShares): TimeShares {
  return {
    liveNs: now.liveNs - before.liveNs,
    deadNs: now.deadNs - before.deadNs,
    bufferNs: now.bufferNs - before.bufferNs,
  };
}
