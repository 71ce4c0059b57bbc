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
import { RecentRate } from '../../core/figures/recent-rate.js';
import type { SignalValue } from '../../core/signal.js';
import { scopeSchema, scopeTable, writeScopeRecord } from '../pico-scope/pico-scope.tables.js';
import { ScopeError } from '../pico-scope/sdk/status.js';
import { PacedRun } from '../shared/paced-run.js';
import type { LoggerAccess } from './logger-access.js';
import { LoggerReader, type TakenRecord } from './logger-reader.js';
import type { PicoLogConfig } from './pico-log.config.js';
import { fullScaleVolts, type LoggerUnit } from './sdk/logger-unit.js';

/** Longest time in one acquisition cycle, ms. */
const cycleMs = 8;
/** A unit that is gone is looked for this often, ns. */
const lookEveryNs = 1_000_000_000n;
/** How far the clock of a fast simulation goes on while the unit is looked for, ns. */
const fastLookNs = 100_000_000n;

const saturated = 1;
const gapBefore = 8;

/** A PicoLog 1012 or 1216, real or simulated. */
export class PicoLog implements Driver {
  private readonly config: PicoLogConfig;
  private readonly context: DriverContext;
  private readonly access: LoggerAccess;
  private readonly inputs: readonly number[];
  private unit: LoggerUnit | undefined;
  private reader: LoggerReader | undefined;
  private run: PacedRun;
  private most = 1;
  private stepNs = 0;
  private beginEpochNs = 0n;
  private virtualNs = 0n;
  private lookNs = 0n;
  /** The unit went away and is looked for. */
  private lost = false;
  private readonly rate = new RecentRate();

  constructor(config: PicoLogConfig, context: DriverContext, access: LoggerAccess) {
    this.config = config;
    this.context = context;
    this.access = access;
    this.inputs = config.channels.map(({ input }) => input);
    this.run = this.newRun();
  }

  prepare(): Promise<Prepared> {
    return Promise.resolve().then(() => this.prepared());
  }

  arm(): Promise<void> {
    const { monotonicNs, epochNs } = this.context.clock.anchor();
    if (this.run.arm(this.access.fast ? this.now() : monotonicNs)) this.beginEpochNs = epochNs;
    return Promise.resolve();
  }

  disarm(reason: DisarmReason): Promise<void> {
    this.reader?.halt();
    this.run.disarm(reason);
    return Promise.resolve();
  }

  acquire(sink: BatchSink): Promise<AcquireResult> {
    return Promise.resolve(this.cycle(sink));
  }

  counters(): DriverCounters {
    return this.run.counters(this.inputs.map(scopeTable));
  }

  readSignal(name: string): Promise<SignalValue | null> {
    if (name === 'present') return Promise.resolve(this.unit !== undefined);
    return Promise.resolve(name === 'rate' ? this.rate.upTo(this.run.recorded) : null);
  }

  waitsBecause(): string | undefined {
    if (!this.lost) return undefined;
    return 'the PicoLog does not respond: look at its cable; during a run it is looked for every second';
  }

  writeSignal(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.reader?.halt();
    this.release();
    this.access.close();
    return Promise.resolve();
  }

  /** Values of all channels now, V; for the command. Throws a DriverError while the unit is gone or taking a block. */
  valuesNow(): readonly number[] {
    if (this.reader?.running === true)
      throw new DriverError(
        'wrong-state',
        'read',
        'the unit is taking a block: pause the run, or take the mode single',
      );
    const unit = this.unit ?? this.setUp();
    return this.inputs.map((input) => (unit.single(input) * fullScaleVolts) / this.most);
  }

  private get samples(): number {
    return this.config.mode === 'single' ? 1 : this.config.samples;
  }

  private newRun(): PacedRun {
    return new PacedRun(() => this.now(), this.config.intervalS);
  }

  private triggerOf(input: number): { trigger?: { levelVolts: number; direction: string } } {
    const { on, input: wanted, thresholdV, direction } = this.config.trigger;
    return on && wanted === input ? { trigger: { levelVolts: thresholdV, direction } } : {};
  }

  private prepared(): Prepared {
    const unit = this.setUp();
    this.virtualNs = 0n;
    this.run = this.newRun();
    const labels = this.config.channels.map(({ input, name }) => (name === '' ? String(input) : name));
    const device = {
      model: `PicoLog ${unit.model}`,
      serial: unit.serial,
      mode: this.config.mode,
      NSamples: this.samples,
      TSampling: this.stepNs * 1e-9,
      fullScale: this.most,
      Channels: JSON.stringify(labels),
    };
    return {
      tables: this.inputs.map((input) => scopeSchema(input, this.samples, false)),
      channels: this.inputs.map((input, index) => ({
        channel: input,
        table: scopeTable(input),
        label: labels[index]!,
        voltsPerCount: fullScaleVolts / this.most,
        voltsOffset: 0,
        rangeVolts: [0, fullScaleVolts] as const,
        ...this.triggerOf(input),
      })),
      rowsPerEvent: this.inputs.length,
      timeInRows: true,
      device,
    };
  }

