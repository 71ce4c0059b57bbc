import type {
  AcquireResult,
  BatchSink,
  DisarmReason,
  Driver,
  DriverContext,
  DriverCounters,
  Prepared,
} from '../../core/driver.js';
import { DriverError } from '../../core/errors.js';
import type { SignalValue } from '../../core/signal.js';
import { BatchDelivery, type ReadBatch } from './capture/batch.js';
import { type CaptureSetUp, setUpUnit } from './capture/capture-set-up.js';
import { LiveTime } from './capture/live-time.js';
import { lookUntil } from './capture/patience.js';
import { settleInputs } from './capture/settle-inputs.js';
import { StreamCutter, type StreamRecord } from './capture/stream-cutter.js';
import type { PicoScopeConfig } from './pico-scope.config.js';
import { scopeSchema, scopeTable } from './pico-scope.tables.js';
import { ScopeError, status } from './sdk/status.js';
import { announced } from './settings/announced.js';
import { findingText } from './settings/finding.js';
import { ScopeLink } from './unit/scope-link.js';
import type { CaptureTimes, ScopeUnit } from './unit/scope-unit.js';
import type { UnitAccess } from './unit/unit-access.js';

/** Longest time in one acquisition cycle, ms. */
const cycleMs = 8;
/** A unit that should have given a record by itself is given this much longer, ms. */
const graceMs = 3000;

/** Records that were read, and when. */
interface ReadRecords {
  readonly count: number;
  /** They were complete at `atNs`, and not yet at `lastQuietNs`. */
  readonly atNs: bigint;
  readonly lastQuietNs: bigint;
  /** From the arming until they were read. */
  readonly spanMs: number;
  readonly liveNs: bigint;
  readonly overflow: Int16Array;
  readonly times: CaptureTimes | undefined;
}

/** A PicoScope, real or simulated. */
export class PicoScope implements Driver {
  private readonly config: PicoScopeConfig;
  private readonly context: DriverContext;
  private readonly access: UnitAccess;
  private readonly link: ScopeLink;
  private readonly time = new LiveTime();
  private setUp: CaptureSetUp | undefined;
  private cutter: StreamCutter | undefined;
  /** Read out and not yet handed on; the last one may still lie in the unit's memory. */
  private deliveries: BatchDelivery[] = [];
  private running = false;
  private runningSinceMs = 0;
  private lastQuietNs = 0n;
  private stopping = false;
  private gap = false;
  private events = 0n;
  private captured = 0;
  private beginNs: bigint | undefined;
  private runBeginS = 0;
  private liveSeenNs = 0n;
  private rateMark = { events: 0n, atMs: 0 };

  /** Opens the unit. Throws a DriverError when it is not there. */
  constructor(config: PicoScopeConfig, context: DriverContext, access: UnitAccess) {
    this.config = config;
    this.context = context;
    this.access = access;
    this.link = new ScopeLink(access, context, config.serial);
  }

  async prepare(): Promise<Prepared> {
    if (this.link.unit === undefined && !this.link.look(true)) throw this.goneError();
    const unit = this.link.unit!;
    const setUp = setUpUnit(unit, this.config);
    await settleInputs(unit, this.config, setUp);
    for (const warning of setUp.warnings)
      this.context.log('warn', `${warning.place}: ${findingText(warning)}`);
    const { preSamples, samples, intervalNs, settings } = setUp;
    const ns = (count: number): bigint => BigInt(Math.round(count * intervalNs));
    const rearmNs = BigInt(Math.round(this.config.simulation.rearmUs * 1000));
    this.time.reset({ preNs: ns(preSamples), postNs: ns(samples - preSamples), rearmNs });
    this.setUp = setUp;
    this.deliveries = [];
    this.running = false;
    this.stopping = false;
    this.gap = false;
    this.events = 0n;
    this.captured = this.access.truth === undefined ? 0 : this.captured;
    this.beginNs = undefined;
    this.liveSeenNs = 0n;
    const truth = this.config.simulation.truth && this.access.truth !== undefined;
    return {
      tables: settings.channels.map(({ index }) =>
        scopeSchema(index, samples, truth, setUp.ets !== undefined),
      ),
      channels: settings.channels.map(({ index }) => ({ channel: index, table: scopeTable(index) })),
      device: {
        ...unit.facts,
        family: this.config.family,
        mode: this.config.mode,
        timeBase: setUp.timeBase,
        ...announced(this.config, settings),
        NSamples: samples,
        TSampling: intervalNs * 1e-9,
      },
    };
  }

