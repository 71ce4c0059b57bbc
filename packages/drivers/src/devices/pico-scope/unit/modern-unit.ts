import { DriverError } from '../../../core/errors.js';
import type { ForeignArgument, ForeignLibrary } from '../../../transports/ffi/foreign-library.js';
import type { PicoScopeConfig } from '../pico-scope.config.js';
import { codes, directionCodes, etsCodes, infoLine, inputCode, unitNs } from '../sdk/codes.js';
import { ScopeError, status } from '../sdk/status.js';
import type { ResolvedChannel, ResolvedSettings } from '../settings/resolve.js';
import { arbitraryArguments, builtInArguments } from './generator-arguments.js';
import {
  conditionStates,
  isLogicTrigger,
  type LogicTrigger,
  logicTrigger,
  pulseWidthSource,
  thresholdCounts,
  triggerProperties,
  type WidthQualifier,
} from './logic-trigger.js';
import type { CaptureTimes, EtsWish, SampleMemory, ScopeUnit, StreamPiece, UnitFacts } from './scope-unit.js';
import { askEtsLimits, askInfo, askMostSegments, askOffsetLimits, askTicks } from './unit-questions.js';

/** A unit of the families 2000a, 3000a and 4000a, and what the family 4000 shares with them. */
export class ModernUnit implements ScopeUnit {
  readonly facts: UnitFacts;
  readonly fullScale: number;
  protected readonly library: ForeignLibrary;
  readonly handle: number;
  protected channels: readonly ResolvedChannel[] = [];
  protected memory: SampleMemory | undefined;
  /** Number of the pulse width among the trigger's sources. */
  protected readonly widthSource: number = 6;
  /** Times of the samples of equivalent-time sampling, fs; the library writes into it. */
  private sampleFs: BigInt64Array | undefined;
  private readonly count = new Uint32Array(1);
  private readonly flag = new Int16Array(1);
  private isReady: ReturnType<ForeignLibrary['bind']> | undefined;
  private streamed = 0;

  constructor(library: ForeignLibrary, handle: number) {
    this.library = library;
    this.handle = handle;
    this.facts = {
      model: askInfo(library, handle, infoLine.variant),
      serial: askInfo(library, handle, infoLine.serial),
      driverVersion: askInfo(library, handle, infoLine.driver),
      hardwareVersion: askInfo(library, handle, infoLine.hardware),
      calibrated: askInfo(library, handle, infoLine.calibration),
    };
    this.fullScale = this.askFullScale();
  }

  offsetLimits(range: number, dc: boolean): readonly [number, number] | undefined {
    return askOffsetLimits(this.library, this.handle, range, dc);
  }

  mostSegments(): number | undefined {
    return askMostSegments(this.library, this.handle);
  }

  setUp(config: PicoScopeConfig, settings: ResolvedSettings): void {
    this.channels = settings.channels;
    const used = new Set(settings.channels.map(({ index }) => index));
    for (let index = 0; index < settings.model.channels.length; index++)
      if (!used.has(index)) this.setChannel(index, undefined);
    for (const channel of settings.channels) this.setChannel(channel.index, channel);
    this.setTrigger(config, settings);
    if (!config.generator.on) return;
    const { generator } = config;
    if (generator.shape !== 'arbitrary') {
      this.must('SetSigGenBuiltIn', ...builtInArguments(config));
      return;
    }
    const phase = new Uint32Array(1);
    this.must('SigGenFrequencyToPhase', generator.frequencyHz, 0, generator.points.length, phase);
    this.must('SetSigGenArbitrary', ...arbitraryArguments(generator, phase[0]!));
  }

  intervalNs(timeBase: number, samples: number): number | undefined {
    const interval = new Float32Array(1);
    const code = this.askTimeBase(timeBase, samples, interval, new Int32Array(1));
    if (code === status.invalidTimeBase) return undefined;
    this.expect('GetTimebase2', code);
    return interval[0];
  }

