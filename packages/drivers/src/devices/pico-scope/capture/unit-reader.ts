import type { TimeShares } from '../../../core/time-account.js';
import type { ScopeUnit } from '../unit/scope-unit.js';
import type { ReadBatch } from './batch.js';
import type { LiveTime } from './live-time.js';

/** What was read, without what the driver knows of the run. */
export type ReadRecords = Pick<ReadBatch, 'count' | 'overflow' | 'times' | 'uncertaintyNs' | 'samplesOf'> & {
  /** Time of the last trigger, ns of the host's clock. */
  readonly triggerNs: bigint;
  /** Time up to it since the run began. */
  readonly spent: TimeShares;
  /** The first of a stream: nothing came before it. */
  readonly begins: boolean;
};

/** What a reader needs of the driver that it reads for. */
export interface ReaderHost {
  readonly time: LiveTime;
  /** The unit's clock runs as fast as it is used. */
  readonly fast: boolean;
  /** The host's clock, ns. */
  now(): bigint;
  /** Whether the unit is to be armed again before its records are handed on: that costs no live time then. */
  runsOn(): boolean;
  /** The memory of the unit is about to be used again. */
  beforeReading(): void;
  /** Takes what was read. */
  take(records: ReadRecords): void;
}

/** Lets a unit take records, and reads them. Every call may throw a ScopeError. */
export interface UnitReader {
  /** Longest rest until the next look when there was nothing, ms; undefined: look again at once. */
  readonly restMs: number | undefined;
  /** Waits for records at most until a time (performance.now) and reads them; false when there are none yet. */
  take(unit: ScopeUnit, untilMs: number): boolean | Promise<boolean>;
  /** Stops the unit; what it has taken is read. */
  halt(unit: ScopeUnit): void | Promise<void>;
  /** The unit failed: nothing is on its way any more. */
  lose(): void;
}
