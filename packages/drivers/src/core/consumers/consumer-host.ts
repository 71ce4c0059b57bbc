import type { Ring } from '../ring/ring.js';
import type { ConsumerCounters } from '../ring/ring-layout.js';
import type { DroppedConsumer } from '../ring/ring-watchdog.js';
import type { ConsumerEvents, ConsumerSettings, ConsumerState, ConsumerStatus } from './consumer.api.js';
import { added, ConsumerLife, nothing } from './consumer-life.js';
import type { ConsumerSetup } from './consumer-protocol.js';
import { startConsumerThread } from './consumer-thread.js';

/** What a host needs beside the ring. */
export interface HostOptions {
  readonly settings: ConsumerSettings;
  readonly input: string;
  readonly setup: Omit<ConsumerSetup, 'consumer' | 'thread' | 'ring' | 'settings'>;
  readonly events: ConsumerEvents;
  /** Starts threads; tests bring their own. */
  readonly startThread?: typeof startConsumerThread;
  /** Calls a function later and answers with what takes that back; tests bring their own. */
  readonly later?: (task: () => void, ms: number) => () => void;
}

/** Time before the first restart; doubled each time. */
const firstPauseMs = 250;
const longestPauseMs = 30_000;

interface Past {
  readonly offered: bigint;
  readonly delivered: bigint;
  readonly offeredRows: bigint;
  readonly deliveredRows: bigint;
  readonly serviceNs: bigint;
  readonly serviceMaxNs: bigint;
  readonly unfinished: bigint;
  readonly report: typeof nothing;
}

const noPast: Past = {
  offered: 0n,
  delivered: 0n,
  offeredRows: 0n,
  deliveredRows: 0n,
  serviceNs: 0n,
  serviceMaxNs: 0n,
  unfinished: 0n,
  report: nothing,
};

/** One configured consumer through a run: its lives, the restarts between them, and counters over all of them. */
export class ConsumerHost {
  readonly name: string;
  private readonly ring: Ring;
  private readonly options: HostOptions;
  private life: ConsumerLife | undefined;
  private past = noPast;
  /** Records and rows in the ring when the last life died: what came since was offered to nobody. */
  private deadSince: { readonly records: bigint; readonly rows: bigint } | undefined;
  private state: ConsumerState = 'starting';
  private message = '';
  private restarts = 0;
  private toldLoss = false;
  private unwanted = false;
  private cancelRestart: () => void = () => undefined;
  private settle: () => void = () => undefined;
  /** Settles when it has ended or failed for good. */
  readonly done: Promise<void>;

  /** Takes its place in the ring at once. */
  constructor(ring: Ring, options: HostOptions) {
    this.ring = ring;
    this.options = options;
    this.name = options.settings.name;
    this.done = new Promise((resolve) => {
      this.settle = resolve;
    });
    this.begin();
  }

  /** A consumer that the watchdog dropped: when it is this one, it is started anew or has failed. */
  dropped(found: DroppedConsumer): boolean {
    if (this.life?.owns(found) !== true) return false;
    this.die(found.reason, found.unfinishedRecords);
    return true;
  }

  /** Looks whether it lost records that its rule does not allow. */
  checkLoss(): void {
    const { policy, onFailure } = this.options.settings;
    if (policy.kind !== 'lossy' || onFailure !== 'stop-run' || this.toldLoss) return;
    const { dropped } = this.status().ring;
    if (dropped === 0n) return;
    this.toldLoss = true;
    this.options.events.stopRun?.(this.name, `${dropped} records came faster than it could take them`);
  }

  /** Ends it from outside, for an operator: no restart follows, and the run goes on. False when it was over before. */
  drop(reason: string): boolean {
    if (this.state === 'ended' || this.state === 'failed') return false;
    this.cancelRestart();
    this.unwanted = true;
    if (this.life === undefined) {
      this.message = reason;
      this.giveUp();
    } else this.die(reason);
    return true;
  }

  /** What is known of it now. */
  status(): ConsumerStatus {
    const { settings, input } = this.options;
    const report = this.life === undefined ? this.past.report : added(this.past.report, this.life.report());
    return {
      name: this.name,
      kind: settings.kind,
      input,
      state: this.state,
      message: this.message,
      ring: this.counters(),
      unfinished: this.past.unfinished,
      restarts: this.restarts,
      ...report,
    };
  }

