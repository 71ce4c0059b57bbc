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
import { ArmedClock } from './armed-clock.js';
import type { PulserSetting } from './channel-source.js';
import { PulseBank } from './pulse-bank.js';
import { RandomSource } from './random-source.js';
import { RecordPainter } from './record-painter.js';
import { beginChannels, type SimulatedChannel } from './simulated-digitizer.channel.js';
import type { SimulatedDigitizerConfig } from './simulated-digitizer.config.js';
import { valuesColumn, writeRecord } from './simulated-digitizer.data.js';
import { channelSignal, SlowControl, shown } from './simulated-digitizer.slow.js';
import { recordSchema } from './simulated-digitizer.tables.js';
import { ThoriumSpectrum } from './thorium-spectrum.js';

/** Longest time in one acquisition cycle, ms. */
const cycleMs = 8;
/** When making records is this far behind real time, the device skips ahead and books `overload`, ns. */
const overloadNs = 250e6;

/** A digitizer with germanium detectors before a Th-228 source, made of software. */
export class SimulatedDigitizer implements Driver {
  private readonly config: SimulatedDigitizerConfig;
  private readonly context: DriverContext;
  private readonly spectrum = new ThoriumSpectrum();
  private readonly bank: PulseBank;
  private readonly painter: RecordPainter;
  private readonly slow: SlowControl;
  private readonly fast: boolean;
  private channels: SimulatedChannel[] = [];
  private clock = new ArmedClock();
  private account: TimeAccount | undefined;
  private beginNs = 0n;
  private runBeginS = 0;
  private virtualNs = 0;
  private busyNs = 0;
  private events = 0;
  private stopping = false;
  private pulser: PulserSetting | undefined;
  private readonly rateMarks = new Map<string, { recorded: number; atMs: number }>();

  constructor(config: SimulatedDigitizerConfig, context: DriverContext) {
    this.config = config;
    this.context = context;
    this.fast = config.pacing === 'fast';
    this.bank = new PulseBank(config, new RandomSource(config.seed, config.channels.length + 1));
    this.painter = new RecordPainter(config, this.bank);
    this.slow = new SlowControl(config);
  }

  prepare(): Promise<Prepared> {
    this.channels = beginChannels(this.config, this.spectrum, this.bank);
    this.clock = new ArmedClock();
    this.account = undefined;
    this.virtualNs = 0;
    this.busyNs = 0;
    this.events = 0;
    this.stopping = false;
    this.rateMarks.clear();
    for (const channel of this.channels) channel.source.setPulser(this.pulser, 0);
    const { config } = this;
    return Promise.resolve({
      tables: this.channels.map((channel) => recordSchema(channel.config.channel, config)),
      channels: this.channels.map(({ table, config: { channel, gainKevPerAdc } }) => ({
        channel,
        table,
        keVPerAdc: gainKevPerAdc,
        decayNs: config.decayUs * 1000,
      })),
      device: {
        model: 'simulated-digitizer',
        seed: config.seed,
        samplePeriodNs: config.samplePeriodNs,
        pacing: config.pacing,
      },
    });
  }

  arm(): Promise<void> {
    if (this.account === undefined) {
      const anchor = this.context.clock.anchor();
      this.beginNs = anchor.monotonicNs;
      this.runBeginS = Number(anchor.epochNs) / 1e9;
      this.account = new TimeAccount(0n);
    }
    const now = this.deviceNs();
    this.account.enter('live', whole(now));
    this.clock.arm(now);
    return Promise.resolve();
  }

  disarm(reason: DisarmReason): Promise<void> {
    const now = this.deviceNs();
    this.clock.disarm(now);
    this.account?.enter(reason, whole(now));
    if (reason === 'stopping') this.stopping = true;
    return Promise.resolve();
  }

  acquire(sink: BatchSink): Promise<AcquireResult> {
    return Promise.resolve(this.cycle(sink));
  }

  counters(): DriverCounters {
    this.settle();
    const tables = this.channels.map(({ table, trigger, recorded }) => ({
      table,
      triggers: BigInt(trigger.triggers),
      recorded: BigInt(recorded),
      dropped: BigInt(trigger.missed),
    }));
    const sum = (key: 'triggers' | 'recorded' | 'dropped'): bigint =>
      tables.reduce((all, table) => all + table[key], 0n);
    return {
      triggers: sum('triggers'),
      recorded: sum('recorded'),
      dropped: sum('dropped'),
      time: this.account?.facts() ?? emptyTimeAccount,
      tables,
    };
  }

  readSignal(name: string): Promise<SignalValue | null> {
    return Promise.resolve(this.signal(name));
  }

