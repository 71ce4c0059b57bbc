import type { Table } from '@countroom/records';
import type { RowTask } from '../stage/stage.js';

/** What a row thread is started with: the module that exports the stages as `stages`, and which one to run. */
export interface RowThreadData {
  readonly registryModule: string;
  readonly stage: string;
  readonly tasks: readonly RowTask[];
}

/** A block to work on. */
export interface BlockMessage {
  readonly id: number;
  readonly task: number;
  readonly start: number;
  readonly rows: Table;
}

/** What became of a block. */
export type BlockReply =
  | { readonly id: number; readonly ok: true; readonly rows: Table }
  | { readonly id: number; readonly ok: false; readonly name: string; readonly message: string };
