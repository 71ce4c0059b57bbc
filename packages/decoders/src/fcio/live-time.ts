import { sparseEventType, tickNs } from './fcio-protocol.js';

/** A dead region as a record gives it: FPGA clock readings, and the channels that it concerns. */
export interface DeadRegion {
  readonly startPps: number;
  readonly startTicks: number;
  readonly stopPps: number;
  readonly stopTicks: number;
  readonly firstChannel: number;
  readonly channels: number;
}

/** What is remembered between events; plain JSON. Times are ns since the pps counter read `pps0`. */
export interface LiveTimeState {
  readonly pps0: number | null;
  /** Time of the last event; null before the first. */
  readonly now: number | null;
  /** When the trigger was enabled, per trace; null while it has had no event. */
  readonly enabled: readonly (number | null)[];
  readonly lastStop: readonly (number | null)[];
  readonly dead: readonly number[];
  readonly reported: readonly number[];
  /** Dead intervals that end after the last event: start and stop by turns. */
  readonly waiting: readonly (readonly number[])[];
}

/**
 * Run time and dead time of every trace. The trigger of a trace is enabled when a dead region that began with the
 * run ends, else with its first event. A dead interval is queued when it ends later than the last one, counts from
 * when it has ended (event time − stop > −4 ns), and never begins before the trigger was enabled. Times are integers below
 * 2^53 relative to the first event's second, so that differences are exact for a hundred days.
 */
export class LiveTime {
  private pps0 = NaN;
  private now = 0;
  private readonly enabled: Float64Array;
  private readonly lastStop: Float64Array;
  private readonly dead: Float64Array;
  private readonly reported: Float64Array;
  private readonly waiting: number[][];
  private unstarted: number;
  private queued = 0;
  private newestCommonStop = -Infinity;

  constructor(
    private readonly traces: number,
    state?: LiveTimeState,
  ) {
    const restore = (values: readonly (number | null)[] | undefined, empty: number): Float64Array =>
      Float64Array.from({ length: traces }, (_, i) => values?.[i] ?? empty);
    this.pps0 = state?.pps0 ?? NaN;
    this.now = state?.now ?? this.now;
    this.enabled = restore(state?.enabled, NaN);
    this.lastStop = restore(state?.lastStop, -Infinity);
    this.dead = restore(state?.dead, 0);
    this.reported = restore(state?.reported, 0);
    this.waiting = Array.from({ length: traces }, (_, i) => [...(state?.waiting[i] ?? [])]);
    this.unstarted = this.enabled.reduce((count, time) => count + (Number.isNaN(time) ? 1 : 0), 0);
    this.queued = this.waiting.reduce((count, list) => count + list.length / 2, 0);
  }

  /** Takes the time and dead region of an event. */
  event(pps: number, ticks: number, type: number, region: DeadRegion): void {
    if (Number.isNaN(this.pps0)) this.pps0 = pps;
    this.now = this.ns(pps, ticks);
    const whole = type !== sparseEventType;
    const first = whole ? 0 : Math.max(0, region.firstChannel);
    const last = whole ? this.traces : Math.min(this.traces, region.firstChannel + region.channels);
    const start = this.ns(region.startPps, region.startTicks);
    const stop = this.ns(region.stopPps, region.stopTicks);
    const isStart = region.startPps === 0 && region.startTicks === 0;
    const isStop = region.stopPps === 0 && region.stopTicks === 0;
    if (this.unstarted > 0) {
      const enabled = isStart && !isStop ? stop : this.now;
      for (let trace = first; trace < last; trace++) this.start(trace, enabled);
    }
    if (!whole || stop > this.newestCommonStop) {
      if (whole) this.newestCommonStop = stop;
      for (let trace = first; trace < last; trace++) this.queue(trace, start, stop);
    }
    if (this.queued > 0) for (let trace = 0; trace < this.traces; trace++) this.settle(trace);
  }

  /** Time since the trigger of a trace was enabled, ns. Starts the trace when it had no event yet. */
  runtimeNs(trace: number): number {
    this.start(trace, this.now);
    return this.now - this.enabled[trace]!;
  }

  /** Dead time of a trace so far, ns. */
  deadtimeNs(trace: number): number {
    return this.dead[trace]!;
  }

  /** Dead time since the last call for this trace, ns. */
  takeDeadInterval(trace: number): number {
    const interval = this.dead[trace]! - this.reported[trace]!;
    this.reported[trace] = this.dead[trace]!;
    return interval;
  }

  /** What must be kept to go on later. */
  state(): LiveTimeState {
    const plain = (values: Float64Array): (number | null)[] =>
      [...values].map((v) => (Number.isFinite(v) ? v : null));
    return {
      pps0: Number.isNaN(this.pps0) ? null : this.pps0,
      now: Number.isFinite(this.now) ? this.now : null,
      enabled: plain(this.enabled),
      lastStop: plain(this.lastStop),
      dead: [...this.dead],
      reported: [...this.reported],
      waiting: this.waiting.map((list) => [...list]),
    };
  }

  private ns(pps: number, ticks: number): number {
    return (pps - this.pps0) * 1e9 + ticks * tickNs;
  }

  private start(trace: number, enabled: number): void {
    if (!Number.isNaN(this.enabled[trace]!)) return;
    this.enabled[trace] = enabled;
    this.unstarted--;
  }

  private queue(trace: number, start: number, stop: number): void {
    if (stop <= this.lastStop[trace]!) return;
    this.lastStop[trace] = stop;
    const from = Math.max(start, this.enabled[trace]!);
    if (stop <= from) return;
    this.waiting[trace]!.push(from, stop);
    this.queued++;
  }

  private settle(trace: number): void {
    const list = this.waiting[trace]!;
    let done = 0;
    while (done < list.length && this.now - list[done + 1]! > -tickNs) {
      this.dead[trace]! += list[done + 1]! - list[done]!;
      done += 2;
    }
    if (done > 0) {
      list.splice(0, done);
      this.queued -= done / 2;
    }
  }
}
