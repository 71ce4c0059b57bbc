import type { AcquireResult, Driver, DriverContext, RunContext, SourceState } from './driver.js';
import { DriverError, type ErrorFacts, errorFacts } from './errors.js';
import { beginningRun, endingRun, infoSchema } from './info-table.js';
import { Mutex } from './mutex.js';
import { Ring } from './ring/ring.js';
import type { RingProducer } from './ring/ring-producer.js';
import { RingSink } from './ring-sink.js';
import { withScopeFacts } from './scope-facts.js';
import type { PreparedSource, SourceStatus, StopReport } from './source-host.api.js';

/** What a runner tells its thread. */
export interface RunnerEvents {
  status(status: SourceStatus): void;
  fault(error: ErrorFacts): void;
}

interface TakingRun {
  readonly ring: Ring;
  readonly producer: RingProducer;
  readonly sink: RingSink;
}

/** How often a status is told at least, ms. */
const statusPeriodMs = 200;

/**
 * Drives one driver through runs: the source's state machine, the acquisition loop, back-pressure and
 * draining. Lives in the driver's thread and has no idea of messages.
 */
export class SourceRunner {
  private readonly driver: Driver;
  private readonly context: DriverContext;
  private readonly pushes: boolean;
  private readonly events: RunnerEvents;
  private readonly mutex = new Mutex();
  private run: TakingRun | undefined;
  private loop: Promise<boolean> | undefined;
  private current: SourceState = 'idle';
  private armed = false;
  private bufferFull = false;
  private stopAtMs = Infinity;
  private ended: string | undefined;
  private lastStatusMs = 0;
  private wake: () => void = () => undefined;

  constructor(driver: Driver, context: DriverContext, pushes: boolean, events: RunnerEvents) {
    this.driver = driver;
    this.context = context;
    this.pushes = pushes;
    this.events = events;
  }

  get state(): SourceState {
    return this.current;
  }

  /** The driver, for commands: these run beside the acquisition, not between its calls. */
  get device(): Driver {
    return this.driver;
  }

  /** One call of the driver at a time. */
  exclusively<T>(task: (driver: Driver) => Promise<T>): Promise<T> {
    return this.mutex.run(() => task(this.driver));
  }

  async prepare(run: RunContext, buffer: SharedArrayBuffer): Promise<PreparedSource> {
    this.expect('prepare', ['idle', 'prepared', 'fault']);
    const prepared = await this.exclusively((driver) => driver.prepare(run));
    const ring = Ring.open(buffer);
    const producer = ring.producer();
    this.run = { ring, producer, sink: new RingSink(prepared.tables, producer, this.context.clock) };
    this.ended = undefined;
    this.armed = false;
    this.bufferFull = false;
    this.enter('prepared');
    const channels = withScopeFacts(prepared.channels, prepared.device);
    return { ...prepared, channels, tables: [infoSchema, ...prepared.tables] };
  }

  async start(): Promise<void> {
    this.expect('start', ['prepared']);
    this.taking().sink.info(beginningRun);
    await this.exclusively((driver) => driver.arm());
    this.armed = true;
    this.stopAtMs = Infinity;
    this.enter('taking');
    this.taking().sink.account(() => this.driver.counters());
    this.loop = this.takeUntilDone();
  }

  async pause(): Promise<void> {
    this.expect('pause', ['taking']);
    this.enter('paused');
    await this.exclusively((driver) => driver.disarm('paused'));
    this.armed = false;
    this.taking().sink.info('Pausing run');
  }

  resume(): Promise<void> {
    return this.exclusively(() => {
      this.expect('resume', ['paused']);
      this.taking().sink.info('Resuming run');
      this.enter('taking');
      return Promise.resolve();
    });
  }

  async stop(deadlineMs: number): Promise<StopReport> {
    this.expect('stop', ['prepared', 'taking', 'paused', 'fault']);
    const { ring, producer, sink } = this.taking();
    this.stopAtMs = performance.now() + deadlineMs;
    const faulty = this.current === 'fault';
    if (this.current !== 'prepared' && !faulty) {
      this.enter('draining');
      await this.exclusively((driver) => driver.disarm('stopping'));
      this.armed = false;
    }
    const emptied = (await this.loop) ?? true;
    sink.info(endingRun);
    const flushed = await this.flush(sink, producer);
    const lost = flushed ? 0 : sink.discard();
    if (lost > 0) this.context.log('error', `${lost} rows found no room in the ring before the deadline`);
    const counters = this.driver.counters();
    if (flushed && this.loop !== undefined) sink.account(() => counters);
    producer.close();
    const report = {
      drained: emptied && flushed && !faulty,
      batches: ring.recorded().records,
      counters,
    };
    this.loop = undefined;
    this.enter('idle');
    return report;
  }

