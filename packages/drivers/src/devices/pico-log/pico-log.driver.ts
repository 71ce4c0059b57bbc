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
import { emptyTimeAccount, TimeAccount } from '../../core/time-account.js';
import { scopeSchema, scopeTable, writeScopeRecord } from '../pico-scope/pico-scope.tables.js';
import { ScopeError } from '../pico-scope/sdk/status.js';
import type { LoggerAccess } from './logger-access.js';
import type { PicoLogConfig } from './pico-log.config.js';
import { blockMethod, fullScaleVolts, type LoggerUnit } from './sdk/logger-unit.js';

/** Longest time in one acquisition cycle, ms. */
const cycleMs = 8;
/** A unit that is gone is looked for this often, ns. */
const lookEveryNs = 1_000_000_000n;
/** A block that should be ready by itself is given this much longer, ns. */
const graceNs = 3_000_000_000n;

const saturated = 1;
const gapBefore = 8;

/** A record of all channels: samples of a channel one after the other. */
interface Taken {
  readonly atNs: bigint;
  readonly counts: readonly Int16Array[];
}

/** A PicoLog 1012 or 1216, real or simulated. */
export class PicoLog implements Driver {
  private readonly config: PicoLogConfig;
  private readonly context: DriverContext;
  private readonly access: LoggerAccess;
  private readonly inputs: readonly number[];
  private unit: LoggerUnit | undefined;
  private most = 1;
  private stepNs = 0;
  private account: TimeAccount | undefined;
  private beginNs = 0n;
  private beginEpochNs = 0n;
  private virtualNs = 0n;
  private records = 0n;
  private missed = 0n;
  private tick = 0n;
  private armedNs = 0n;
  private armed = false;
  private running = false;
  private runningSinceNs = 0n;
  private streamed = 0n;
  private rest = new Uint16Array(0);
  private restSamples = 0;
  private stopping = false;
  private gap = false;
  private lookNs = 0n;
  private liveSeenNs = 0n;
  private rateMark = { records: 0n, atMs: 0 };

  constructor(config: PicoLogConfig, context: DriverContext, access: LoggerAccess) {
    this.config = config;
    this.context = context;
    this.access = access;
    this.inputs = config.channels.map(({ input }) => input);
  }

  prepare(): Promise<Prepared> {
    return Promise.resolve().then(() => this.prepared());
  }

  arm(): Promise<void> {
    if (this.account === undefined) {
      const { monotonicNs, epochNs } = this.context.clock.anchor();
      this.beginNs = this.access.fast ? 0n : monotonicNs;
      this.beginEpochNs = epochNs;
      this.account = new TimeAccount(this.now());
    }
    this.account.enter('live', this.now());
    this.armedNs = this.now();
    this.tick = 0n;
    this.armed = true;
    return Promise.resolve();
  }

  disarm(reason: DisarmReason): Promise<void> {
    this.armed = false;
    this.halt();
    this.account?.enter(reason, this.now());
    this.gap = true;
    if (reason === 'stopping') this.stopping = true;
    return Promise.resolve();
  }

  acquire(sink: BatchSink): Promise<AcquireResult> {
    return Promise.resolve(this.cycle(sink));
  }

  counters(): DriverCounters {
    this.account?.settle(this.now());
    const { records: recorded, missed: dropped } = this;
    const triggers = recorded + dropped;
    const all = BigInt(this.inputs.length);
    return {
      triggers: triggers * all,
      recorded: recorded * all,
      dropped: dropped * all,
      time: this.account?.facts() ?? emptyTimeAccount,
      tables: this.inputs.map((input) => ({ table: scopeTable(input), triggers, recorded, dropped })),
    };
  }

  readSignal(name: string): Promise<SignalValue | null> {
    if (name === 'present') return Promise.resolve(this.unit !== undefined);
    return Promise.resolve(name === 'rate' ? this.rate() : null);
  }

  writeSignal(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.halt();
    this.unit?.close();
    this.unit = undefined;
    this.access.close();
    return Promise.resolve();
  }