  useEts(ets: EtsWish | undefined): number {
    const step = new Int32Array(1);
    if (ets === undefined) {
      if (this.sampleFs !== undefined) this.must('SetEts', etsCodes.off, 0, 0, step);
      this.sampleFs = undefined;
      return 0;
    }
    const code = this.library.call(
      'SetEts',
      this.handle,
      etsCodes[ets.mode],
      ets.cycles,
      ets.interleave,
      step,
    );
    if (code === status.invalidParameter) this.tellEtsLimits();
    this.expect('SetEts', code);
    this.sampleFs = new BigInt64Array(0);
    return step[0]!;
  }

  useMemory(memory: SampleMemory, captures: number): void {
    this.memory = memory;
    if (this.sampleFs !== undefined) {
      this.sampleFs = new BigInt64Array(memory.samples);
      this.must('SetEtsTimeBuffer', this.sampleFs, memory.samples);
    }
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
    if (this.sampleFs !== undefined)
      return {
        offsetNs: new Float64Array(count),
        sampleNs: Float64Array.from(this.sampleFs, (fs) => Number(fs) * 1e-6),
      };
    const times = new BigInt64Array(count);
    const units = new Int32Array(count);
    this.must('GetValuesTriggerTimeOffsetBulk64', times, units, 0, count - 1);
    const offsetNs = Float64Array.from(
      times,
      (time, index) => Number(time) * (unitNs[units[index] ?? 0] ?? 0),
    );
    const ticks = askTicks(this.library, this.handle, count);
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

  protected setConditions({ levels, conditions }: LogicTrigger, settings: ResolvedSettings): void {
    const sourceOf = (name: string): number => this.sourceOf(settings, name);
    // States of A, B, C, D, external, aux, pulse width and, in the family 2000a, digital.
    const width = settings.family.family === '2000a' ? 8 : 7;
    const states = conditionStates(conditions, width, sourceOf);
    this.must('SetTriggerChannelConditions', states, conditions.length);
    const directions = new Array<number>(6).fill(directionCodes.rising);
    for (const { source, direction } of levels) directions[sourceOf(source)] = directionCodes[direction];
    this.must('SetTriggerChannelDirections', ...directions);
  }

  protected setWidth(
    { source, direction, lower, upper, type }: WidthQualifier,
    settings: ResolvedSettings,
  ): void {
    // States of A, B, C, D, external, aux and, in the family 2000a, digital.
    const width = settings.family.family === '2000a' ? 7 : 6;
    const states = conditionStates([[source]], width, (name) => this.sourceOf(settings, name));
    this.must('SetPulseWidthQualifier', states, 1, direction, lower, upper, type);
  }

  /** Number of a trigger source in the interface. */
  protected sourceOf(settings: ResolvedSettings, name: string): number {
    if (name === pulseWidthSource) return this.widthSource;
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

  /** Throws what the unit takes at most where it tells it. */
  private tellEtsLimits(): void {
    const limits = askEtsLimits(this.library, this.handle);
    if (limits === undefined) return;
    const most = `at most ${limits.interleave} as interleave and ${limits.cycles} captures`;
    throw new DriverError('bad-configuration', 'ets', `the ${this.facts.model} takes ${most}: give less`);
  }

  setTrigger(config: PicoScopeConfig, settings: ResolvedSettings): void {
    const { trigger } = config;
    if (isLogicTrigger(config)) {
      const logic = logicTrigger(config, settings);
      const properties = triggerProperties(logic.levels, (name) => this.sourceOf(settings, name));
      this.must('SetTriggerChannelProperties', properties, logic.levels.length, 0, trigger.timeoutMs);
      this.setConditions(logic, settings);
      this.must('SetTriggerDelay', trigger.delaySamples);
      if (logic.width !== undefined) this.setWidth(logic.width, settings);
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
}
