/** Run time as a host sees it, split into taking and paused. All in ns of the monotonic clock. */
export interface StopwatchReading {
  readonly runNs: bigint;
  readonly takingNs: bigint;
  readonly pausedNs: bigint;
}

/** Measures a run from outside its sources. Times are handed in, so runNs = takingNs + pausedNs always holds. */
export class Stopwatch {
  private last: bigint;
  private taking = 0n;
  private pausedFor = 0n;
  private isPaused = false;
  private ended = false;

  /** Starts at a monotonic time in ns, taking. */
  constructor(startNs: bigint) {
    this.last = startNs;
  }

  /** Books the time so far and goes on paused. */
  pause(nowNs: bigint): void {
    this.book(nowNs);
    this.isPaused = true;
  }

  /** Books the time so far and goes on taking. */
  resume(nowNs: bigint): void {
    this.book(nowNs);
    this.isPaused = false;
  }

  /** Books the time so far; later readings do not grow. */
  stop(nowNs: bigint): void {
    this.book(nowNs);
    this.ended = true;
  }

  /** Reading at a time. Times before the last one count as the last one. */
  read(nowNs: bigint): StopwatchReading {
    this.book(nowNs);
    return { runNs: this.taking + this.pausedFor, takingNs: this.taking, pausedNs: this.pausedFor };
  }

  private book(nowNs: bigint): void {
    if (this.ended || nowNs <= this.last) return;
    if (this.isPaused) this.pausedFor += nowNs - this.last;
    else this.taking += nowNs - this.last;
    this.last = nowNs;
  }
}