  arm(): Promise<void> {
    const { monotonicNs, epochNs } = this.context.clock.anchor();
    if (this.beginNs === undefined) {
      this.beginNs = monotonicNs;
      this.runBeginS = Number(epochNs) / 1e9;
    }
    this.time.enter('arming', monotonicNs);
    return Promise.resolve();
  }

  async disarm(reason: DisarmReason): Promise<void> {
    if (reason === 'stopping') this.stopping = true;
    await this.guarded(async (unit) => {
      if (!this.running) return;
      const complete = this.config.mode !== 'streaming' && unit.ready() ? this.setUp!.captures : 0;
      this.running = false;
      if (complete === 0) unit.stop();
      const count = complete > 0 ? complete : this.config.mode === 'rapid-block' ? unit.taken() : 0;
      if (count > 0) await this.read(unit, count);
    });
    this.time.enter(reason, this.now());
  }

  async acquire(sink: BatchSink): Promise<AcquireResult> {
    if (!this.handOn(sink)) return { kind: 'more' };
    if (this.stopping) return { kind: 'drained' };
    if (this.full()) return { kind: 'ended', reason: `${this.config.maxEvents} events were taken` };
    if (this.link.unit === undefined && !this.comesBack(sink)) return { kind: 'idle', waitMs: 20 };
    const untilMs = performance.now() + cycleMs;
    let result: AcquireResult = { kind: 'more' };
    const went = await this.guarded(async (unit) => {
      do {
        const took =
          this.config.mode === 'streaming' ? this.followStream(unit) : await this.takeBlock(unit, untilMs);
        if (!took) {
          if (this.config.mode === 'streaming') result = { kind: 'idle', waitMs: 3 };
          return;
        }
      } while (this.handOn(sink) && !this.full() && performance.now() < untilMs);
    });
    if (!went && this.link.unit === undefined) {
      sink.info(`Scope ${this.link.name} does not respond: looking for it, data taking waits`);
    }
    return result;
  }

  counters(): DriverCounters {
    const channels = this.setUp?.settings.channels ?? [];
    const tables = channels.map(({ index }) => ({
      table: scopeTable(index),
      triggers: this.events,
      recorded: this.events,
      dropped: 0n,
    }));
    const sum = this.events * BigInt(channels.length);
    return { triggers: sum, recorded: sum, dropped: 0n, time: this.time.facts(this.now()), tables };
  }

  readSignal(name: string): Promise<SignalValue | null> {
    if (name === 'rate') return Promise.resolve(this.rate());
    if (name === 'present') return Promise.resolve(this.link.unit !== undefined);
    if (name !== 'live') return Promise.resolve(null);
    const { runNs, pausedNs, liveNs } = this.time.facts(this.now());
    const activeNs = Number(runNs - pausedNs);
    return Promise.resolve(activeNs > 0 ? Number(((100 * Number(liveNs)) / activeNs).toFixed(2)) : 0);
  }

  writeSignal(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.link.close();
    return Promise.resolve();
  }

  /** The unit as it is set up; for commands. Throws a DriverError while it is gone. */
  get openUnit(): ScopeUnit {
    if (this.link.unit === undefined) throw this.goneError();
    return this.link.unit;
  }

