import type { BuiltinEntry, CatalogueEntry } from '@countroom/dsp';
import type { ChainAnswer, ChainQuestion } from './inspector';
import type { JoinedRows } from './joined-tables';

/** Raw rows as bytes of a batch, and the rows of joined tables beside them. */
export interface SentRows {
  readonly bytes: ArrayBuffer | null;
  readonly joined: readonly JoinedRows<ArrayBuffer>[];
}

/** What the page says to the worker. Rows stay until others come. */
export type ToInspector =
  | ({ readonly kind: 'rows' } & SentRows)
  | { readonly kind: 'ask'; readonly id: number; readonly question: ChainQuestion };

/** What the worker says. */
export type FromInspector =
  | {
      readonly kind: 'ready';
      readonly catalogue: readonly CatalogueEntry[];
      readonly builtins: readonly BuiltinEntry[];
    }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: ChainAnswer }
  /** Nothing about the chain: the worker itself could not do its work. */
  | { readonly kind: 'fault'; readonly id: number | null; readonly message: string };
