import type { Table } from '@countroom/records';
import type { RowKernel, RowTask } from '../stage/stage.js';
import type { BlockRange } from './block-ranges.js';
import type { TableSource } from './table-ports.js';

/** What a module exports that threads load: only what their work needs, since each of them loads it. */
export interface RowThreadModule {
  /** The kernel of a task of the stage of that name. */
  kernelOf(stage: string, task: RowTask): Promise<RowKernel> | RowKernel;
  /** Opens a source again, by what its `elsewhere` says. */
  openSource?(elsewhere: unknown): Promise<TableSource>;
}

/** What a row thread is started with. */
export interface RowThreadData {
  /** URL of a built module of the form of RowThreadModule. */
  readonly module: string;
  readonly stage: string;
  readonly tasks: readonly RowTask[];
  /** What `openSource` opens; without it rows are sent. */
  readonly source: { readonly elsewhere: unknown } | undefined;
  /** Task that is probably the first one to work on. */
  readonly firstTask: number;
}

/** A block to work on, with its rows when the thread cannot read them. */
export interface BlockMessage extends BlockRange {
  readonly id: number;
  readonly rows: Table | undefined;
}

/** What became of a block, or of the start (id -1, without rows). */
export type BlockReply =
  | { readonly id: number; readonly ok: true; readonly rows: Table | undefined }
  | {
      readonly id: number;
      readonly ok: false;
      /** The rows could not be read: nothing is wrong with the kernel. */
      readonly reading: boolean;
      readonly name: string;
      readonly message: string;
    };

/** The id of the reply that tells that a thread has started. */
export const started = -1;
