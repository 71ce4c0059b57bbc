import type { RowFileFormat } from '@countroom/contracts';
import type { ReadingFault, SkimFilesAsked } from '../data/reading/readings.js';

/** What a thread is to make a file of. */
export type RowFileAsk = { readonly format: RowFileFormat } & (
  | {
      readonly about: 'query';
      readonly runs: readonly SkimFilesAsked[];
      readonly query: Readonly<Record<string, unknown>>;
    }
  | {
      readonly about: 'table';
      readonly file: string;
      readonly path: string;
      readonly cut: string | undefined;
    }
);

/** What the thread answers each time when it is asked for more. */
export type RowFilePart =
  | { readonly kind: 'part'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' }
  | { readonly kind: 'fault'; readonly fault: ReadingFault };
