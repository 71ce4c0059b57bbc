import type { ErrorFacts } from '../errors.js';
import type { ConsumerSettings, ConsumerSource, HistogramSnapshot } from './consumer.api.js';

/** What a consumer's thread is started with. */
export interface ConsumerSetup {
  readonly settings: ConsumerSettings;
  readonly source: ConsumerSource;
  readonly ring: SharedArrayBuffer;
  /** Number of its consumer in the ring, or of its membership in a work group. */
  readonly consumer: number;
  readonly thread: number;
  /** Ring for what it keeps; null when nothing is kept. */
  readonly output: SharedArrayBuffer | null;
  /** Address of the module; null for built-in kinds. */
  readonly module: string | null;
  /** Folder for its files; made when the first one is opened. */
  readonly folder: string;
}

/** What a thread tells of its work now and then; complete, not differences. */
export interface ConsumerReport {
  readonly events: bigint;
  readonly kept: bigint;
  readonly incomplete: bigint;
  readonly counts: Readonly<Record<string, number>>;
  readonly values: Readonly<Record<string, number>>;
  readonly histograms: readonly HistogramSnapshot[];
}

/** What a consumer's thread says. */
export type ConsumerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'report'; readonly report: ConsumerReport }
  | { readonly type: 'log'; readonly level: 'info' | 'warn' | 'error'; readonly message: string }
  | { readonly type: 'failed'; readonly error: ErrorFacts }
  | { readonly type: 'ended' };
