import { type ForeignLibrary, pointersAt, viewInt16 } from '../../../transports/ffi/foreign-library.js';
import type { PicoScopeConfig } from '../pico-scope.config.js';
import { codes, directionCodes, etsCodes, infoLine, sweepCodes, waveCode } from '../sdk/codes.js';
import { ScopeError, status } from '../sdk/status.js';
import { families } from '../settings/families.js';
import type { ResolvedChannel, ResolvedSettings } from '../settings/resolve.js';
import { generatorMicrovolts } from './generator-arguments.js';
import {
  conditionStates,
  isLogicTrigger,
  logicTrigger,
  oldTriggerProperties,
  pulseWidthSource,
  thresholdCounts,
} from './logic-trigger.js';
import type { CaptureTimes, EtsWish, SampleMemory, ScopeUnit, StreamPiece, UnitFacts } from './scope-unit.js';

/** A unit of the family 2000: the oldest interface, where 0 means failure. */
export class Unit2000 implements ScopeUnit {
  readonly facts: UnitFacts;
  readonly fullScale = families['2000'].fullScale;
  private isReady: ReturnType<ForeignLibrary['bind']> | undefined;
  private readonly library: ForeignLibrary;
  readonly handle: number;
  private channels: readonly ResolvedChannel[] = [];
  private memory: SampleMemory | undefined;
  /** Times of the samples of equivalent-time sampling, ps. */
  private samplePs: Int32Array | undefined;

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
  }

  offsetLimits(): undefined {
    return undefined;
  }

  mostSegments(): undefined {
    return undefined;
  }

  setUp(config: PicoScopeConfig, settings: ResolvedSettings): void {
    this.channels = settings.channels;
    const used = new Map(settings.channels.map((channel) => [channel.index, channel]));
    for (let index = 0; index < settings.model.channels.length; index++) {
      const channel = used.get(index);
      const { dc = true, range = { code: 8 } } = channel ?? {};
      this.must('set_channel', index, channel === undefined ? 0 : 1, dc ? 1 : 0, range.code);
    }
    this.setTrigger(config, settings);
    if (config.generator.on) this.setGenerator(config);
  }

  setTrigger(config: PicoScopeConfig, settings: ResolvedSettings): void {
    const { trigger } = config;
    if (isLogicTrigger(config)) {
      this.setLogic(config, settings);
      return;
    }
    const on = trigger.kind === 'simple' && config.mode !== 'streaming';
    const source = settings.channels.find(({ name }) => name === trigger.channel)?.index ?? 4;
    const threshold = on ? thresholdCounts(settings, trigger.channel, settings.thresholdV) : 0;
    const falling = trigger.direction === 'falling' ? 1 : 0;
    this.must('set_trigger', on ? source : codes.noneSource, threshold, falling, 0, trigger.timeoutMs);
  }

  intervalNs(timeBase: number, samples: number): number | undefined {
    const interval = new Int32Array(1);
    const one = new Int16Array(1);
    const found = this.library.call(
      'get_timebase',
      this.handle,
      timeBase,
      samples,
      interval,
      one,
      1,
      new Int32Array(1),
    );
    return found === 0 ? undefined : interval[0];
  }

  useEts(ets: EtsWish | undefined): number {
    if (ets === undefined) {
      if (this.samplePs !== undefined) this.library.call('set_ets', this.handle, etsCodes.off, 0, 0);
      this.samplePs = undefined;
      return 0;
    }
    const step = this.library.call('set_ets', this.handle, etsCodes[ets.mode], ets.cycles, ets.interleave);
    if (step <= 0) throw this.refused('set_ets');
    this.samplePs = new Int32Array(0);
    return step;
  }

  useMemory(memory: SampleMemory): void {
    this.memory = memory;
    if (this.samplePs !== undefined) this.samplePs = new Int32Array(memory.samples);
  }

  run(_preSamples: number, postSamples: number, timeBase: number): void {
    this.must('run_block', postSamples, timeBase, 1, new Int32Array(1));
  }

  ready(): boolean {
    this.isReady ??= this.library.bind('ready');
    const state = this.isReady(this.handle);
    if (state < 0) throw new ScopeError(this.facts.serial, 'ready', status.notResponding);
    return state > 0;
  }

  taken(): number {
    return 0;
  }

  read(_count: number, overflow: Int16Array): undefined {
    const buffers: (Int16Array | null)[] = [null, null, null, null];
    for (const { index, place } of this.channels) buffers[index] = this.memory!.of(0, place);
    const { samples } = this.memory!;
    if (this.samplePs === undefined) this.must('get_values', ...buffers, overflow, samples);
    else this.must('get_times_and_values', this.samplePs, ...buffers, overflow, codes.picoseconds, samples);
  }

  times(count: number): CaptureTimes | undefined {
    if (this.samplePs === undefined) return undefined;
    return {
      offsetNs: new Float64Array(count),
      sampleNs: Float64Array.from(this.samplePs, (ps) => ps * 1e-3),
    };
  }

  stream(intervalNs: number, room: number): number {
    const interval = Math.max(1, Math.round(intervalNs));
    this.must('run_streaming_ns', interval, codes.nanoseconds, 0xff_ff_ff_ff, 0, 1, room);
    return interval;
  }

  latest(take: (piece: StreamPiece) => void): void {
    const ready = (
      buffers: unknown,
      overflow: number,
      _at: number,
      _hit: number,
      _stop: number,
      samples: number,
    ): void => {
      if (samples === 0) return;
      // Per channel the largest and the smallest values; without aggregation only the first of the two.
      const addresses = pointersAt(buffers, 8);
      const of = (place: number): Int16Array => {
        const { index } = this.channels[place]!;
        return viewInt16(addresses[2 * index], samples);
      };
      take({ samples, overflow, of });
    };
    this.library.call('get_streaming_last_values', this.handle, ready);
  }

  stop(): void {
    this.must('stop');
  }

  ping(): void {
    this.must('PingUnit');
  }

  flash(): void {
    this.must('flash_led');
  }

  close(): void {
    this.library.call('close_unit', this.handle);
  }

  private setLogic(config: PicoScopeConfig, settings: ResolvedSettings): void {
    const { levels, conditions, width } = logicTrigger(config, settings);
    // Sources: A, B, C, D, external, pulse width.
    const sourceOf = (name: string): number =>
      name === pulseWidthSource
        ? 5
        : (settings.channels.find((channel) => channel.name === name)?.index ?? 4);
    const properties = oldTriggerProperties(levels, sourceOf);
    this.must('SetAdvTriggerChannelProperties', properties, levels.length, config.trigger.timeoutMs);
    this.must('SetAdvTriggerChannelConditions', conditionStates(conditions, 6, sourceOf), conditions.length);
    const directions = new Array<number>(5).fill(directionCodes.rising);
    for (const { source, direction } of levels) directions[sourceOf(source)] = directionCodes[direction];
    this.must('SetAdvTriggerChannelDirections', ...directions);
    this.must('SetAdvTriggerDelay', config.trigger.delaySamples, 0);
    if (width === undefined) return;
    const states = conditionStates([[width.source]], 5, sourceOf);
    this.must('SetPulseWidthQualifier', states, 1, width.direction, width.lower, width.upper, width.type);
  }

  private setGenerator({ generator }: PicoScopeConfig): void {
    const { frequencyHz, stopFrequencyHz = frequencyHz, dwellS = 10 / frequencyHz } = generator;
    const wave = waveCode('2000', generator.shape);
    const sweep = sweepCodes[generator.sweep];
    this.must(
      'set_sig_gen_built_in',
      ...generatorMicrovolts(generator),
      wave,
      frequencyHz,
      stopFrequencyHz,
      generator.stepHz,
      dwellS,
      sweep,
      0,
    );
  }

  private must(name: string, ...values: Parameters<ForeignLibrary['call']>[1][]): void {
    if (this.library.call(name, this.handle, ...values) === 0) throw this.refused(name);
  }

  /** The oldest interface says no more than that it failed. */
  private refused(name: string): ScopeError {
    const alive = this.library.call('PingUnit', this.handle) !== 0;
    return new ScopeError(this.facts.serial, name, alive ? 6 : status.notResponding);
  }

  private info(line: number): string {
    const text = new Uint8Array(256);
    this.library.call('get_unit_info', this.handle, text, text.length, line);
    return Buffer.from(text.subarray(0, Math.max(0, text.indexOf(0)))).toString('latin1');
  }
}
