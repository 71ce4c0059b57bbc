import type { ForeignArgument, ForeignLibrary } from '../../../transports/ffi/foreign-library.js';
import type { PicoScopeConfig } from '../pico-scope.config.js';
import { codes, directionCodes, infoLine, inputCode, sweepCodes, unitNs, waveCode } from '../sdk/codes.js';
import { ScopeError, status } from '../sdk/status.js';
import type { ResolvedChannel, ResolvedSettings } from '../settings/resolve.js';
import { thresholdCounts, triggerProperties } from './logic-trigger.js';
import type { CaptureTimes, SampleMemory, ScopeUnit, StreamPiece, UnitFacts } from './scope-unit.js';

/** Least count of a dwell in sweeps of arbitrary waveforms. */
const shortestDwell = 3;

/** A unit of the families 2000a, 3000a and 4000a, and what the family 4000 shares with them. */
export class ModernUnit implements ScopeUnit {
  readonly facts: UnitFacts;
  readonly fullScale: number;
  protected readonly library: ForeignLibrary;
  readonly handle: number;
  protected channels: readonly ResolvedChannel[] = [];
  protected memory: SampleMemory | undefined;
  private readonly count = new Uint32Array(1);
  private readonly flag = new Int16Array(1);
  private isReady: ReturnType<ForeignLibrary['bind']> | undefined;
  private streamed = 0;

  constructor(library: ForeignLibrary, handle: number) {
    this.library = library;
    this.handle = handle;
    this.facts = {
      model: this.info(infoLine.variant),
      serial: this.info(infoLine.serial),
      driverVersion: this.info(infoLine.driver),
      hardwareVersion: this.info(infoLine.hardware),
      calibrated: this.info(infoLine.calibration),
    };
    this.fullScale = this.askFullScale();
  }

  setUp(config: PicoScopeConfig, settings: ResolvedSettings): void {
    this.channels = settings.channels;
    const used = new Set(settings.channels.map(({ index }) => index));
    for (let index = 0; index < settings.model.channels.length; index++)
      if (!used.has(index)) this.setChannel(index, undefined);
    for (const channel of settings.channels) this.setChannel(channel.index, channel);
    this.setTrigger(config, settings);
    if (!config.generator.on) return;
    if (config.generator.shape === 'arbitrary') this.setArbitrary(config);
    else this.setGenerator(config);
  }

  intervalNs(timeBase: number, samples: number): number | undefined {
    const interval = new Float32Array(1);
    const code = this.askTimeBase(timeBase, samples, interval, new Int32Array(1));
    if (code === status.invalidTimeBase) return undefined;
    this.expect('GetTimebase2', code);
    return interval[0];
  }

  useMemory(memory: SampleMemory, captures: number): void {
    this.memory = memory;
    this.must('MemorySegments', memory.segments, new Int32Array(1));
    this.must('SetNoOfCaptures', captures);
    for (let segment = 0; segment < memory.segments; segment++)
      for (const { index, place } of this.channels)
        this.setBuffer(index, memory.of(segment, place), memory.samples, segment);
  }

  run(preSamples: number, postSamples: number, timeBase: number): void {
    const code = this.library.call(
      'RunBlock',
      this.handle,
      ...this.runArguments(preSamples, postSamples, timeBase),
    );
    this.expect('RunBlock', code);
  }

  ready(): boolean {
    this.flag[0] = 0;
    this.isReady ??= this.library.bind('IsReady');
    this.expect('IsReady', this.isReady(this.handle, this.flag));
    return this.flag[0] !== 0;
  }

  taken(): number {
    this.count[0] = 0;
    this.must('GetNoOfCaptures', this.count);
    return this.count[0];
  }

  read(count: number, overflow: Int16Array): Promise<void> | undefined {
    this.count[0] = this.memory?.samples ?? 0;
    if (count === 1) {
      this.must('GetValues', 0, this.count, 1, codes.ratioNone, 0, overflow);
      return undefined;
    }
    return this.library
      .callAside('GetValuesBulk', this.handle, ...this.bulkArguments(this.count, count, overflow))
      .then((code) => this.expect('GetValuesBulk', code));
  }