  status(): SourceStatus {
    const waitsBecause = this.driver.waitsBecause?.();
    return {
      source: this.context.source,
      state: this.current,
      counters: this.driver.counters(),
      bufferFull: this.bufferFull,
      bufferFill: this.run?.ring.fill() ?? 0,
      ...(this.ended === undefined ? {} : { endedBecause: this.ended }),
      ...(waitsBecause === undefined ? {} : { waitsBecause }),
      timeNs: this.context.clock.epochNs(),
    };
  }

  /** The loop of one run. Answers whether the device was emptied; a throwing driver ends it in `fault`. */
  private async takeUntilDone(): Promise<boolean> {
    const { sink, producer } = this.taking();
    try {
      for (;;) {
        sink.flushOld();
        if (performance.now() - this.lastStatusMs > statusPeriodMs) this.report(sink);
        if (this.overdue()) return false;
        if (await this.holdWhileFull(sink, producer)) continue;
        const result = await this.exclusively(() => this.cycle(sink));
        if (result.kind === 'drained') return true;
        if (result.kind === 'ended') this.end(result.reason);
        if (this.current === 'draining' && result.kind === 'ended') return true;
        await (result.kind === 'more' ? immediate() : this.rest(result.kind === 'idle' ? result.waitMs : 20));
      }
    } catch (thrown) {
      this.fail(thrown, sink);
      return false;
    }
  }

  private async cycle(sink: RingSink): Promise<AcquireResult> {
    if (this.current === 'paused') return { kind: 'idle', waitMs: 20 };
    if (this.ended !== undefined)
      return this.current === 'draining' ? { kind: 'drained' } : { kind: 'idle', waitMs: 20 };
    if (this.current === 'taking' && !this.armed) {
      await this.driver.arm();
      this.armed = true;
      // The pause before is known from here on, whatever happens to this process.
      sink.account(() => this.driver.counters());
    }
    return this.driver.acquire(sink);
  }

  /** With a full ring: disarms the device once, waits for room a little, and says so. */
  private async holdWhileFull(sink: RingSink, producer: RingProducer): Promise<boolean> {
    if (!sink.blocked) {
      this.bufferFull = false;
      return false;
    }
    if (!this.bufferFull) {
      this.bufferFull = true;
      this.tell();
    }
    if (this.pushes && this.current === 'taking') return false;
    await this.exclusively(async (driver) => {
      if (!this.armed || this.current !== 'taking') return;
      await driver.disarm('buffer');
      this.armed = false;
    });
    await producer.waitForSpace(20);
    return true;
  }

  private async flush(sink: RingSink, producer: RingProducer): Promise<boolean> {
    while (!sink.flush()) {
      if (this.overdue()) return false;
      await producer.waitForSpace(20);
    }
    return true;
  }

  private overdue(): boolean {
    return performance.now() > this.stopAtMs;
  }

  private end(reason: string): void {
    if (this.ended !== undefined) return;
    this.ended = reason;
    this.tell();
  }

  private fail(thrown: unknown, sink: RingSink): void {
    const facts = errorFacts(thrown, this.context.source);
    sink.info(`Fault: ${facts.message}`);
    this.armed = false;
    this.enter('fault');
    this.events.fault(facts);
  }

  private rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(1, Math.min(20, ms)));
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private enter(state: SourceState): void {
    this.current = state;
    this.wake();
    this.tell();
  }

  /** Tells how it is going, and keeps the counters with the data. */
  private report(sink: RingSink): void {
    this.tell();
    sink.account(() => this.driver.counters());
  }

  private tell(): void {
    this.lastStatusMs = performance.now();
    this.events.status(this.status());
  }

  private expect(what: string, states: readonly SourceState[]): void {
    if (states.includes(this.current)) return;
    const { source } = this.context;
    throw new DriverError(
      'wrong-state',
      source,
      `source ${source} is ${this.current}; ${what} needs ${states.join(' or ')}`,
    );
  }

  private taking(): TakingRun {
    if (this.run === undefined) {
      throw new DriverError(
        'wrong-state',
        this.context.source,
        `source ${this.context.source} was not prepared`,
      );
    }
    return this.run;
  }
}

function immediate(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