  /** Values of all channels now, V; for the command. Throws a DriverError while the unit is gone or taking a block. */
  valuesNow(): readonly number[] {
    if (this.running)
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

  private triggerOf(input: number): { trigger?: { levelVolts: number; direction: string } } {
    const { on, input: wanted, thresholdV, direction } = this.config.trigger;
    return on && wanted === input ? { trigger: { levelVolts: thresholdV, direction } } : {};
  }

  private prepared(): Prepared {
    const unit = this.setUp();
    this.account = undefined;
    this.virtualNs = 0n;
    this.records = 0n;
    this.missed = 0n;
    this.armed = false;
    this.stopping = false;
    this.gap = false;
    this.liveSeenNs = 0n;
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
      device,
    };
  }

  private setUp(): LoggerUnit {
    this.unit ??= this.access.open();
    const { unit, config, inputs } = this;
    this.running = false;
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
    return unit;
  }

  private cycle(sink: BatchSink): AcquireResult {
    if (this.stopping) return { kind: 'drained' };
    const { maxEvents } = this.config;
    const untilMs = performance.now() + cycleMs;
    while (performance.now() < untilMs) {
      if (maxEvents > 0 && this.records >= BigInt(maxEvents))
        return { kind: 'ended', reason: `${maxEvents} records were taken` };
      if (sink.blocked) return { kind: 'more' };
      if (this.unit === undefined && !this.comesBack(sink)) return { kind: 'idle', waitMs: 20 };
      try {
        const taken = this.take();
        if (typeof taken === 'number') return { kind: 'idle', waitMs: taken };
        this.handOn(sink, taken);
      } catch (thrown) {
        if (!(thrown instanceof ScopeError) || !thrown.gone) throw thrown;
        this.lose(sink, thrown);
      }
    }
    return { kind: 'more' };
  }

  /** A record, or how long to wait for one, ms. */
  private take(): Taken | number {
    const { mode } = this.config;
    if (mode === 'streaming') return this.takeStream();
    if (!this.running) {
      const waitMs = this.waitMs();
      if (waitMs > 0) return waitMs;
    }
    return mode === 'single' ? this.takeSingle() : this.takeBlock();
  }

  private takeSingle(): Taken {
    const atNs = this.now();
    const unit = this.unit!;
    return { atNs, counts: this.inputs.map((input) => Int16Array.of(unit.single(input))) };
  }

  private takeBlock(): Taken | number {
    const unit = this.unit!;
    if (!this.running) {
      unit.run(this.samples, blockMethod.single);
      this.running = true;
      this.runningSinceNs = this.now();
    }
    if (!unit.ready()) {
      if (this.access.fast) this.virtualNs += 10_000_000n;
      const { on, timeoutMs } = this.config.trigger;
      const lengthNs = BigInt(Math.round(this.stepNs * this.samples));
      const waitNs = on ? BigInt(timeoutMs) * 1_000_000n : 0n;
      const late = this.now() - this.runningSinceNs > lengthNs + waitNs + graceNs;
      if (late && !(on && timeoutMs === 0))
        throw new DriverError(
          'device',
          unit.serial,
          `PicoLog ${unit.serial} was to take a block and does not: unplug it and plug it in again`,
        );
      return 2;
    }
    const values = new Uint16Array(this.samples * this.inputs.length);
    const { samples } = unit.values(values, this.samples);
    this.running = false;
    if (samples < this.samples)
      throw new DriverError(
        'device',
        unit.serial,
        `PicoLog ${unit.serial} gave ${samples} of ${this.samples} samples`,
      );
    if (this.access.fast) this.virtualNs += BigInt(Math.round(this.stepNs * this.samples));
    return { atNs: this.now() - BigInt(Math.round(this.stepNs * this.samples)), counts: this.parted(values) };
  }

