import type { JsonValue } from '@countroom/contracts';
import type { DataObject, Table } from '@countroom/records';
import type {
  ByteStage,
  InputTable,
  OutputArray,
  OutputObject,
  OutputRows,
  RowStage,
  StageDeclaration,
} from './stage.js';

/** Tables that can be read in any order. */
export interface TableReader {
  /** Name for error texts, usually the file. */
  readonly name: string;
  /** Every table of the input with its first rows, at most `sampleRows`. */
  tables(sampleRows: number): Promise<readonly InputTable[]>;
  /** Rows of a table, the second one not included; rows behind the end are left out. Arrays are the receiver's own. */
  read(
    path: string,
    rows: readonly [start: number, stop: number],
    columns?: readonly string[],
  ): Promise<Table>;
  /** Single rows by number, rising; where it is absent, ranges have to be read and cut down. */
  pick?(path: string, rows: Int32Array, columns?: readonly string[]): Promise<Table>;
  /** Something of the input that is no table, such as `run/info`; undefined when it is not there. */
  object?(path: string): Promise<DataObject | undefined>;
}

/** How a table stage tells what it does. */
export interface TableContext {
  readonly signal: AbortSignal;
  /** How many rows, or points of a search, of how many are done. */
  progress(done: number, total: number, unit?: 'rows' | 'points'): void;
  log(level: 'info' | 'warning', text: string): void;
  /** Threads that it may use, with the calling one; 1 when absent. They do not change what it makes. */
  readonly threads?: number;
}

/**
 * A stage that reads several tables, of several inputs, at once: merges, joins, events. It reads in parts, so that
 * memory does not grow with the number of rows.
 */
export interface TableStage<Config = unknown> extends StageDeclaration<Config> {
  readonly work: 'tables';
  /**
   * Yields rows in order, and objects, and returns a report.
   * @param inputs one entry per data kind that is given
   * Throws when options and inputs do not fit, naming option, table or column and the way out.
   */
  run(
    config: Config,
    inputs: ReadonlyMap<string, TableReader>,
    context: TableContext,
  ): AsyncGenerator<OutputRows | OutputArray | OutputObject, JsonValue>;
  /** For stages whose result can be about several runs at once. */
  readonly overRuns?: OverRuns<Config>;
}

/** A result about several runs: every port has one data set per run, in the order in which the options name the runs. */
export interface OverRuns<Config> {
  /** How many runs the options name; 0 when they name none, and the result is about the run whose data it reads. */
  count(config: Config): number;
  /** Options that name runs, with what is known of each. */
  named(config: Config, runs: readonly RunFacts[]): Config;
  /** As {@link TableStage.run}, with the inputs of each run. */
  run(
    config: Config,
    runs: readonly ReadonlyMap<string, TableReader>[],
    context: TableContext,
  ): AsyncGenerator<OutputRows | OutputArray | OutputObject, JsonValue>;
}

/** A run and what is known of it. */
export interface RunFacts {
  readonly detector: string;
  readonly number: number;
  readonly facts: Readonly<Record<string, number | string | boolean>>;
}

/** A stage that reads one input. */
export type FileStage<Config = unknown> = RowStage<Config> | ByteStage<Config>;

/** Any stage. */
export type Stage<Config = unknown> = FileStage<Config> | TableStage<Config>;
