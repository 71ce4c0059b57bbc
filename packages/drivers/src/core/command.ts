import type { z } from 'zod';
import type { Driver, SourceState } from './driver.js';

/** Result of a command: plain data that JSON can carry. */
export type CommandResult =
  | null
  | boolean
  | number
  | string
  | readonly CommandResult[]
  | { readonly [key: string]: CommandResult };

/** What a running command gets beside its parameters. */
export interface CommandControl {
  /** Aborted when the operator cancels or the source stops; long commands look at it at least every 100 ms. */
  readonly signal: AbortSignal;
  /** Tells how far it is: fraction 0..1 and a line for people. */
  progress(fraction: number, message: string): void;
}

/**
 * An operator's routine on a device. It runs in the driver's thread between two acquisition cycles, so data
 * taking goes on while it awaits. Parameters are parsed by the schema before `run` sees them.
 */
export interface CommandDefinition<D extends Driver = Driver, P extends z.ZodType = z.ZodType> {
  readonly title: string;
  readonly description: string;
  /** Object schema with labels, units and ranges in `.meta()`, for the form. */
  readonly parameters: P;
  /** Source states in which it may be called. */
  readonly allowedIn: readonly SourceState[];
  /** True when `run` honours `control.signal`. */
  readonly cancellable: boolean;
  run(driver: D, parameters: z.output<P>, control: CommandControl): Promise<CommandResult>;
}

/** Keeps the parameter type of a command while it is put into a definition's list. */
export function defineCommand<D extends Driver, P extends z.ZodType>(
  definition: CommandDefinition<D, P>,
): CommandDefinition<D, P> {
  return definition;
}

/** Progress of one running command, as the owner sees it. */
export interface CommandProgress {
  readonly fraction: number;
  readonly message: string;
}
