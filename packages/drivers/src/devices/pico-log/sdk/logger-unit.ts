import { DriverError } from '../../../core/errors.js';
import type { ForeignArgument, ForeignLibrary } from '../../../transports/ffi/foreign-library.js';
import { ScopeError, status } from '../../pico-scope/sdk/status.js';

/** How a block is taken: `BLOCK_METHOD` of the interface. */
export const blockMethod = { single: 0, stream: 2 } as const;

/** Volts at the largest count. */
export const fullScaleVolts = 2.5;

/** Trigger of a block, in the library's terms. */
export interface LoggerTrigger {
  readonly channel: number;
  readonly thresholdCounts: number;
  readonly hysteresisCounts: number;
  readonly falling: boolean;
  /** Share of the block before the trigger, 0 to 1. */
  readonly before: number;
  /** A block is taken without a trigger after so long, ms; 0: never. */
  readonly timeoutMs: number;
}

/** A PicoLog 1012 or 1216 that is open. Calls throw a ScopeError with the library's status. */
export class LoggerUnit {
  readonly model: string;
  readonly serial: string;
  readonly inputs: number;
  /** Largest count. */
  readonly most: number;
  private readonly library: ForeignLibrary;
  private readonly handle: number;

  private constructor(library: ForeignLibrary, handle: number) {
    this.library = library;
    this.handle = handle;
    this.model = this.info(3);
    this.serial = this.info(4);
    const most = new Uint16Array(1);
    this.call('MaxValue', most);
    this.most = most[0]!;
    this.inputs = this.model.includes('1012') ? 12 : 16;
  }

  /** Opens the unit of a serial number, else the first free one. Throws a DriverError that says what there is. */
  static open(library: ForeignLibrary, serial: string): LoggerUnit {
    const others: LoggerUnit[] = [];
    try {
      for (;;) {
        const handle = new Int16Array(1);
        const code = library.call('OpenUnit', handle);
        if (code === status.notFound || (code === status.ok && handle[0]! <= 0))
          throw missing(serial, others);
        if (code !== status.ok) throw new ScopeError(serial || 'PicoLog', 'OpenUnit', code);
        const unit = new LoggerUnit(library, handle[0]!);
        if (serial === '' || unit.serial === serial) return unit;
        others.push(unit);
      }
    } finally {
      for (const unit of others) unit.close();
    }
  }

  /** The value of a channel (from 1) now, counts. */
  single(channel: number): number {
    const value = new Uint16Array(1);
    this.call('GetSingle', channel, value);
    return value[0]!;
  }

  /** Sets the time of a block of so many samples per channel; returns the time between samples of a channel, us. */
  setInterval(channels: readonly number[], samples: number, stepUs: number): number {
    const blockUs = Uint32Array.of(Math.max(1, Math.round(stepUs * samples)));
    this.call('SetInterval', blockUs, samples, Int16Array.from(channels), channels.length);
    return blockUs[0]! / samples;
  }

  /** Sets the trigger of the next blocks; undefined: none. */
  setTrigger(trigger: LoggerTrigger | undefined): void {
    if (trigger === undefined) {
      this.call('SetTrigger', 0, 0, 0, 1, 0, 0, 0, 0);
      return;
    }
    const { channel, falling, thresholdCounts, hysteresisCounts, before, timeoutMs } = trigger;
    const byItself = timeoutMs > 0 ? 1 : 0;
    const direction = falling ? 1 : 0;
    this.call(
      'SetTrigger',
      1,
      byItself,
      timeoutMs,
      channel,
      direction,
      thresholdCounts,
      hysteresisCounts,
      -100 * before,
    );
  }

  /** Begins a block, or a stream. */
  run(samples: number, method: number): void {
    this.call('Run', samples, method);
  }

  ready(): boolean {
    const ready = new Int16Array(1);
    this.call('Ready', ready);
    return ready[0] !== 0;
  }

  /** Fetches at most so many samples per channel, one channel after the other within a sample; returns how many. */
  values(target: Uint16Array, samples: number): { samples: number; triggered: boolean } {
    const count = Uint32Array.of(samples);
    const triggerIndex = new Uint32Array(1);
    this.call('GetValues', target, count, new Uint16Array(1), triggerIndex);
    return { samples: count[0]!, triggered: triggerIndex[0] !== 0xffffffff };
  }

  stop(): void {
    this.call('Stop');
  }

  /** Closes it; a unit that is gone is closed as well. */
  close(): void {
    this.library.call('CloseUnit', this.handle);
  }

  private info(line: number): string {
    const text = Buffer.alloc(80);
    const needed = new Int16Array(1);
    this.call('GetUnitInfo', text, text.length, needed, line);
    return text.subarray(0, Math.max(0, text.indexOf(0))).toString('latin1');
  }

  private call(name: string, ...values: ForeignArgument[]): void {
    const code = this.library.call(name, this.handle, ...values);
    if (code !== status.ok) throw new ScopeError(`PicoLog ${this.serial || ''}`.trim(), name, code);
  }
}

function missing(serial: string, others: readonly LoggerUnit[]): DriverError {
  const there = others.map((unit) => `${unit.model} ${unit.serial}`).join(', ');
  const found = there === '' ? 'no free unit is there' : `there are ${there}`;
  const name = serial === '' ? 'a PicoLog 1000' : `PicoLog ${serial}`;
  return new DriverError(
    'device',
    'serial',
    `${name} was not found: ${found}. Check the cable, that the user who runs Countroom is in the group pico, and that no other program has it open`,
  );
}
