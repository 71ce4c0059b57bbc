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
import { equalCounters } from '../../core/figures/equal-counters.js';
import { RecentRate } from '../../core/figures/recent-rate.js';
import type { SignalValue } from '../../core/signal.js';
import { noTime, timeSince } from '../../core/time-account.js';
import { BatchDelivery } from './capture/batch.js';
import { BlockReader } from './capture/block-reader.js';
import { type CaptureSetUp, setUpUnit, triggerSetUp } from './capture/capture-set-up.js';
import { LiveTime } from './capture/live-time.js';
import { settleInputs } from './capture/settle-inputs.js';
import { StreamReader } from './capture/stream-reader.js';
import type { ReaderHost, ReadRecords, UnitReader } from './capture/unit-reader.js';
import type { PicoScopeConfig } from './pico-scope.config.js';
import { scopeSchema, scopeTable } from './pico-scope.tables.js';
import { announced } from './settings/announced.js';
import { findingText } from './settings/finding.js';
import { resolvePicoScope } from './settings/resolve.js';
import { withTriggerLevel } from './settings/trigger-level.js';
import { ScopeLink } from './unit/scope-link.js';
import type { ScopeUnit } from './unit/scope-unit.js';
import type { UnitAccess } from './unit/unit-access.js';

/** Longest time in one acquisition cycle, ms: between two of them nobody looks at the device for some 70 µs. */
const cycleMs = 20;
/** A PicoScope, real or simulated. */
export class PicoScope implements Driver {
  /** As it was given; a run begins with it. */
  private readonly given: PicoScopeConfig;
  /** As it is used now. */
  private config: PicoScopeConfig;
  /** What the next cycle changes. */
  private change: PicoScopeConfig | undefined;
  private readonly context: DriverContext;
  private readonly access: UnitAccess;
  private readonly link: ScopeLink;
  private readonly time = new LiveTime();
  private setUp: CaptureSetUp | undefined;
  private reader: UnitReader | undefined;
  /** Read out and not yet handed on; the last one may still lie in the unit's memory. */
  private deliveries: BatchDelivery[] = [];
  private stopping = false;
  private gap = false;
  private events = 0n;
  private captured = 0;
  private beginNs: bigint | undefined;
  private runBeginS = 0;
  private told = noTime;
  private epoch = 1;
  private readonly rate = new RecentRate();

  /** Opens the unit. Throws a DriverError when it is not there. */
  constructor(config: PicoScopeConfig, context: DriverContext, access: UnitAccess) {
    this.given = config;
    this.config = config;
    this.context = context;
    this.access = access;
    this.link = new ScopeLink(access, context, config.serial);
  }

