import type {
  AcquireResult,
  BatchSink,
  DisarmReason,
  Driver,
  DriverContext,
  DriverCounters,
  Prepared,
} from '../../core/driver.js';
import { DriverError, errorFacts } from '../../core/errors.js';
import { RecentRate } from '../../core/figures/recent-rate.js';
import type { SignalValue } from '../../core/signal.js';
import type { Ports } from '../../transports/ports/ports.api.js';
import { PacedRun } from '../shared/paced-run.js';
import { channelsOf, deviceNames, type NamedChannel } from './sensor-channels.js';
import { kindOf } from './sensor-kinds.js';
import { SensorSlot } from './sensor-slot.js';
import type { SensorsConfig } from './sensors.config.js';
import { sensorSchema, sensorTable, writeReading } from './sensors.tables.js';

/** A reading of all sensors that waits to be handed on. */
interface Reading {
  readonly atNs: bigint;
  readonly epochNs: bigint;
  readonly values: readonly number[];
  readonly held: readonly boolean[];
}

/** Without a run, signals are read anew when their values are older than this, ns. */
const freshNs = 1_000_000_000n;

/** Sensors that are read together in exact intervals, real or simulated. */
export class Sensors implements Driver {
  private readonly config: SensorsConfig;
  private readonly context: DriverContext;
  private readonly ports: Ports;
  private readonly slots: readonly SensorSlot[];
  private readonly channels: readonly NamedChannel[];
  private run: PacedRun;
  private closing = false;
  private working: Promise<void> | undefined;
  private ready: Reading | undefined;
  private freshSinceNs: bigint | undefined;
  private readonly rate = new RecentRate(3);
  private readonly zeros: number[];
  private waiting: ((values: readonly number[]) => void)[] = [];

  constructor(config: SensorsConfig, context: DriverContext, ports: Ports) {
    this.config = config;
    this.context = context;
    this.ports = ports;
    const names = deviceNames(config.devices);
    this.slots = config.devices.map((device, index) => new SensorSlot(names[index]!, device, ports));
    this.channels = channelsOf(config.devices);
    this.zeros = this.channels.map(({ offset }) => offset);
    this.run = this.newRun();
  }

  async prepare(): Promise<Prepared> {
    await this.working;
    const troubles: string[] = [];
    await this.eachPort((slot) =>
      slot.open().catch((thrown: unknown) => {
        slot.close();
        troubles.push(errorFacts(thrown, this.context.source).message);
      }),
    );
    if (troubles.length > 0) throw new DriverError('device', this.context.source, troubles.join('\n'));
    this.freshSinceNs = this.now();
    this.run = this.newRun();
    this.ready = undefined;
    return {
      tables: this.channels.map(sensorSchema),
      channels: this.channels.map(({ number, label, low, high }) => ({
        channel: number,
        table: sensorTable(number),
        label,
        rangeVolts: [low, high] as const,
      })),
      rowsPerEvent: this.channels.length,
      device: {
        model: 'sensors',
        sensors: JSON.stringify(
          this.config.devices.map((device) => ({ kind: device.kind, place: kindOf(device).place(device) })),
        ),
        Channels: JSON.stringify(this.channels.map(({ label }) => label)),
        units: JSON.stringify(this.channels.map(({ unit }) => unit)),
        intervalS: this.config.intervalS,
      },
    };
  }

  arm(): Promise<void> {
    this.run.arm();
    return Promise.resolve();
  }

  async disarm(reason: DisarmReason): Promise<void> {
    this.run.disarm(reason);
    if (reason === 'stopping') await this.working;
  }

  acquire(sink: BatchSink): Promise<AcquireResult> {
    return Promise.resolve(this.cycle(sink));
  }

  counters(): DriverCounters {
    return this.run.counters(this.channels.map(({ number }) => sensorTable(number)));
  }

  async readSignal(name: string): Promise<SignalValue | null> {
    if (name === 'rate') return this.rate.upTo(this.run.recorded, Number(this.now()) / 1e6);
    if (!this.run.armed) await this.refresh();
    const index = deviceNames(this.config.devices).findIndex((device) => name === `${device}/present`);
    if (index >= 0) return this.slots[index]!.trouble === undefined;
    const channel = this.channels.find(({ path }) => path === name);
    if (channel === undefined) return null;
    const value = this.valueOf(channel);
    return Number.isFinite(value) ? Number(value.toPrecision(7)) : null;
  }

