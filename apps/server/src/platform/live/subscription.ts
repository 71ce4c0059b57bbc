import type { LiveFrame, TopicName } from '@countroom/contracts';
import type { SpectrumHistory } from './spectrum-history.js';

/** Puts one frame on the way to a viewer; `acknowledged` is called when the viewer has drawn it. */
export type SendFrame = (frame: LiveFrame, payload: Uint8Array, acknowledged: () => void) => void;

export interface SubscriptionTarget {
  readonly key: string;
  readonly topic: TopicName;
  readonly send: SendFrame;
}

export interface ReadyFrame {
  readonly sequence: number;
  readonly dataAtMs: number;
  readonly header: unknown;
  readonly payload: Uint8Array;
}

const nothing = new Uint8Array(0);
/** Lines that wait for a slow viewer; beyond, it has to ask again from its cursor. */
const mostWaiting = 500;
/** Log lines are small and their order matters: a few may be under way at once. */
const mostUnderWay = 16;

/** Newest wins: while one frame is under way only the newest other one is kept. */
export class LatestSubscription {
  private waiting: ReadyFrame | undefined;
  private underWay = false;
  private dropped = 0;
  private closed = false;

  constructor(private readonly target: SubscriptionTarget) {}

  offer(frame: ReadyFrame): void {
    if (this.waiting !== undefined) this.dropped++;
    this.waiting = frame;
    this.flush();
  }

  close(): void {
    this.closed = true;
  }

  private flush(): void {
    const frame = this.waiting;
    if (frame === undefined || this.underWay || this.closed) return;
    this.waiting = undefined;
    this.underWay = true;
    const { key, topic, send } = this.target;
    const { sequence, dataAtMs, header, payload } = frame;
    send({ key, topic, sequence, dataAtMs, dropped: this.dropped, header }, payload, () => {
      this.underWay = false;
      this.flush();
    });
  }
}

/** The viewer gets what changed since the state that it acknowledged last. */
export class CumulativeSubscription {
  private acknowledged: number | undefined;
  private newest: { readonly sequence: number; readonly dataAtMs: number } | undefined;
  private offered = false;
  private underWay = false;
  private dropped = 0;
  private closed = false;

  constructor(
    private readonly target: SubscriptionTarget,
    private readonly history: SpectrumHistory,
  ) {}

  offer(sequence: number, dataAtMs: number): void {
    if (this.offered) this.dropped++;
    this.newest = { sequence, dataAtMs };
    this.offered = true;
    this.flush();
  }

  close(): void {
    this.closed = true;
  }

  private flush(): void {
    if (!this.offered || this.newest === undefined || this.underWay || this.closed) return;
    const encoded = this.history.encode(this.acknowledged);
    if (encoded === undefined) return;
    const { sequence, dataAtMs } = this.newest;
    this.offered = false;
    this.underWay = true;
    const { key, topic, send } = this.target;
    const frame = { key, topic, sequence, dataAtMs, dropped: this.dropped, header: encoded.header };
    send(frame, encoded.payload, () => {
      this.acknowledged = sequence;
      this.underWay = false;
      this.flush();
    });
  }
}

/** A line of a log. The cursor, where there is one, grows from line to line. */
export interface LogLine {
  readonly cursor: bigint | undefined;
  readonly dataAtMs: number;
  readonly header: unknown;
}

/** Every line in order; a viewer that falls too far behind loses lines, is told how many, and asks from its cursor. */
export class LogSubscription {
  private readonly waiting: LogLine[] = [];
  private underWay = 0;
  private sequence = 0;
  private dropped = 0;
  private sent: bigint | undefined;
  private held = true;
  private closed = false;

  constructor(private readonly target: SubscriptionTarget) {}

  offer(line: LogLine): void {
    this.waiting.push(line);
    if (this.waiting.length > mostWaiting) {
      this.waiting.shift();
      this.dropped++;
    }
    this.flush();
  }

  /** Lines from before, in front of those that came meanwhile; then everything flows. */
  begin(earlier: readonly LogLine[]): void {
    this.waiting.unshift(...earlier);
    this.held = false;
    this.flush();
  }

  close(): void {
    this.closed = true;
    this.waiting.length = 0;
  }

  private flush(): void {
    while (!this.held && !this.closed && this.underWay < mostUnderWay) {
      const line = this.waiting.shift();
      if (line === undefined) return;
      if (line.cursor !== undefined) {
        if (this.sent !== undefined && line.cursor <= this.sent) continue;
        this.sent = line.cursor;
      }
      this.underWay++;
      this.sequence++;
      const { key, topic, send } = this.target;
      const { dataAtMs, header } = line;
      send({ key, topic, sequence: this.sequence, dataAtMs, dropped: this.dropped, header }, nothing, () => {
        this.underWay--;
        this.flush();
      });
    }
  }
}
