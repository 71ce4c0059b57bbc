import type { ChannelSource, Pulse } from './channel-source.js';

/** Length of a record around its trigger and the time the channel is busy afterwards, ns. */
export interface RecordWindow {
  readonly preNs: number;
  readonly postNs: number;
  readonly deadNs: number;
}

/** One record to be made: the pulse that fired and all that show in it. Times in ns of armed time. */
export interface TriggeredRecord {
  readonly pulse: Pulse;
  /** All pulses that begin inside the record, the firing one among them. */
  readonly pulses: readonly Pulse[];
  /** Height of what earlier pulses left at the begin of the record, keV. */
  readonly tailKev: number;
  /** Time that the channel was armed and not busy since the record before, ns. */
  readonly liveNs: number;
}

/**
 * Self-trigger of one channel: fires at a pulse above the threshold, is busy until the record's end and the
 * dead time after it, counts what it misses meanwhile.
 */
export class ChannelTrigger {
  /** Pulses above the threshold, and those of them that came while busy. */
  triggers = 0;
  missed = 0;
  private readonly source: ChannelSource;
  private readonly window: RecordWindow;
  private readonly thresholdKev: number;
  private readonly tauNs: number;
  private earlier: Pulse[] = [];
  private ahead: Pulse | undefined;
  private tail = { kev: 0, atNs: 0 };
  private freeFromNs = 0;

  constructor(source: ChannelSource, window: RecordWindow, thresholdKev: number, tauNs: number) {
    this.source = source;
    this.window = window;
    this.thresholdKev = thresholdKev;
    this.tauNs = tauNs;
  }

  /** Time at which the next record will be complete, ns; Infinity when there is nothing below `horizonNs`. */
  nextCompleteNs(horizonNs: number): number {
    this.lookAhead(horizonNs);
    return this.ahead === undefined ? Infinity : this.ahead.timeNs + this.window.postNs;
  }

  /** Trigger time of the record ahead, ns; Infinity when none is known. */
  get aheadNs(): number {
    return this.ahead?.timeNs ?? Infinity;
  }

  /** Makes the record ahead. Throws a RangeError when there is none. */
  fire(): TriggeredRecord {
    const pulse = this.ahead;
    if (pulse === undefined) throw new RangeError('nothing fired');
    const { preNs, postNs, deadNs } = this.window;
    const beginNs = pulse.timeNs - preNs;
    const endNs = pulse.timeNs + postNs;
    const liveNs = pulse.timeNs - this.freeFromNs;
    this.freeFromNs = endNs + deadNs;
    this.ahead = undefined;
    this.triggers += 1;
    const inside = [...this.earlier.filter((one) => one.timeNs >= beginNs), pulse];
    for (const one of this.earlier) if (one.timeNs < beginNs) this.addTail(one);
    this.earlier = inside.slice();
    while (this.source.nextNs < this.freeFromNs) {
      const late = this.source.take();
      this.earlier.push(late);
      if (late.timeNs < endNs) inside.push(late);
      if (late.seenKev < this.thresholdKev) continue;
      this.triggers += 1;
      this.missed += 1;
    }
    return { pulse, pulses: inside, tailKev: this.tailAt(beginNs), liveNs };
  }

  private lookAhead(horizonNs: number): void {
    while (this.ahead === undefined && this.source.nextNs <= horizonNs) {
      const pulse = this.source.take();
      if (pulse.seenKev >= this.thresholdKev) {
        this.ahead = pulse;
      } else {
        this.earlier.push(pulse);
      }
    }
    // Small pulses that no record can reach any more only live on in the tail.
    if (this.earlier.length > 64) {
      const reachNs = (this.ahead?.timeNs ?? this.source.nextNs) - this.window.preNs;
      for (const one of this.earlier) if (one.timeNs < reachNs) this.addTail(one);
      this.earlier = this.earlier.filter((one) => one.timeNs >= reachNs);
    }
  }

  private addTail(pulse: Pulse): void {
    this.tail = { kev: this.tailAt(pulse.timeNs) + pulse.seenKev, atNs: pulse.timeNs };
  }

  private tailAt(timeNs: number): number {
    return this.tail.kev * Math.exp(-(timeNs - this.tail.atNs) / this.tauNs);
  }
}