  /** Arms when needed, waits for the unit until a time, and reads what it has; false when there is nothing yet. */
  private async takeBlock(unit: ScopeUnit, untilMs: number): Promise<boolean> {
    const { captures } = this.setUp!;
    if (!this.running) this.run(unit);
    const patienceMs = this.access.fast && this.lastMs() < Infinity ? this.lastMs() : untilMs;
    const eager = this.config.polling === 'eager' || this.access.fast;
    const { ready, quietMs } = lookUntil(unit, patienceMs, this.runningSinceMs, eager);
    if (quietMs !== undefined)
      this.lastQuietNs = this.now() - BigInt(Math.round(1e6 * (performance.now() - quietMs)));
    if (ready) {
      await this.read(unit, captures, true);
      return true;
    }
    const late = performance.now() > this.lastMs() - graceMs;
    if (captures === 1 && !late) this.time.quiet(this.lastQuietNs);
    const waitedMs = performance.now() - this.runningSinceMs;
    if (performance.now() > this.lastMs())
      throw new ScopeError(this.link.name, 'IsReady', status.notResponding);
    if (captures === 1 || this.access.fast || waitedMs < this.config.latencyMs) return false;
    unit.stop();
    this.running = false;
    const taken = unit.taken();
    if (taken > 0) await this.read(unit, taken, true);
    else {
      this.time.enter('arming', this.now());
      if (this.runsOn) this.run(unit);
    }
    return taken > 0;
  }

  private run(unit: ScopeUnit): void {
    this.rearm(unit);
    this.time.armed(this.lastQuietNs);
  }

  private rearm(unit: ScopeUnit): void {
    const { preSamples, samples, timeBase } = this.setUp!;
    unit.run(preSamples, samples - preSamples, timeBase);
    this.running = true;
    this.runningSinceMs = performance.now();
    this.lastQuietNs = this.now();
  }

  /** Whether the unit is armed again before the records are handed on: that costs no live time then. */
  private get runsOn(): boolean {
    return !this.access.fast && !this.stopping && !this.full();
  }

  /** When a unit must have given a record by itself (performance.now); Infinity when it may wait for ever. */
  private lastMs(): number {
    const { samples, intervalNs, captures } = this.setUp!;
    const { kind, timeoutMs } = this.config.trigger;
    // Equivalent-time sampling knows no time-out.
    if ((kind !== 'off' && timeoutMs === 0) || this.setUp!.ets !== undefined) return Infinity;
    const eachMs = (samples * intervalNs) / 1e6 + (kind === 'off' ? 0 : timeoutMs);
    return this.runningSinceMs + captures * eachMs + graceMs;
  }

  /** Reads records and arms the unit anew; everything that can wait, waits until it is armed. */
  private async read(unit: ScopeUnit, count: number, runOn = false): Promise<void> {
    const atNs = this.now();
    const { lastQuietNs, runningSinceMs } = this;
    const setUp = this.setUp!;
    this.running = false;
    const overflow = new Int16Array(setUp.captures);
    for (const delivery of this.deliveries) delivery.detach();
    const reading = unit.read(count, overflow);
    if (reading !== undefined) await reading;
    const times = unit.times(count);
    const readMs = performance.now();
    const readNs = this.now();
    let armed = false;
    try {
      if (runOn && this.runsOn) {
        this.rearm(unit);
        armed = true;
      }
    } finally {
      const quietNs = count < setUp.captures ? atNs : lastQuietNs;
      if (setUp.captures > 1) this.time.batchComplete(count, atNs, quietNs);
      else this.time.complete(atNs, quietNs);
      const { liveNs } = this.time;
      this.time.enter('arming', readNs);
      if (armed) this.time.armed(this.lastQuietNs);
      this.link.succeeded();
      this.take({ count, atNs, lastQuietNs, spanMs: readMs - runningSinceMs, liveNs, overflow, times });
    }
  }

