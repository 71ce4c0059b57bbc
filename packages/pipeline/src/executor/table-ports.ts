import type { DataObject, NdArray, Table } from '@countroom/records';
import type { InputTable, OutputTarget } from '../stage/stage.js';

/** Where a row stage reads from. */
export interface TableSource {
  /** Name for error texts, usually the file. */
  readonly name: string;
  /** Every table of the input with its first rows, at most `sampleRows`. */
  tables(sampleRows: number): Promise<InputTable[]>;
  /** How another thread opens the same tables (see RowThreadModule): must survive a structured clone. Absent: it cannot. */
  readonly elsewhere?: unknown;
  /** A table (or a range of its rows) in blocks of at most `blockRows` rows, in order; arrays are the receiver's own unless
   * `reuse` allows to use the memory of a block again for later ones. Without rows there is one empty block. */
  blocks(
    path: string,
    options: {
      readonly columns?: readonly string[];
      readonly rows?: readonly [start: number, stop: number];
      readonly blockRows: number;
      readonly reuse?: boolean;
    },
  ): AsyncIterable<{ readonly start: number; readonly rows: Table }>;
}

/** Where a stage writes to. */
export interface TableSink {
  /** Nothing of what it was given is used when a call has resolved: the memory may be used again. */
  readonly copies?: boolean;
  /** Adds rows behind those of the table (or array) at `path`, which the first call creates. */
  append(path: string, rows: Table | NdArray, target?: OutputTarget): Promise<void>;
  /** Writes an object once. */
  write(path: string, object: DataObject, target?: OutputTarget): Promise<void>;
}

/** How far a run of a stage is. */
export interface StageProgress {
  readonly done: number;
  /** Null when not known. */
  readonly total: number | null;
  readonly unit: 'rows' | 'bytes' | 'points';
  /** The table being worked on, or empty. */
  readonly table: string;
}

/** What a run of a stage made. */
export interface StageSummary {
  /** `file` only when it is another one than the output of the run. */
  readonly tables: readonly { readonly path: string; readonly rows: number; readonly file?: string }[];
  /** Rows over all tables. */
  readonly rows: number;
  /** Rows or bytes read. */
  readonly read: number;
}

/** What a stage run tells and listens to. */
export interface StageControl {
  readonly signal?: AbortSignal;
  onProgress?(progress: StageProgress): void;
  onLog?(level: 'info' | 'warning' | 'error', text: string): void;
}
