import type { Ring } from '../ring/ring.js';
import type { RingConsumer } from '../ring/ring-consumer.js';
import type { ConsumerCounters } from '../ring/ring-layout.js';
import type { DroppedConsumer } from '../ring/ring-watchdog.js';
import type { ConsumerReport, ConsumerSetup } from './consumer-protocol.js';
import type { startConsumerThread } from './consumer-thread.js';
import { type ConsumerThread, type ThreadEvents } from './consumer-thread.js';

/** What one life of a consumer tells its host. */
export interface LifeEvents {
  ready(): void;
  ended(): void;
  failed(reason: string): void;
  log(level: 'info' | 'warn' | 'error', message: string): void;
}

/** One life of a consumer: its place in the ring and its threads, until it ends or dies. */
export class ConsumerLife {
  readonly counters: () => ConsumerCounters;
  private readonly ring: Ring;
  private readonly events: LifeEvents;
  private readonly place: RingConsumer;
  private readonly threads: ConsumerThread[] = [];
  private readonly reports: (ConsumerReport | undefined)[] = [];
  private readyThreads = 0;
  private endedThreads = 0;
  private over = false;

  /** Takes its place in the ring at once; what is put in from now on is for it. */
  constructor(
    ring: Ring,
    setup: Omit<ConsumerSetup, 'consumer' | 'thread' | 'ring'>,
    start: typeof startConsumerThread,
    events: LifeEvents,
  ) {
    this.ring = ring;
    this.events = events;
    const { name, policy, threads, deadlineMs } = setup.settings;
    const deadlineNs = BigInt(Math.round(deadlineMs * 1e6));
    const shared = threads > 1;
    this.place = shared
      ? ring.consumer(ring.attachGroup(name, { deadlineNs }))
      : ring.attach(name, policy, { deadlineNs });
    this.counters = () => this.place.counters();
    for (let thread = 0; thread < threads; thread++) {
      const consumer = shared ? ring.join(this.place.id, `${name} ${thread + 1}`).id : this.place.id;
      this.threads.push(start({ ...setup, ring: ring.buffer, consumer, thread }, this.hear(thread, threads)));
    }
  }

  /** True when the ring's entry of that number belongs to this life. */
  owns(dropped: DroppedConsumer): boolean {
    return !this.over && (dropped.id === this.place.id || dropped.name.startsWith(`${this.place.name} `));
  }

  /** Reports of its threads, added up. */
  report(): ConsumerReport {
    return this.reports.reduce<ConsumerReport>(
      (sum, one) => (one === undefined ? sum : added(sum, one)),
      nothing,
    );
  }

  /** Gives its place in the ring up and ends its threads. Answers with what was lost; undefined when it was over before. */
  die(reason: string): DroppedConsumer | undefined {
    if (this.over) return undefined;
    this.over = true;
    for (const thread of this.threads) thread.stop();
    return this.ring.watchdog().drop(this.place.id, reason);
  }

  private hear(thread: number, threads: number): ThreadEvents {
    let finished = false;
    return {
      message: (message) => {
        if (message.type === 'log') this.events.log(message.level, message.message);
        else if (this.over) return;
        else if (message.type === 'report') this.reports[thread] = message.report;
        else if (message.type === 'ready' && ++this.readyThreads === threads) this.events.ready();
        else if (message.type === 'ended') {
          finished = true;
          if (++this.endedThreads < threads) return;
          this.over = true;
          this.events.ended();
        }
      },
      // A thread that finished its work may be gone long before the others are done.
      gone: (reason) => {
        if (!this.over && !finished) this.events.failed(reason);
      },
    };
  }
}

/** A report of nothing. */
export const nothing: ConsumerReport = {
  events: 0n,
  kept: 0n,
  incomplete: 0n,
  counts: {},
  values: {},
  histograms: [],
};

/** Sums of two reports: counters and histograms are added, of numbers the later ones stay. */
export function added(a: ConsumerReport, b: ConsumerReport): ConsumerReport {
  const counts: Record<string, number> = { ...a.counts };
  for (const [name, count] of Object.entries(b.counts)) counts[name] = (counts[name] ?? 0) + count;
  const histograms = b.histograms.map((one) => {
    const other = a.histograms.find(({ name }) => name === one.name);
    if (other?.counts.length !== one.counts.length) return one;
    const entries = one.entries + other.entries;
    const weight = entries === 0 ? 0 : other.entries / entries;
    const mix = (x: number, y: number): number => (other.entries === 0 ? x : x * (1 - weight) + y * weight);
    const mean = mix(one.mean, other.mean);
    const square = mix(one.sigma ** 2 + one.mean ** 2, other.sigma ** 2 + other.mean ** 2);
    return {
      ...one,
      counts: one.counts.map((count, bin) => count + other.counts[bin]!),
      entries,
      underflow: one.underflow + other.underflow,
      overflow: one.overflow + other.overflow,
      mean,
      sigma: Math.sqrt(Math.max(0, square - mean * mean)),
    };
  });
  const kept = a.histograms.filter(({ name }) => !b.histograms.some((one) => one.name === name));
  return {
    events: a.events + b.events,
    kept: a.kept + b.kept,
    incomplete: a.incomplete + b.incomplete,
    counts,
    values: { ...a.values, ...b.values },
    histograms: [...kept, ...histograms],
  };
}
