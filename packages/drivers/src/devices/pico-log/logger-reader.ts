import { DriverError } from '../../core/errors.js';
import type { PicoLogConfig } from './pico-log.config.js';
import { blockMethod, type LoggerUnit } from './sdk/logger-unit.js';

/** A block that should be ready by itself is given this much longer, ns. */
const graceNs = 3_000_000_000n;
/** How far the clock of a fast simulation goes on while a block is waited for, ns. */
const lookNs = 10_000_000n;

/** A record of all channels: samples of a channel one after the other. */
export interface TakenRecord {
  /** Time of its first sample, ns of the device's clock. */
  readonly atNs: bigint;
  readonly counts: readonly Int16Array[];
}

/** The device's clock. A fast simulation's stands still but for `goOn`. */
export interface LoggerClock {
  now(): bigint;
  /** Lets a clock of its own go on. */
  goOn(ns: bigint): void;
}

/** Reads records out of a PicoLog: single values, blocks, or pieces of a stream. */
export class LoggerReader {
  private readonly unit: LoggerUnit;
  private readonly config: PicoLogConfig;
  private readonly inputs: readonly number[];
  private readonly clock: LoggerClock;
  /** Time between samples, ns. */
  private readonly stepNs: number;
  private sinceNs = 0n;
  private isRunning = false;
  private streamed = 0n;
  private rest = new Uint16Array(0);
  private restSamples = 0;

  constructor(unit: LoggerUnit, config: PicoLogConfig, stepNs: number, clock: LoggerClock) {
    this.unit = unit;
    this.config = config;
    this.inputs = config.channels.map(({ input }) => input);
    this.stepNs = stepNs;
    this.clock = clock;
  }

  /** Whether a block or a stream is on its way. */
  get running(): boolean {
    return this.isRunning;
  }

  /** A record, or how long to wait for one, ms. Throws a ScopeError or a DriverError. */
  take(): TakenRecord | number {
    const { mode } = this.config;
    if (mode === 'single') return this.takeSingle();
    return mode === 'streaming' ? this.takeStream() : this.takeBlock();
  }

  /** Stops what is on its way. */
  halt(): void {
    if (!this.isRunning) return;
    this.isRunning = false;
    try {
      this.unit.stop();
    } catch {
      // A unit that is gone has stopped.
    }
  }

  private get lengthNs(): bigint {
    return BigInt(Math.round(this.stepNs * this.config.samples));
  }

  private takeSingle(): TakenRecord {
    const atNs = this.clock.now();
    return { atNs, counts: this.inputs.map((input) => Int16Array.of(this.unit.single(input))) };
  }

  private takeBlock(): TakenRecord | number {
    const { unit, clock } = this;
    const { samples: wanted } = this.config;
    if (!this.isRunning) this.run(blockMethod.single);
    if (!unit.ready()) {
      clock.goOn(lookNs);
      this.checkLate();
      return 2;
    }
    const values = new Uint16Array(wanted * this.inputs.length);
    const { samples } = unit.values(values, wanted);
    this.isRunning = false;
    if (samples < wanted)
      throw new DriverError(
        'device',
        unit.serial,
        `PicoLog ${unit.serial} gave ${samples} of ${wanted} samples`,
      );
    clock.goOn(this.lengthNs);
    return { atNs: clock.now() - this.lengthNs, counts: this.parted(values) };
  }

  private takeStream(): TakenRecord | number {
    const width = this.inputs.length;
    const { samples: wanted } = this.config;
    if (!this.isRunning) {
      this.run(blockMethod.stream);
      this.streamed = 0n;
      this.rest = new Uint16Array(wanted * width);
      this.restSamples = 0;
    }
    const room = this.rest.subarray(this.restSamples * width);
    const { samples } = this.unit.values(room, wanted - this.restSamples);
    this.restSamples += samples;
    if (this.restSamples < wanted) return samples > 0 ? 1 : 3;
    const atNs = this.sinceNs + BigInt(Math.round(Number(this.streamed) * this.stepNs));
    this.streamed += BigInt(wanted);
    this.clock.goOn(atNs + this.lengthNs - this.clock.now());
    this.restSamples = 0;
    return { atNs, counts: this.parted(this.rest) };
  }

  private run(method: number): void {
    this.unit.run(this.config.samples, method);
    this.isRunning = true;
    this.sinceNs = this.clock.now();
  }

  private checkLate(): void {
    const { on, timeoutMs } = this.config.trigger;
    if (on && timeoutMs === 0) return;
    const waitNs = on ? BigInt(timeoutMs) * 1_000_000n : 0n;
    if (this.clock.now() - this.sinceNs <= this.lengthNs + waitNs + graceNs) return;
    const { serial } = this.unit;
    throw new DriverError(
      'device',
      serial,
      `PicoLog ${serial} was to take a block and does not: unplug it and plug it in again`,
    );
  }

  private parted(values: Uint16Array): Int16Array[] {
    const width = this.inputs.length;
    return this.inputs.map((_, place) =>
      Int16Array.from({ length: values.length / width }, (_each, sample) => values[sample * width + place]!),
    );
  }
}
