import type { TableSchema } from '@countroom/records';
import type { CommandProgress, CommandResult } from './command.js';
import type { DriverCounters, Prepared, RunContext, SourceState } from './driver.js';
import type { DriverError } from './errors.js';
import type { Ring } from './ring/ring.js';
import type { RingSize } from './ring/ring-layout.js';
import type { SignalDefinition, SignalReading, SignalValue } from './signal.js';

/** What the owner says to start a source: one driver instance with a thread and a ring of its own. */
export interface SourceOptions {
  /** Name of the source within its detector. */
  readonly source: string;
  readonly kind: string;
  /** Configuration as stored; parsed by the driver's schema. */
  readonly config: unknown;
  /** Take the simulator instead of the device. */
  readonly simulate: boolean;
  readonly ring?: Partial<RingSize>;
  /** Module exporting `registry: DriverRegistry`; the built-in devices when absent. Must be built JavaScript. */
  readonly registryModule?: URL;
  readonly events?: SourceEvents;
}

/** What a source tells by itself. Listeners must not throw. */
export interface SourceEvents {
  /** About every 200 ms and at each change of state. */
  status?(status: SourceStatus): void;
  /** New readings, by each signal's period. */
  signals?(readings: readonly SignalReading[]): void;
  log?(level: 'debug' | 'info' | 'warn' | 'error', message: string): void;
  /** The driver threw or its thread ended; `error.mustExit` asks the process to exit. */
  fault?(error: DriverError): void;
}

/** State and counters of a source at a moment. */
export interface SourceStatus {
  readonly source: string;
  readonly state: SourceState;
  readonly counters: DriverCounters;
  /** The ring has no room at this moment, so the device is not armed. */
  readonly bufferFull: boolean;
  /** Fraction of the ring in use, 0..1. */
  readonly bufferFill: number;
  /** Set when the device ended the run by itself (end of file, event limit). */
  readonly endedBecause?: string;
  /** Why the driver takes no data, or not all, while it waits for its device; absent while all is well. */
  readonly waitsBecause?: string;
  /** Wall clock, ns since 1970. */
  readonly timeNs: bigint;
}

/** Result of a stop. */
export interface StopReport {
  /** False when the deadline passed with data left in the device. */
  readonly drained: boolean;
  /** Batches in the ring since the start of the run; the last sequence is one less. */
  readonly batches: bigint;
  readonly counters: DriverCounters;
}

/** Tables of a run: index = schema id in ring and spool. `run/info` is always number 0. */
export interface PreparedSource extends Omit<Prepared, 'tables'> {
  readonly tables: readonly TableSchema[];
}

/**
 * A source as its owner holds it. Calls are answered by the driver's thread and reject with a DriverError:
 * `wrong-state` when not allowed now, `deadline` when no answer came in time, `thread-ended` after a crash.
 */
export interface SourceHandle {
  readonly source: string;
  readonly kind: string;
  /** The ring; attach consumers before `start`. */
  readonly ring: Ring;
  readonly signals: readonly SignalDefinition[];
  readonly status: SourceStatus;
  prepare(run: RunContext): Promise<PreparedSource>;
  /** Begins the run: `Beginning run` is the first record. */
  start(): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Disarms, drains, closes all batches; `Ending run` is the last record. */
  stop(deadlineMs?: number): Promise<StopReport>;
  readSignals(): Promise<readonly SignalReading[]>;
  writeSignal(name: string, value: SignalValue): Promise<SignalReading>;
  /** Runs a command; aborting `signal` cancels it (rejects with code `cancelled`). */
  runCommand(
    name: string,
    parameters: unknown,
    options?: { signal?: AbortSignal; onProgress?: (progress: CommandProgress) => void },
  ): Promise<CommandResult>;
  /**
   * Ends the thread cooperatively. Rejects with `deadline` and `mustExit` when it does not end in time:
   * threads are never terminated from outside.
   */
  close(deadlineMs?: number): Promise<void>;
}