  writeSignal(name: string, value: SignalValue): Promise<void> {
    const place = channelSignal(name);
    if (place?.signal === 'high-voltage-set' && typeof value === 'number') {
      this.slow.setVoltage(place.channel, value, performance.now());
    }
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Switches test pulses of a fixed energy on all channels on (from now), or off. */
  setPulser(setting: PulserSetting | undefined): void {
    this.pulser = setting;
    const fromNs = this.clock.armedAt(this.deviceNs());
    for (const channel of this.channels) channel.source.setPulser(setting, fromNs);
  }

  /** Baseline of the channel as configured or calibrated last, adc. Throws DriverError for unknown channels. */
  baselineOf(channel: number): number {
    return this.channel(channel).offsetAdc;
  }

  /** Moves the baseline of a channel, adc. */
  setBaseline(channel: number, adc: number): void {
    this.channel(channel).offsetAdc = adc;
  }

  /** Numbers of the channels that take data. */
  get channelNumbers(): number[] {
    return this.channels.map(({ config }) => config.channel);
  }

  private cycle(sink: BatchSink): AcquireResult {
    const untilMs = performance.now() + cycleMs;
    const { config } = this;
    const postNs = (config.recordSamples - config.preTriggerSamples) * config.samplePeriodNs;
    const nowNs = this.deviceNs();
    const limitNs = this.fast && !this.stopping ? Infinity : this.clock.armedAt(nowNs);
    const hostNs = this.context.clock.epochNs();
    for (;;) {
      if (config.maxEvents > 0 && this.events >= config.maxEvents) {
        return { kind: 'ended', reason: `${config.maxEvents} events were taken` };
      }
      const index = this.earliest(limitNs);
      const dueNs = (this.channels[index]?.trigger.aheadNs ?? Infinity) + (this.stopping ? 0 : postNs);
      // With nothing to come, Infinity is not below Infinity.
      if (!(dueNs <= limitNs) || dueNs === Infinity) {
        if (this.stopping) return { kind: 'drained' };
        return { kind: 'idle', waitMs: 10 };
      }
      if (sink.blocked) return { kind: 'more' };
      this.record(sink, index, hostNs);
      if (performance.now() < untilMs) continue;
      this.skipOverload(limitNs, nowNs);
      return { kind: 'more' };
    }
  }

  /** The channel that fires first before the limit; its `aheadNs` is Infinity when none does. */
  private earliest(limitNs: number): number {
    let best = 0;
    let bestNs = Infinity;
    for (let i = 0; i < this.channels.length; i++) {
      const { trigger } = this.channels[i]!;
      trigger.nextCompleteNs(limitNs);
      if (trigger.aheadNs >= bestNs) continue;
      best = i;
      bestNs = trigger.aheadNs;
    }
    return best;
  }

  private record(sink: BatchSink, index: number, hostNs: bigint): void {
    const { config, bank } = this;
    const channel = this.channels[index]!;
    const { channel: number, gainKevPerAdc } = channel.config;
    const writer = sink.writer(index);
    const record = channel.trigger.fire();
    const place = this.clock.locate(record.pulse.timeNs, channel.lastArmedNs);
    const setting = {
      adcPerKev: this.slow.collection(number, performance.now()) / gainKevPerAdc,
      offsetAdc: channel.offsetAdc,
      noisePlace: channel.source.noisePlace(),
    };
    const values = writer.columns[valuesColumn]!.data as Uint16Array;
    const painted = this.painter.paint(record, setting, values, writer.rows * config.recordSamples);
    this.events += 1;
    const facts = {
      eventNumber: BigInt(this.events),
      channel: number,
      deviceNs: place.deviceNs,
      runBeginS: this.runBeginS,
      hostNs,
      gap: place.gap,
    };
    writeRecord(writer, facts, record, painted, config, bank);
    channel.recorded += 1;
    channel.lastArmedNs = record.pulse.timeNs;
    const busyNs =
      (config.recordSamples - config.preTriggerSamples) * config.samplePeriodNs + config.deadTimeUs * 1000;
    this.busyNs += busyNs / this.channels.length;
    if (this.fast) this.virtualNs = Math.max(this.virtualNs, place.deviceNs);
  }

  private skipOverload(limitNs: number, nowNs: number): void {
    if (this.fast || this.stopping) return;
    const next = this.channels.reduce((first, { trigger }) => Math.min(first, trigger.aheadNs), Infinity);
    const behindNs = limitNs - next;
    if (behindNs < overloadNs) return;
    this.clock.skip(behindNs, nowNs);
    this.settle();
    this.account?.moveFromLive('overload', whole(behindNs));
  }

  private settle(): void {
    if (this.account === undefined) return;
    this.account.settle(whole(this.deviceNs()));
    this.account.moveFromLive('device', whole(this.busyNs));
    this.busyNs = 0;
  }

  /** The device's clock since the run began, ns; in fast mode the time of the last record. */
  private deviceNs(): number {
    return this.fast ? this.virtualNs : Number(this.context.clock.monotonicNs() - this.beginNs);
  }

  private channel(number: number): SimulatedChannel {
    const found = this.channels.find(({ config }) => config.channel === number);
    if (found !== undefined) return found;
    const known = this.channelNumbers.join(', ');
    throw new DriverError(
      'bad-parameters',
      'channel',
      `channel ${number} takes no data; those that do: ${known}`,
    );
  }

  private signal(name: string): SignalValue | null {
    const nowMs = performance.now();
    const place = channelSignal(name);
    if (place !== undefined) {
      const { channel, signal } = place;
      if (signal === 'high-voltage') return shown(this.slow.voltage(channel, nowMs), 1);
      if (signal === 'high-voltage-set') return this.slow.wantedVoltage(channel);
      const found = this.channels.find(({ config }) => config.channel === channel);
      return signal === 'rate' ? this.rate(name, found?.recorded ?? 0, nowMs) : null;
    }
    if (name === 'rate') return this.rate(name, this.events, nowMs);
    if (name === 'temperature') return shown(this.slow.readTemperature(), 2);
    return name === 'pulser' ? this.pulser !== undefined : null;
  }

  /** Records per second of host time since the last reading of the signal. */
  private rate(name: string, recorded: number, nowMs: number): SignalValue {
    const before = this.rateMarks.get(name) ?? { recorded: 0, atMs: nowMs - 1000 };
    this.rateMarks.set(name, { recorded, atMs: nowMs });
    return shown((1000 * (recorded - before.recorded)) / Math.max(1, nowMs - before.atMs), 2);
  }
}

function whole(ns: number): bigint {
  return BigInt(Math.round(ns));
}
