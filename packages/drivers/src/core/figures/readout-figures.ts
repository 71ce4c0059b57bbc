/** Figures of a read-out as people know them from picoDAQ (names in brackets are the ones of its status). Times in ns. */
export interface ReadoutStatus {
  readonly running: boolean;
  /** Now (or the moment of pause, or of stop) minus the start, without pauses (TRun). */
  readonly runNs: bigint;
  /** Events taken (Ntrig), and the time of the last one since the start (Ttrig). */
  readonly events: bigint;
  readonly lastEventNs: bigint;
  /** Sum of the live times of the events (Tlife). May be negative when the device runs freely: the overhead is an estimate. */
  readonly liveNs: bigint;
  /** Events per s over the last ten events; 0 while paused (readrate). */
  readonly readRateHz: number;
  /** Live part of the time of the last ten events, % (lifefrac). */
  readonly lifePercent: number;
  /** Tlife / TRun, %; NaN at the start. */
  readonly runLifePercent: number;
  /** (TRun − Tlife) / Ntrig, ns; NaN without events. */
  readonly deadPerEventNs: number;
  /** Ntrig / Tlife, Hz; NaN without live time. */
  readonly correctedRateHz: number;
}

/** Events of one window of the rate and of the live fraction. */
const windowEvents = 10;

/**
 * Keeps the figures of a read-out that arms, waits for a trigger and reads: one call per event. Time is handed in
 * (monotonic ns), never read. Windows of ten events are cut where the run pauses, so that the first figure after a
 * pause is right. (Specification: picoDAQ, chapter 2.4.)
 */
export class ReadoutFigures {
  private readonly startNs: bigint;
  private readonly overheadNs: bigint;
  private pausedAtNs: bigint | undefined;
  private stoppedAtNs: bigint | undefined;
  private pausedNs = 0n;
  private events = 0n;
  private lastNs = 0n;
  private liveNs = 0n;
  private windowFromNs: bigint;
  private windowLiveNs = 0n;
  private windowCount = 0;
  private readRateHz = 0;
  private lifePercent = 0;

  /** @param overheadNs what is taken off the live time of each event for the read-out (0.38 ms + 0.13 ms per channel in picoDAQ) */
  constructor(startNs: bigint, overheadNs: bigint) {
    this.startNs = startNs;
    this.overheadNs = overheadNs;
    this.windowFromNs = startNs;
  }

  /** An event: when arming had returned, when the device said that it is ready, and now, when its data is in the ring. */
  event(armedNs: bigint, readyNs: bigint, nowNs: bigint): void {
    const liveNs = readyNs - armedNs - this.overheadNs;
    this.events += 1n;
    this.lastNs = readyNs - this.startNs;
    this.liveNs += liveNs;
    this.windowLiveNs += liveNs;
    this.windowCount += 1;
    if (this.windowCount < windowEvents) return;
    const wall = Number(nowNs - this.windowFromNs);
    if (wall > 0) {
      this.readRateHz = (windowEvents * 1e9) / wall;
      this.lifePercent = (100 * Number(this.windowLiveNs)) / wall;
    }
    this.beginWindow(nowNs);
  }

  /** The run pauses; the rate is 0 until ten events came after it. */
  pause(nowNs: bigint): void {
    if (this.pausedAtNs !== undefined || this.stoppedAtNs !== undefined) return;
    this.pausedAtNs = nowNs;
    this.readRateHz = 0;
  }

  /** The run goes on. */
  resume(nowNs: bigint): void {
    if (this.pausedAtNs === undefined) return;
    this.pausedNs += nowNs - this.pausedAtNs;
    this.pausedAtNs = undefined;
    this.beginWindow(nowNs);
  }

  /** The run is over; nothing changes any more. */
  stop(nowNs: bigint): void {
    this.stoppedAtNs ??= this.pausedAtNs ?? nowNs;
  }

  /** The figures at a moment. */
  status(nowNs: bigint): ReadoutStatus {
    const untilNs = this.stoppedAtNs ?? this.pausedAtNs ?? nowNs;
    const runNs = untilNs - this.startNs - this.pausedNs;
    const [run, live, events] = [Number(runNs), Number(this.liveNs), Number(this.events)];
    return {
      running: this.pausedAtNs === undefined && this.stoppedAtNs === undefined,
      runNs,
      events: this.events,
      lastEventNs: this.lastNs,
      liveNs: this.liveNs,
      readRateHz: this.readRateHz,
      lifePercent: this.lifePercent,
      runLifePercent: (100 * live) / run,
      deadPerEventNs: events === 0 ? Number.NaN : (run - live) / events,
      correctedRateHz: live > 0 ? (events * 1e9) / live : Number.NaN,
    };
  }

  private beginWindow(nowNs: bigint): void {
    this.windowFromNs = nowNs;
    this.windowLiveNs = 0n;
    this.windowCount = 0;
  }
}
