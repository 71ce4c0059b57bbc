import type { JsonValue } from '@countroom/contracts';
import type { DataObject, NdArray, Table } from '@countroom/records';
import type { z } from 'zod';

/** What every stage says about itself. A declaration is frozen data: it holds no state and does no I/O. */
export interface StageDeclaration<Config> {
  /** Unique name, for example `raw_to_dsp`. */
  readonly name: string;
  /** Changes whenever the same input and options give other output. */
  readonly version: string;
  readonly title: string;
  readonly description: string;
  /** Data kind that it reads; with `reads`, the one that it reads unless its options say another. */
  readonly dependsOn: string;
  /** Data kinds that options can make it read as well, or instead. */
  readonly alsoReads?: readonly string[];
  /** Data kinds that it reads with these options, the main one first, each once. Absent: `dependsOn` alone. */
  reads?(config: Config): readonly string[];
  /** Data kind that it makes. */
  readonly provides: string;
  /** Options; unknown keys are refused. Fields carry title, description, unit and range for forms. */
  readonly configSchema: z.ZodType<Config>;
  /** Top-level options that do not change the result (number of threads, names of outputs …): not in the lineage. */
  readonly untracked: readonly string[];
}

/** A table of the input: its path, how many rows, and its first rows as a sample of columns, types, units, grids. */
export interface InputTable {
  readonly path: string;
  readonly rows: number;
  /** The first rows of the table, at least one when it has any. */
  readonly sample: Table;
}

/** One table to make out of one table. `payload` must survive a structured clone: kernels in threads get a copy. */
export interface RowTask {
  readonly input: string;
  readonly output: string;
  /** Columns to read (nested ones as `waveform/values`; a name stands for all below); all when absent. */
  readonly columns?: readonly string[];
  /** Rows to work on, the second one not included; all when absent. */
  readonly rows?: readonly [start: number, stop: number];
  /** Rows that are best read and worked on together; 1024 when absent. */
  readonly blockRows?: number;
  readonly payload: unknown;
}

/** What a row stage is going to do with an input. */
export interface RowPlan {
  readonly tasks: readonly RowTask[];
  /** Objects to write beside the tables, once, for example how they were made. */
  readonly documents: readonly { readonly path: string; readonly object: DataObject }[];
  /** Remarks for the log: skipped tables, ignored outputs. */
  readonly remarks: readonly string[];
}

/** Makes output rows out of input rows. It may keep scratch memory between calls, but no memory of rows. */
export interface RowKernel {
  /**
   * Output for a block of rows. Arrays in the result are new: the caller may transfer them. Row r of the result belongs to
   * row r of the block; where the blocks are cut must not change the result.
   * @param firstRow position of the block in the input table, for error texts
   */
  process(block: Table, firstRow: number): Table;
}

/** A stage that works row by row on tables: its blocks may be dealt to threads. */
export interface RowStage<Config = unknown> extends StageDeclaration<Config> {
  readonly work: 'rows';
  /** Throws when options and input do not fit, naming option or column and the way out. */
  plan(config: Config, tables: readonly InputTable[]): RowPlan;
  /** A kernel for one task; called once per task and thread. */
  kernel(task: RowTask): Promise<RowKernel> | RowKernel;
}

/** Bytes of a recording and what is known of it. */
export interface ByteInput {
  readonly name: string;
  /** Size; null when it is still growing or unknown. */
  readonly bytes: number | null;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** The same without the first bytes, for inputs that need not be read from their beginning. */
  from?(offset: number): AsyncIterable<Uint8Array>;
}

/** Where an earlier run with the same input and options was broken off. */
export interface EarlierRun {
  /** Its last mark. */
  readonly mark: JsonValue;
  /** The rows that it wrote before the mark, table by table. */
  rows(): AsyncIterable<OutputRows>;
}

/** How a byte stage tells what it does. */
export interface ByteContext {
  readonly signal: AbortSignal;
  progress(bytes: number): void;
  log(level: 'info' | 'warning', text: string): void;
  /** Input between two marks, bytes; absent when nobody wants marks. */
  readonly markBytes?: number;
  /** The run that this one goes on for. */
  readonly earlier?: EarlierRun;
  /** Nobody uses the arrays of an output any more when the next one is asked for. */
  readonly reuse?: boolean;
}

/** Where and how something is stored beside its path, for sinks that can do it. */
export interface OutputTarget {
  /** Name of another file than the output of the run. */
  readonly file?: string;
  /** Storage options of columns by path, in the words of the stage's options. */
  readonly storage?: Readonly<Record<string, unknown>>;
}

/** Rows for a table of the output, in order. */
export interface OutputRows extends OutputTarget {
  readonly path: string;
  readonly rows: Table;
}

/** Numbers for an array of the output that stands in no table, in order. */
export interface OutputArray extends OutputTarget {
  readonly path: string;
  readonly array: NdArray;
  /** Whether its rows are those of the output. */
  readonly counts: boolean;
}

/** Something that is written once, such as the header of a recording. */
export interface OutputObject extends OutputTarget {
  readonly path: string;
  readonly object: DataObject;
}

/** A place at which a run can be gone on with: everything that was yielded before it belongs to the part that is done. */
export interface OutputMark {
  /** What the stage must remember. */
  readonly mark: JsonValue;
}

/** A stage that turns the bytes of a recording into tables. */
export interface ByteStage<Config = unknown> extends StageDeclaration<Config> {
  readonly work: 'bytes';
  /** Yields rows in order, objects and marks, and returns a report on the input. Bad bytes are reported, not thrown. */
  run(
    config: Config,
    input: ByteInput,
    context: ByteContext,
  ): AsyncGenerator<OutputRows | OutputObject | OutputMark, JsonValue>;
}