  private setUp(): LoggerUnit {
    this.unit ??= this.access.open();
    const { unit, config, inputs } = this;
    this.most = unit.most;
    const wrong = inputs.find((input) => input > unit.inputs);
    if (wrong !== undefined) {
      throw new DriverError(
        'device',
        'channels',
        `the PicoLog ${unit.model} has ${unit.inputs} inputs, there is no ${wrong}: take it out of the channels`,
      );
    }
    const counts = (volts: number): number => Math.round((volts / fullScaleVolts) * unit.most);
    const { on, input, thresholdV, hysteresisV, direction, before, timeoutMs } = config.trigger;
    this.stepNs =
      config.mode === 'single' ? 0 : 1000 * unit.setInterval(inputs, config.samples, config.sampleUs);
    unit.setTrigger(
      on
        ? {
            channel: input,
            thresholdCounts: counts(thresholdV),
            hysteresisCounts: counts(hysteresisV),
            falling: direction === 'falling',
            before,
            timeoutMs,
          }
        : undefined,
    );
    this.reader = new LoggerReader(unit, config, this.stepNs, {
      now: () => this.now(),
      goOn: (ns) => this.goOn(ns),
    });
    this.lost = false;
    return unit;
  }

  private cycle(sink: BatchSink): AcquireResult {
    if (this.run.stopping) return { kind: 'drained' };
    const { maxEvents } = this.config;
    const untilMs = performance.now() + cycleMs;
    while (performance.now() < untilMs) {
      if (maxEvents > 0 && this.run.recorded >= BigInt(maxEvents))
        return { kind: 'ended', reason: `${maxEvents} records were taken` };
      if (sink.blocked) return { kind: 'more' };
      if (this.unit === undefined && !this.comesBack(sink)) return { kind: 'idle', waitMs: 20 };
      try {
        const taken = this.take(this.reader!);
        if (typeof taken === 'number') return { kind: 'idle', waitMs: taken };
        this.handOn(sink, taken);
      } catch (thrown) {
        if (!(thrown instanceof ScopeError) || !thrown.gone) throw thrown;
        this.lose(sink, thrown);
      }
    }
    return { kind: 'more' };
  }

  /** A record, or how long to wait for one, ms. Streams and triggers set the pace by themselves. */
  private take(reader: LoggerReader): TakenRecord | number {
    const paced = this.config.mode !== 'streaming' && !this.config.trigger.on;
    if (paced && !reader.running) {
      this.goOn(this.run.dueNs - this.now());
      const waitNs = this.run.beginInterval();
      if (waitNs > 0n) return Math.max(0.1, Number(waitNs) / 1e6);
    }
    return reader.take();
  }

  private handOn(sink: BatchSink, { atNs, counts }: TakenRecord): void {
    const { number, time, gap } = this.run.record();
    const deviceNs = atNs - this.run.beginNs;
    const before = this.config.trigger.on ? this.config.trigger.before * this.samples * this.stepNs : 0;
    counts.forEach((samples, index) => {
      const record = {
        eventNumber: number,
        timestamp: Number(this.beginEpochNs + deviceNs) / 1e9,
        deviceNs,
        uncertaintyNs: BigInt(Math.round(this.stepNs)),
        hostNs: this.context.clock.epochNs(),
        time,
        flags: (samples.includes(this.most) ? saturated : 0) | (gap ? gapBefore : 0),
        segment: 0,
        epoch: 1,
        triggerLevelV: this.config.trigger.on ? this.config.trigger.thresholdV : Number.NaN,
        triggerOffsetNs: 0,
        t0Ns: -before,
        dtNs: this.stepNs,
        truth: undefined,
      };
      writeScopeRecord(sink.writer(index), this.inputs[index]!, record, samples);
    });
  }

  private lose(sink: BatchSink, error: ScopeError): void {
    sink.info(`${error.message}: looking for it, data taking waits`);
    this.context.log('warn', error.message);
    this.release();
    this.lost = true;
    this.run.lose();
    this.lookNs = this.now() + lookEveryNs;
  }

  private comesBack(sink: BatchSink): boolean {
    this.goOn(fastLookNs);
    if (this.now() < this.lookNs) return false;
    this.lookNs = this.now() + lookEveryNs;
    try {
      const { serial } = this.setUp();
      sink.info(`PicoLog ${serial} is back`);
      this.context.log('info', `PicoLog ${serial} is back`);
    } catch {
      this.release();
      return false;
    }
    this.run.goOn();
    return true;
  }

  private release(): void {
    this.unit?.close();
    this.unit = undefined;
    this.reader = undefined;
  }

  private now(): bigint {
    return this.access.fast ? this.virtualNs : this.context.clock.monotonicNs();
  }

  /** The clock of a fast simulation goes on; that of the machine does so by itself. */
  private goOn(ns: bigint): void {
    if (this.access.fast && ns > 0n) this.virtualNs += ns;
  }
}
