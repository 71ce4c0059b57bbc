import type { JsonValue } from '@countroom/contracts';

/** What a stage thread is started with. */
export interface StageThreadData {
  readonly stage: string;
  readonly options: JsonValue;
  /** Files by port. */
  readonly inputs: Readonly<Record<string, readonly string[]>>;
  readonly output: string;
  readonly threads: number;
}

/** Any message to the thread means: stop. */
export const stopMessage = 'stop';

/** From the thread. */
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
