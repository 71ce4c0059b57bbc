import type { JsonValue } from '@countroom/contracts';

/** What a stage thread works on. */
export interface StageThreadData {
  readonly stage: string;
  readonly options: JsonValue;
  /** Files by port. */
  readonly inputs: Readonly<Record<string, readonly string[]>>;
  readonly output: string;
  readonly threads: number;
}

/** To the thread. `stop` is about the run that it works on, if there is one. */
export type StageThreadOrder =
  | { readonly type: 'run'; readonly data: StageThreadData }
  | { readonly type: 'stop' };

/** From the thread: of each run at last `done`, after which it waits for another, or `failed`, after which it ends. */
export type StageThreadMessage =
  | {
      readonly type: 'progress';
      readonly done: number;
      readonly total: number | null;
      readonly unit: string;
      readonly table: string;
    }
  | { readonly type: 'log'; readonly level: 'info' | 'warning' | 'error'; readonly text: string }
  | {
      readonly type: 'done';
      readonly rows: number;
      readonly tables: readonly { readonly path: string; readonly rows: number }[];
      readonly report: JsonValue;
      readonly sha256: string;
      readonly bytes: number;
    }
  | { readonly type: 'failed'; readonly cancelled: boolean; readonly message: string };