  waitsBecause(): string | undefined {
    const found = this.slots.flatMap(({ trouble }) => trouble ?? []);
    return found.length === 0 ? undefined : found.join('; ');
  }

  writeSignal(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.working;
    for (const slot of this.slots) slot.close();
    this.ports.close();
  }

  /** Channels in their order, for commands. */
  get channelLabels(): readonly string[] {
    return this.channels.map(({ label }) => label);
  }

  /** Values of the next reading; waits for it. Rejects when the signal is aborted. */
  nextValues(signal: AbortSignal): Promise<readonly number[]> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      this.waiting.push(resolve);
    });
  }

  /** Moves the zero of a channel so that a value that is shown now becomes 0; returns the new offset. */
  zero(channel: number, shown: number): number {
    const { factor } = this.channels[channel]!;
    this.zeros[channel] = this.zeros[channel]! + shown / factor;
    return this.zeros[channel];
  }

  private cycle(sink: BatchSink): AcquireResult {
    if (this.ready !== undefined) {
      if (sink.blocked) return { kind: 'more' };
      this.handOn(sink, this.ready);
      this.ready = undefined;
    }
    if (this.run.stopping) return { kind: 'drained' };
    const { maxEvents } = this.config;
    if (maxEvents > 0 && this.run.recorded >= BigInt(maxEvents))
      return { kind: 'ended', reason: `${maxEvents} readings were taken` };
    if (this.working !== undefined) return { kind: 'idle', waitMs: 2 };
    this.ports.time.skipTo?.(this.run.dueNs);
    // Intervals that go by while the sensors are read are counted, and left out.
    const waitNs = this.run.beginInterval();
    if (waitNs > 0n) return { kind: 'idle', waitMs: Number(waitNs) / 1e6 };
    this.working = this.readAll().finally(() => {
      this.working = undefined;
    });
    return { kind: 'more' };
  }

  private async readAll(): Promise<void> {
    const atNs = this.now();
    const { epochNs } = this.context.clock.anchor();
    await this.eachPort((slot) => slot.read());
    this.freshSinceNs = this.now();
    // What was begun before a pause is not of the run.
    if (this.closing || (!this.run.armed && !this.run.stopping)) return;
    this.ready = {
      atNs,
      epochNs,
      values: this.channels.map((channel) => this.valueOf(channel)),
      held: this.channels.map(({ device }) => this.slots[device]!.held),
    };
    for (const resolve of this.waiting.splice(0)) resolve(this.ready.values);
  }

  /** Does something with every sensor: at each port one after the other, at all ports at once. */
  private async eachPort(task: (slot: SensorSlot) => Promise<void>): Promise<void> {
    const ports = new Set(this.slots.map(({ port }) => port));
    await Promise.all(
      [...ports].map(async (port) => {
        for (const slot of this.slots) if (slot.port === port) await task(slot);
      }),
    );
  }

  private handOn(sink: BatchSink, { atNs, epochNs, values, held }: Reading): void {
    for (const slot of this.slots)
      for (const line of slot.news.splice(0)) {
        sink.info(line);
        this.context.log(slot.trouble === undefined ? 'info' : 'warn', line);
      }
    const { number, time, gap } = this.run.record();
    const facts = {
      eventNumber: number,
      timestamp: Number(epochNs) / 1e9,
      deviceNs: atNs - this.run.beginNs,
      hostNs: this.context.clock.epochNs(),
      liveNs: time.liveNs,
      gap,
    };
    this.channels.forEach((channel, index) => {
      writeReading(sink.writer(index), channel, facts, values[index]!, held[index]!);
    });
  }

  /** Without a run nobody reads the sensors: those who look at a signal do. */
  private async refresh(): Promise<void> {
    if (this.working !== undefined) return this.working;
    if (this.freshSinceNs !== undefined && this.now() - this.freshSinceNs < freshNs) return;
    this.working = this.eachPort((slot) => slot.read()).finally(() => {
      this.working = undefined;
      this.freshSinceNs = this.now();
    });
    await this.working;
  }

  private valueOf({ device, index, number, factor }: NamedChannel): number {
    return (this.slots[device]!.values[index]! - this.zeros[number]!) * factor;
  }

  private now(): bigint {
    return this.ports.time.nowNs();
  }

  private newRun(): PacedRun {
    return new PacedRun(() => this.now(), this.config.intervalS);
  }
}