  times(count: number): CaptureTimes | undefined {
    const times = new BigInt64Array(count);
    const units = new Int32Array(count);
    this.must('GetValuesTriggerTimeOffsetBulk64', times, units, 0, count - 1);
    const offsetNs = Float64Array.from(
      times,
      (time, index) => Number(time) * (unitNs[units[index] ?? 0] ?? 0),
    );
    const ticks = this.ticks(count);
    return ticks === undefined ? { offsetNs } : { offsetNs, ticks };
  }

  stream(intervalNs: number, room: number): number {
    const interval = new Uint32Array([Math.max(1, Math.round(intervalNs))]);
    this.expect(
      'RunStreaming',
      this.library.call('RunStreaming', this.handle, ...this.streamArguments(interval, room)),
    );
    this.streamed = room;
    return interval[0]!;
  }

  latest(take: (piece: StreamPiece) => void): void {
    const ready = (_handle: number, samples: number, from: number, overflow: number): void => {
      if (samples <= 0) return;
      const until = Math.min(this.streamed, from + samples);
      take({
        samples: until - from,
        overflow,
        of: (place) => this.memory!.of(0, place).subarray(from, until),
      });
    };
    const code = this.library.call('GetStreamingLatestValues', this.handle, ready, null);
    if (code !== status.busy) this.expect('GetStreamingLatestValues', code);
  }

  stop(): void {
    this.must('Stop');
  }

  ping(): void {
    this.must('PingUnit');
  }

  flash(): void {
    this.must('FlashLed', 3);
  }

  close(): void {
    this.library.call('CloseUnit', this.handle);
  }

  protected setChannel(index: number, channel: ResolvedChannel | undefined): void {
    const { dc = true, range = { code: 8 }, offsetV = 0 } = channel ?? {};
    this.must('SetChannel', index, channel === undefined ? 0 : 1, dc ? 1 : 0, range.code, offsetV);
  }

  protected setBuffer(index: number, buffer: Int16Array, length: number, segment: number): void {
    this.must('SetDataBuffer', index, buffer, length, segment, codes.ratioNone);
  }

  protected askFullScale(): number {
    this.must('MaximumValue', this.flag);
    return this.flag[0]!;
  }

  protected askTimeBase(timeBase: number, samples: number, interval: Float32Array, most: Int32Array): number {
    return this.library.call('GetTimebase2', this.handle, timeBase, samples, interval, 1, most, 0);
  }

  protected runArguments(preSamples: number, postSamples: number, timeBase: number): ForeignArgument[] {
    return [preSamples, postSamples, timeBase, 1, null, 0, null, null];
  }

  protected bulkArguments(samples: Uint32Array, count: number, overflow: Int16Array): ForeignArgument[] {
    return [samples, 0, count - 1, 1, codes.ratioNone, overflow];
  }

  protected streamArguments(interval: Uint32Array, room: number): ForeignArgument[] {
    return [interval, codes.nanoseconds, 0, room, 0, 1, codes.ratioNone, room];
  }

  protected setConditions(config: PicoScopeConfig, settings: ResolvedSettings): void {
    // States of A, B, C, D, external, aux, pulse width and, in the family 2000a, digital.
    const width = settings.family.family === '2000a' ? 8 : 7;
    const states = new Int32Array(width * config.trigger.conditions.length);
    config.trigger.conditions.forEach((line, row) => {
      for (const name of line) states[row * width + this.sourceOf(settings, name)] = codes.stateTrue;
    });
    this.must('SetTriggerChannelConditions', states, config.trigger.conditions.length);
    const directions = new Array<number>(6).fill(directionCodes.rising);
    for (const { channel, direction } of config.trigger.levels)
      directions[this.sourceOf(settings, channel)] = directionCodes[direction];
    this.must('SetTriggerChannelDirections', ...directions);
  }