  async prepare(): Promise<Prepared> {
    if (this.link.unit === undefined && !this.link.look(true)) throw this.goneError();
    const unit = this.link.unit!;
    this.config = this.given;
    const setUp = setUpUnit(unit, this.config);
    await settleInputs(unit, this.config, setUp);
    for (const warning of setUp.warnings)
      this.context.log('warn', `${warning.place}: ${findingText(warning)}`);
    const { preSamples, samples, intervalNs, settings } = setUp;
    const ns = (count: number): bigint => BigInt(Math.round(count * intervalNs));
    const rearmNs = BigInt(Math.round(this.config.simulation.rearmUs * 1000));
    this.time.reset({ preNs: ns(preSamples), postNs: ns(samples - preSamples), rearmNs });
    this.setUp = setUp;
    this.reader = this.readerFor(setUp);
    this.deliveries = [];
    this.stopping = false;
    this.gap = false;
    this.events = 0n;
    this.captured = this.access.truth === undefined ? 0 : this.captured;
    this.beginNs = undefined;
    this.told = noTime;
    this.epoch = 1;
    this.change = undefined;
    const truth = this.config.simulation.truth && this.access.truth !== undefined;
    return {
      tables: settings.channels.map(({ index }) =>
        scopeSchema(index, samples, truth, setUp.ets !== undefined),
      ),
      channels: settings.channels.map(({ index }) => ({ channel: index, table: scopeTable(index) })),
      rowsPerEvent: settings.channels.length,
      timeInRows: true,
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
      await this.reader!.halt(unit);
    });
    this.time.enter(reason, this.now());
  }

  async acquire(sink: BatchSink): Promise<AcquireResult> {
    if (!this.handOn(sink)) return { kind: 'more' };
    if (this.stopping) return { kind: 'drained' };
    if (this.full()) return { kind: 'ended', reason: `${this.config.maxEvents} events were taken` };
    if (this.link.unit === undefined && !this.comesBack(sink)) return { kind: 'idle', waitMs: 20 };
    if (this.change !== undefined) {
      await this.applyChange(this.change, sink);
      return { kind: 'more' };
    }
    const untilMs = performance.now() + cycleMs;
    let result: AcquireResult = { kind: 'more' };
    const went = await this.guarded(async (unit) => {
      const reader = this.reader!;
      do {
        if (!(await reader.take(unit, untilMs))) {
          if (reader.restMs !== undefined) result = { kind: 'idle', waitMs: reader.restMs };
          return;
        }
      } while (this.handOn(sink) && !this.full() && performance.now() < untilMs);
    });
    if (!went && this.link.unit === undefined) {
      this.tell(sink, 'warn', `Scope ${this.link.name} does not respond: looking for it, data taking waits`);
    }
    return result;
  }

  counters(): DriverCounters {
    const tables = (this.setUp?.settings.channels ?? []).map(({ index }) => scopeTable(index));
    return equalCounters(tables, this.events, 0n, this.time.facts(this.now()));
  }

  readSignal(name: string): Promise<SignalValue | null> {
    if (name === 'rate') return Promise.resolve(this.rate.upTo(this.events));
    if (name === 'present') return Promise.resolve(this.link.unit !== undefined);
    if (name !== 'live') return Promise.resolve(null);
    const { runNs, pausedNs, liveNs } = this.time.facts(this.now());
    const activeNs = Number(runNs - pausedNs);
    return Promise.resolve(activeNs > 0 ? Number(((100 * Number(liveNs)) / activeNs).toFixed(2)) : 0);
  }

  waitsBecause(): string | undefined {
    if (this.link.unit !== undefined) return undefined;
    return `scope ${this.link.name} does not respond: look at its cable; during a run it is looked for every second`;
  }

  writeSignal(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.link.close();
    return Promise.resolve();
  }

  /**
   * Moves the level of the trigger (V at the input) from the next record on, for the rest of the run. Answers with the
   * number of the settings from then on. Throws a DriverError with every finding when it cannot be used so; nothing
   * changes then.
   */
  useTriggerLevel(thresholdV: number): { readonly epoch: number } {
    this.change = withTriggerLevel(this.change ?? this.config, thresholdV, this.openUnit.facts.model);
    return { epoch: this.epoch + 1 };
  }

  /** The unit as it is set up; for commands. Throws a DriverError while it is gone. */
  get openUnit(): ScopeUnit {
    if (this.link.unit === undefined) throw this.goneError();
    return this.link.unit;
  }

  private readerFor(setUp: CaptureSetUp): UnitReader {
    const host: ReaderHost = {
      time: this.time,
      fast: this.access.fast,
      now: () => this.now(),
      runsOn: () => !this.access.fast && !this.stopping && !this.full(),
      beforeReading: () => {
        for (const delivery of this.deliveries) delivery.detach();
      },
      take: (records) => this.take(records),
    };
    return this.config.mode === 'streaming'
      ? new StreamReader(setUp, host)
      : new BlockReader(setUp, this.config, host);
  }

  /** Makes what was read ready to be handed on. */
  private take(records: ReadRecords): void {
    const { count, overflow, times, uncertaintyNs, triggerNs, spent } = records;
    this.link.succeeded();
    const known = this.config.simulation.truth && this.config.mode !== 'streaming';
    const truthFrom = this.captured;
    this.captured += count;
    const batch = {
      count,
      overflow,
      times,
      uncertaintyNs,
      samplesOf: records.samplesOf,
      deviceNs: triggerNs - (this.beginNs ?? triggerNs),
      hostNs: this.context.clock.epochNs(),
      time: timeSince(spent, this.told),
      epoch: this.epoch,
      gap: this.gap || records.begins,
      truthOf: (record: number) => (known ? this.access.truth?.(truthFrom + record) : undefined),
    };
    this.gap = false;
    this.told = spent;
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
      this.reader?.lose();
      this.gap = true;
      this.time.lose(outcome === 'gone' ? 'unplugged' : 'arming', this.now());
      return false;
    }
  }

  /** What the unit has taken is read with the old settings; the next record has the new ones. */
  private async applyChange(config: PicoScopeConfig, sink: BatchSink): Promise<void> {
    const before = this.setUp!.triggerLevelV;
    const went = await this.guarded(async (unit) => {
      await this.reader!.halt(unit);
      this.time.enter('arming', this.now());
      const resolved = resolvePicoScope(config, unit.facts.model, unit.fullScale);
      const { preSamples, settings: used } = this.setUp!;
      const settings = { ...resolved, timeBase: used.timeBase, preSamples };
      unit.setTrigger(config, settings);
      this.setUp = { ...this.setUp!, settings, ...triggerSetUp(config, settings) };
    });
    // A unit that is lost is set up with it when it is back.
    if (!went && this.link.unit !== undefined) return;
    this.handOn(sink);
    this.change = undefined;
    this.config = config;
    this.epoch += 1;
    this.reader = this.readerFor(this.setUp!);
    const { thresholdV = Number.NaN } = config.trigger;
    sink.info(`Settings ${this.epoch}: the level of the trigger goes from ${before} V to ${thresholdV} V`);
  }

  private comesBack(sink: BatchSink): boolean {
    if (!this.link.look(this.access.fast)) return false;
    this.setUp = setUpUnit(this.link.unit!, this.config);
    this.reader = this.readerFor(this.setUp);
    this.time.enter('arming', this.now());
    this.tell(sink, 'info', `Scope ${this.link.name} is back`);
    return true;
  }

  /** A line for the data and for the log. */
  private tell(sink: BatchSink, level: 'info' | 'warn', text: string): void {
    sink.info(text);
    this.context.log(level, text);
  }

  private full(): boolean {
    return this.config.maxEvents > 0 && this.events >= BigInt(this.config.maxEvents);
  }

  private now(): bigint {
    return this.context.clock.monotonicNs();
  }

  private goneError(): DriverError {
    return new DriverError(
      'device',
      this.link.name,
      `scope ${this.link.name} is not there: look at its cable`,
    );
  }
}