  /** Makes what was read ready to be handed on. */
  private take({ count, atNs, lastQuietNs, spanMs, liveNs, overflow, times }: ReadRecords): void {
    const { memory, samples, preSamples, intervalNs, captures } = this.setUp!;
    const exact = times?.ticks !== undefined || captures === 1;
    const postNs = BigInt(Math.round((samples - preSamples) * intervalNs));
    const truthFrom = this.captured;
    this.captured += count;
    this.queue({
      count,
      deviceNs: atNs - (this.beginNs ?? atNs) - postNs,
      uncertaintyNs: exact ? atNs - lastQuietNs : BigInt(Math.round(spanMs * 1e6)) / 2n,
      hostNs: this.context.clock.epochNs(),
      liveNs: liveNs - this.liveSeenNs,
      overflow,
      times,
      gap: this.gap,
      samplesOf: (record, place) => memory.of(record, place),
      truthOf: (record) =>
        this.config.simulation.truth ? this.access.truth?.(truthFrom + record) : undefined,
    });
    this.liveSeenNs = liveNs;
  }

  private followStream(unit: ScopeUnit): boolean {
    const setUp = this.setUp!;
    if (!this.running) {
      unit.stream(setUp.intervalNs, setUp.memory.samples);
      this.cutter = new StreamCutter(setUp.settings.channels.length, setUp.samples);
      this.running = true;
      this.time.enter('live', this.now());
    }
    const records: StreamRecord[] = [];
    unit.latest((piece) => records.push(...this.cutter!.take(piece)));
    this.link.succeeded();
    const atNs = this.now();
    if (records.length === 0) return false;
    const { liveNs } = this.time.facts(atNs);
    this.queue({
      count: records.length,
      deviceNs: atNs - (this.beginNs ?? atNs),
      uncertaintyNs: BigInt(Math.round((records.length * setUp.samples * setUp.intervalNs) / 2)),
      hostNs: this.context.clock.epochNs(),
      liveNs: liveNs - this.liveSeenNs,
      overflow: Int16Array.from(records, ({ overflow }) => overflow),
      times: undefined,
      gap: this.gap || records[0]!.firstSample === 0,
      samplesOf: (record, place) => records[record]!.samples[place]!,
      truthOf: () => undefined,
    });
    this.liveSeenNs = liveNs;
    return true;
  }

  private queue(batch: ReadBatch): void {
    this.gap = false;
    this.deliveries.push(new BatchDelivery(batch, this.setUp!, this.runBeginS));
  }

  /** Hands on what was read; false when the ring is full. */
  private handOn(sink: BatchSink): boolean {
    for (let delivery = this.deliveries[0]; delivery !== undefined; delivery = this.deliveries[0]) {
      const { maxEvents } = this.config;
      const before = this.events - BigInt(delivery.done);
      const limit = maxEvents > 0 ? maxEvents - Number(before) : Infinity;
      const done = delivery.deliver(sink, before, limit);
      this.events = before + BigInt(delivery.done);
      if (!done) return false;
      this.deliveries.shift();
    }
    return true;
  }

  /** Calls the unit; false when it failed, after it was quietened or given up. */
  private async guarded(task: (unit: ScopeUnit) => Promise<void>): Promise<boolean> {
    const { unit } = this.link;
    if (unit === undefined) return false;
    try {
      await task(unit);
      return true;
    } catch (thrown) {
      const outcome = this.link.failed(thrown);
      this.running = false;
      this.gap = true;
      this.time.lose(outcome === 'gone' ? 'unplugged' : 'arming', this.now());
      return false;
    }
  }

  private comesBack(sink: BatchSink): boolean {
    if (!this.link.look(this.access.fast)) return false;
    this.setUp = setUpUnit(this.link.unit!, this.config);
    this.time.enter('arming', this.now());
    sink.info(`Scope ${this.link.name} is back`);
    return true;
  }

  private full(): boolean {
    return this.config.maxEvents > 0 && this.events >= BigInt(this.config.maxEvents);
  }

  private now(): bigint {
    return this.context.clock.monotonicNs();
  }

  private rate(): number {
    const atMs = performance.now();
    const { events } = this;
    const rate = (1000 * Number(events - this.rateMark.events)) / Math.max(1, atMs - this.rateMark.atMs);
    this.rateMark = { events, atMs };
    return Number(Math.max(0, rate).toFixed(2));
  }

  private goneError(): DriverError {
    return new DriverError(
      'device',
      this.link.name,
      `scope ${this.link.name} is not there: look at its cable`,
    );
  }
}
