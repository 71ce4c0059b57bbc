import type { TableSchema } from '@countroom/records';
import type { ChannelFacts } from '../driver.js';
import type { ConsumerCounters, ConsumerPolicy } from '../ring/ring-layout.js';

/** How a consumer is configured, defaults filled in. */
export interface ConsumerSettings {
  readonly name: string;
  /** A built-in kind, or `module`. */
  readonly kind: string;
  /** For `module`: file below the folder of modules. */
  readonly module?: string;
  readonly config: unknown;
  readonly policy: ConsumerPolicy;
  /** Channels that it gets; empty: all with waveforms. */
  readonly channels: readonly number[];
  /** `joined`: records of all channels with one event number are one event; `single`: each record is one. */
  readonly events: 'joined' | 'single';
  /** Threads that share the work; more than one needs the policy `obligatory`. */
  readonly threads: number;
  /** Without a sign of life for so long it is taken for dead, ms. */
  readonly deadlineMs: number;
  /** How often it may be started anew in one run. */
  readonly restarts: number;
  /** Heap of one of its threads, MB. */
  readonly memoryMb: number;
  /** Whether what it keeps goes on to an output ring. */
  readonly keep: boolean;
  /** What happens to the run when it has failed for good, or when a consumer that may lose has lost. */
  readonly onFailure: 'continue' | 'stop-run';
}

/** What consumers of one source are given of it. */
export interface ConsumerSource {
  readonly source: string;
  /** Index = schema id in the ring. */
  readonly tables: readonly TableSchema[];
  readonly channels: readonly ChannelFacts[];
  readonly device: Readonly<Record<string, string | number | boolean>>;
}

/** Health of a consumer: a sign for people and a rule for alarms. */
export type ConsumerState = 'starting' | 'working' | 'restarting' | 'failed' | 'ended';

/** A histogram as it is now. */
export interface HistogramSnapshot {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly bins: number;
  readonly logarithmic: boolean;
  readonly counts: Float64Array;
  readonly entries: number;
  readonly underflow: number;
  readonly overflow: number;
  readonly mean: number;
  readonly sigma: number;
}

/** What is known of a consumer now. */
export interface ConsumerStatus {
  readonly name: string;
  readonly kind: string;
  readonly input: string;
  readonly state: ConsumerState;
  /** Why it is not well; empty when it is. */
  readonly message: string;
  /** In the ring, over all its lives: offered = delivered + dropped + lag. */
  readonly ring: ConsumerCounters;
  /** Records that it had in hand when it died. */
  readonly unfinished: bigint;
  /** Events it looked at, kept, and those that could not be put together. */
  readonly events: bigint;
  readonly kept: bigint;
  readonly incomplete: bigint;
  readonly restarts: number;
  /** Its own counters and numbers. */
  readonly counts: Readonly<Record<string, number>>;
  readonly values: Readonly<Record<string, number>>;
  readonly histograms: readonly HistogramSnapshot[];
}

/** What a consumer tells by itself. Listeners must not throw. */
export interface ConsumerEvents {
  log?(level: 'info' | 'warn' | 'error', consumer: string, message: string): void;
  /** The run has to end because of it. */
  stopRun?(consumer: string, reason: string): void;
}