  /** Number of a trigger source in the interface. */
  protected sourceOf(settings: ResolvedSettings, name: string): number {
    const channel = settings.channels.find((candidate) => candidate.name === name);
    return channel?.index ?? inputCode(settings.family.family, name);
  }

  /** Calls a function with the handle. Throws a ScopeError when it is refused. */
  protected must(name: string, ...values: ForeignArgument[]): void {
    this.expect(name, this.library.call(name, this.handle, ...values));
  }

  protected expect(name: string, code: number): void {
    if (code !== status.ok) throw new ScopeError(this.facts.serial, name, code);
  }

  private ticks(count: number): BigInt64Array | undefined {
    if (!this.library.has('GetTriggerInfoBulk')) return undefined;
    const bytes = 32;
    const infos = new Uint8Array(bytes * count);
    if (this.library.call('GetTriggerInfoBulk', this.handle, infos, 0, count - 1) !== status.ok)
      return undefined;
    const view = new DataView(infos.buffer);
    return BigInt64Array.from({ length: count }, (_, index) => view.getBigInt64(bytes * index + 24, true));
  }

  private setTrigger(config: PicoScopeConfig, settings: ResolvedSettings): void {
    const { trigger } = config;
    if (trigger.kind === 'logic' && config.mode !== 'streaming') {
      const properties = triggerProperties(config, settings, (name) => this.sourceOf(settings, name));
      this.must('SetTriggerChannelProperties', properties, trigger.levels.length, 0, trigger.timeoutMs);
      this.setConditions(config, settings);
      this.must('SetTriggerDelay', trigger.delaySamples);
      return;
    }
    const on = trigger.kind === 'simple' && config.mode !== 'streaming';
    const source = on ? this.sourceOf(settings, trigger.channel) : 0;
    const threshold = on ? thresholdCounts(settings, trigger.channel, settings.thresholdV) : 0;
    const direction = directionCodes[trigger.direction];
    this.must(
      'SetSimpleTrigger',
      on ? 1 : 0,
      source,
      threshold,
      direction,
      trigger.delaySamples,
      trigger.timeoutMs,
    );
  }

  private setGenerator({ family, generator }: PicoScopeConfig): void {
    const { frequencyHz, stopFrequencyHz = frequencyHz, dwellS = 10 / frequencyHz } = generator;
    const noise = generator.shape === 'white-noise' && family !== '4000a' ? 1 : 0;
    this.must(
      'SetSigGenBuiltIn',
      Math.round(generator.offsetV * 1e6),
      Math.round(generator.peakToPeakV * 1e6),
      waveCode(family, generator.shape),
      frequencyHz,
      stopFrequencyHz,
      generator.stepHz,
      dwellS,
      sweepCodes[generator.sweep],
      noise,
      0,
      0,
      0,
      0,
      0,
    );
  }

  private setArbitrary({ generator }: PicoScopeConfig): void {
    const { points, frequencyHz } = generator;
    const phase = new Uint32Array(1);
    this.must('SigGenFrequencyToPhase', frequencyHz, 0, points.length, phase);
    const wave = Int16Array.from(points, (share) => Math.round(32_767 * share));
    const offset = Math.round(generator.offsetV * 1e6);
    const peak = Math.round(generator.peakToPeakV * 1e6);
    // One frequency for ever: the sweep does not move, its dwell is the shortest that is taken.
    const still = [phase[0]!, phase[0]!, 0, shortestDwell];
    this.must('SetSigGenArbitrary', offset, peak, ...still, wave, wave.length, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  private info(line: number): string {
    const text = new Uint8Array(256);
    const code = this.library.call('GetUnitInfo', this.handle, text, text.length, new Int16Array(1), line);
    if (code !== status.ok) return '';
    return Buffer.from(text.subarray(0, text.indexOf(0))).toString('latin1');
  }
}