  /** Waits until it is done; what is not within the time is ended and said. */
  async finish(deadlineMs: number): Promise<void> {
    this.cancelRestart();
    if (this.state === 'restarting') this.giveUp();
    const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), deadlineMs).unref());
    if ((await Promise.race([this.done, late])) === 'late') {
      this.drop(`it did not finish within ${deadlineMs / 1000} s after the end of the run`);
    }
  }

  private begin(): void {
    const { settings, setup, startThread = startConsumerThread } = this.options;
    this.countGap();
    this.life = new ConsumerLife(this.ring, { ...setup, settings }, startThread, {
      ready: () => {
        this.state = 'working';
        this.message = '';
      },
      ended: () => this.end(),
      failed: (reason) => this.die(reason),
      log: (level, message) => this.options.events.log?.(level, this.name, message),
    });
  }

  private end(): void {
    this.bury();
    this.state = 'ended';
    this.settle();
  }

  private die(reason: string, unfinished = 0n): void {
    const { life } = this;
    if (life === undefined) return;
    const lost = life.die(reason);
    const before = this.counters();
    this.bury();
    const held = unfinished + (lost?.unfinishedRecords ?? 0n);
    this.past = { ...this.past, unfinished: this.past.unfinished + held };
    this.deadSince = this.ring.recorded();
    this.message = reason;
    const { settings, events } = this.options;
    const loss = `${before.dropped} records (${before.droppedRows} rows) did not reach it, ${held} not finished`;
    events.log?.('error', this.name, `${reason}; ${loss}`);
    if (this.unwanted || this.ring.closed || this.restarts >= settings.restarts) {
      this.giveUp();
      return;
    }
    this.state = 'restarting';
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** this.restarts);
    this.restarts += 1;
    const later = this.options.later ?? callLater;
    this.cancelRestart = later(() => this.begin(), pauseMs);
  }

  private giveUp(): void {
    this.countGap();
    this.deadSince = this.ring.recorded();
    this.state = 'failed';
    const { settings, events } = this.options;
    const often =
      settings.restarts === 0
        ? ''
        : ` after ${this.restarts} ${this.restarts === 1 ? 'restart' : 'restarts'}`;
    events.log?.('error', this.name, `given up${often}: ${this.message}`);
    if (settings.onFailure === 'stop-run' && !this.unwanted) events.stopRun?.(this.name, this.message);
    this.settle();
  }

  /** Adds the counters of the life that is over. */
  private bury(): void {
    const { life, past } = this;
    if (life === undefined) return;
    const own = life.counters();
    this.past = {
      ...past,
      offered: past.offered + own.offered,
      delivered: past.delivered + own.delivered,
      offeredRows: past.offeredRows + own.offeredRows,
      deliveredRows: past.deliveredRows + own.deliveredRows,
      serviceNs: past.serviceNs + own.serviceNs,
      serviceMaxNs: own.serviceMaxNs > past.serviceMaxNs ? own.serviceMaxNs : past.serviceMaxNs,
      report: added(past.report, life.report()),
    };
    this.life = undefined;
  }

  /** What was put in between two lives was offered, and lost. */
  private countGap(): void {
    const since = this.deadSince;
    if (since === undefined) return;
    const { records, rows } = this.ring.recorded();
    this.past = {
      ...this.past,
      offered: this.past.offered + records - since.records,
      offeredRows: this.past.offeredRows + rows - since.rows,
    };
    this.deadSince = undefined;
  }

  private counters(): ConsumerCounters {
    const { past } = this;
    const { settings } = this.options;
    const own = this.life?.counters();
    const recorded = this.ring.recorded();
    const gap = this.deadSince === undefined ? 0n : recorded.records - this.deadSince.records;
    const gapRows = this.deadSince === undefined ? 0n : recorded.rows - this.deadSince.rows;
    const sum = (name: 'offered' | 'delivered' | 'offeredRows' | 'deliveredRows' | 'serviceNs'): bigint =>
      past[name] + (own?.[name] ?? 0n);
    const offered = sum('offered') + gap;
    const offeredRows = sum('offeredRows') + gapRows;
    const lag = own?.lag ?? 0n;
    const lagRows = own === undefined ? 0n : own.offeredRows - own.deliveredRows - own.droppedRows;
    return {
      name: this.name,
      policy: settings.policy,
      offered,
      delivered: sum('delivered'),
      dropped: offered - sum('delivered') - lag,
      offeredRows,
      deliveredRows: sum('deliveredRows'),
      droppedRows: offeredRows - sum('deliveredRows') - lagRows,
      lag,
      lagNs: own?.lagNs ?? 0n,
      serviceNs: sum('serviceNs'),
      serviceMaxNs:
        own !== undefined && own.serviceMaxNs > past.serviceMaxNs ? own.serviceMaxNs : past.serviceMaxNs,
      members: own?.members ?? 0,
      attached: own?.attached ?? false,
    };
  }
}

function callLater(task: () => void, ms: number): () => void {
  const timer = setTimeout(task, ms);
  return () => clearTimeout(timer);
}
