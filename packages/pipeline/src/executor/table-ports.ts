import type { DataObject, Table } from '@countroom/records';
import type { InputTable } from '../stage/stage.js';

/** Where a row stage reads from. */
export interface TableSource {
  /** Name for error texts, usually the file. */
  readonly name: string;
  /** Every table of the input with its first rows, at most `sampleRows`. */
  tables(sampleRows: number): Promise<InputTable[]>;
  /** A table in blocks of at most `blockRows` rows, in order; arrays are the receiver's own. An empty table gives one
   * block without rows, so that its output exists too. */
  blocks(
    path: string,
    options: { readonly columns?: readonly string[]; readonly blockRows: number },
  ): AsyncIterable<{ readonly start: number; readonly rows: Table }>;
}

/** Where a stage writes to. */
export interface TableSink {
  /** Adds rows behind those of the table at `path`, which the first call creates. */
  append(path: string, rows: Table): Promise<void>;
  /** Writes an object once. */
  write(path: string, object: DataObject): Promise<void>;
}

/** How far a run of a stage is. */
export interface StageProgress {
  readonly done: number;
  /** Null when not known. */
  readonly total: number | null;
  readonly unit: 'rows' | 'bytes';
  /** The table being worked on, or empty. */
  readonly table: string;
}

/** What a run of a stage made. */
export interface StageSummary {
  readonly tables: readonly { readonly path: string; readonly rows: number }[];
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