  private takeStream(): Taken | number {
    const unit = this.unit!;
    const width = this.inputs.length;
    if (!this.running) {
      unit.run(this.samples, blockMethod.stream);
      this.running = true;
      this.runningSinceNs = this.now();
      this.streamed = 0n;
      this.rest = new Uint16Array(this.samples * width);
      this.restSamples = 0;
    }
    const { samples } = unit.values(
      this.rest.subarray(this.restSamples * width),
      this.samples - this.restSamples,
    );
    this.restSamples += samples;
    if (this.restSamples < this.samples) return samples > 0 ? 1 : 3;
    const atNs = this.runningSinceNs + BigInt(Math.round(Number(this.streamed) * this.stepNs));
    this.streamed += BigInt(this.samples);
    if (this.access.fast) this.virtualNs = atNs + BigInt(Math.round(this.samples * this.stepNs));
    this.restSamples = 0;
    return { atNs, counts: this.parted(this.rest) };
  }

  /** How long until the next interval begins, ms; intervals that went by are counted. */
  private waitMs(): number {
    // A trigger sets the pace by itself.
    if (this.config.trigger.on) return 0;
    const intervalNs = BigInt(Math.round(this.config.intervalS * 1e9));
    const dueNs = this.armedNs + this.tick * intervalNs;
    if (this.access.fast && dueNs > this.virtualNs) this.virtualNs = dueNs;
    const lateNs = this.now() - dueNs;
    if (lateNs < 0n) return Math.max(0.1, Number(-lateNs) / 1e6);
    const missed = lateNs / intervalNs;
    if (missed > 0n) this.gap = true;
    this.missed += missed;
    this.tick += missed + 1n;
    return 0;
  }

  private parted(values: Uint16Array): Int16Array[] {
    const width = this.inputs.length;
    return this.inputs.map((_, place) =>
      Int16Array.from({ length: values.length / width }, (_each, sample) => values[sample * width + place]!),
    );
  }

  private handOn(sink: BatchSink, { atNs, counts }: Taken): void {
    this.account?.settle(this.now());
    const { liveNs = 0n } = this.account?.facts() ?? {};
    this.records += 1n;
    const deviceNs = atNs - this.beginNs;
    const before = this.config.trigger.on ? this.config.trigger.before * this.samples * this.stepNs : 0;
    counts.forEach((samples, index) => {
      const record = {
        eventNumber: this.records,
        timestamp: Number(this.beginEpochNs + deviceNs) / 1e9,
        deviceNs,
        uncertaintyNs: BigInt(Math.round(this.stepNs)),
        hostNs: this.context.clock.epochNs(),
        liveNs: liveNs - this.liveSeenNs,
        flags: (samples.includes(this.most) ? saturated : 0) | (this.gap ? gapBefore : 0),
        triggerOffsetNs: 0,
        t0Ns: -before,
        dtNs: this.stepNs,
        truth: undefined,
      };
      writeScopeRecord(sink.writer(index), this.inputs[index]!, record, samples);
    });
    this.liveSeenNs = liveNs;
    this.gap = false;
  }

  private lose(sink: BatchSink, error: ScopeError): void {
    sink.info(`${error.message}: looking for it, data taking waits`);
    this.context.log('warn', error.message);
    this.unit?.close();
    this.unit = undefined;
    this.running = false;
    this.gap = true;
    this.account?.enter('device', this.now());
    this.lookNs = this.now() + lookEveryNs;
  }

  private comesBack(sink: BatchSink): boolean {
    if (this.access.fast) this.virtualNs += 100_000_000n;
    if (this.now() < this.lookNs) return false;
    this.lookNs = this.now() + lookEveryNs;
    try {
      const { serial } = this.setUp();
      sink.info(`PicoLog ${serial} is back`);
    } catch {
      this.unit?.close();
      this.unit = undefined;
      return false;
    }
    this.account?.enter('live', this.now());
    this.armedNs = this.now();
    this.tick = 0n;
    return true;
  }

  private halt(): void {
    if (!this.running) return;
    this.running = false;
    try {
      this.unit?.stop();
    } catch {
      // A unit that is gone has stopped.
    }
  }

  private now(): bigint {
    return this.access.fast ? this.virtualNs : this.context.clock.monotonicNs();
  }

  private rate(): number {
    const atMs = performance.now();
    const records = Number(this.records - this.rateMark.records);
    const seconds = Math.max(1e-3, (atMs - this.rateMark.atMs) / 1000);
    this.rateMark = { records: this.records, atMs };
    return Number(Math.max(0, records / seconds).toFixed(2));
  }
}
