import type { CommandProgress, CommandResult } from './command.js';
import type { RunContext } from './driver.js';
import type { ErrorFacts } from './errors.js';
import type { SignalDefinition, SignalReading, SignalValue } from './signal.js';
import type { PreparedSource, SourceStatus, StopReport } from './source-host.api.js';

/** What a source's thread is started with. */
export interface SourceSetup {
  readonly source: string;
  readonly kind: string;
  readonly config: unknown;
  readonly simulate: boolean;
  /** Address of a module that exports `registry`; the built-in devices when absent. */
  readonly registryModule?: string;
}

/** Calls from the owner to the thread: argument and result of each. */
export interface SourceCalls {
  prepare: { argument: { run: RunContext; ring: SharedArrayBuffer }; result: PreparedSource };
  start: { argument: null; result: null };
  pause: { argument: null; result: null };
  resume: { argument: null; result: null };
  stop: { argument: { deadlineMs: number }; result: StopReport };
  readSignals: { argument: null; result: readonly SignalReading[] };
  writeSignal: { argument: { name: string; value: SignalValue }; result: SignalReading };
  runCommand: { argument: { name: string; parameters: unknown }; result: CommandResult };
  close: { argument: null; result: null };
}

/** Name of a call. */
export type SourceCall = keyof SourceCalls;

/** A call on its way, or a wish to cancel one. */
export type SourceRequest =
  | { [C in SourceCall]: { id: number; call: C; argument: SourceCalls[C]['argument'] } }[SourceCall]
  | { id: number; call: 'cancel' };

/** What the thread says. */
export type SourceMessage =
  | { type: 'ready'; signals: readonly SignalDefinition[] }
  | { type: 'failed'; error: ErrorFacts }
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'refusal'; id: number; error: ErrorFacts }
  | { type: 'progress'; id: number; progress: CommandProgress }
  | { type: 'status'; status: SourceStatus }
  | { type: 'signals'; readings: readonly SignalReading[] }
  | { type: 'log'; level: 'debug' | 'info' | 'warn' | 'error'; message: string }
  | { type: 'fault'; error: ErrorFacts };
