import { lh5Backend, type StoreOptions } from '@countroom/lh5';
import {
  parseOptions,
  portsOf,
  runTables,
  type StageControl,
  StageError,
  type TableReader,
  type TableStage,
} from '@countroom/pipeline';
import { committing } from './committing.js';
import { joinedReader } from './lh5-reader.js';
import { lh5Sink } from './lh5-tables.js';
import { OpenFiles } from './open-files.js';
import { refuseInput } from './refuse-input.js';
import type { FileRunResult } from './run-stage.js';

/** A run of a table stage from files to a file. */
export interface TableFileRun {
  readonly stage: TableStage;
  /** Options after the stage's schema; unknown keys are refused. */
  readonly options: unknown;
  /** LH5 files by data kind; the tables of several files are read as those of one. */
  readonly inputs: Readonly<Record<string, string | readonly string[]>>;
  /** The LH5 file to make. It appears when it is complete. */
  readonly output: string;
  /** Replace an output that exists; otherwise that is an error. */
  readonly overwrite?: boolean;
  readonly store?: StoreOptions;
  /** Threads, with the calling one. 1 when absent. */
  readonly threads?: number;
}

/**
 * Runs a table stage over files. After a failure or a cancellation nothing is left behind.
 * Throws StageError, Lh5Error or a file system error that names the file, and CancelledError.
 */
export async function runTableStageOnFiles(
  run: TableFileRun,
  control: StageControl = {},
): Promise<FileRunResult> {
  const { stage } = run;
  const config = parseOptions(stage, run.options);
  const kinds = [stage.dependsOn, ...(stage.alsoReads ?? [])];
  for (const kind of Object.keys(run.inputs)) {
    if (!kinds.includes(kind)) throw new StageError(stage.name, `reads ${kinds.join(', ')}, not ${kind}`);
  }
  for (const port of portsOf(stage, config)) {
    if (run.inputs[port] === undefined) throw new StageError(stage.name, `needs a ${port} file`);
  }
  refuseInput(stage.name, run.output, Object.values(run.inputs).flat());
  const files = new OpenFiles();
  const open = (file: string): Promise<TableReader> => files.open(file);
  const count = stage.overRuns?.count(config) ?? 0;
  try {
    const inputs =
      count === 0
        ? await inputsOfRun(stage.name, run.inputs, open)
        : await inputsOfRuns(stage.name, run.inputs, count, open);
    const store: StoreOptions = run.store ?? { compression: { gzip: 4 } };
    const writer = await lh5Backend.createWriter(run.output, { ...store, overwrite: run.overwrite ?? false });
    return await committing(writer, () =>
      runTables(stage, config, inputs, lh5Sink(writer), { ...control, threads: run.threads ?? 1 }),
    );
  } finally {
    await files.close();
  }
}

type Files = TableFileRun['inputs'];
type Open = (file: string) => Promise<TableReader>;

async function inputsOfRun(stage: string, files: Files, open: Open): Promise<Map<string, TableReader>> {
  const inputs = new Map<string, TableReader>();
  for (const [kind, named] of Object.entries(files)) {
    const parts: TableReader[] = [];
    for (const file of typeof named === 'string' ? [named] : named) parts.push(await open(file));
    inputs.set(kind, await joinedReader(stage, parts));
  }
  return inputs;
}

/** File k of every port belongs to run k. */
async function inputsOfRuns(
  stage: string,
  files: Files,
  count: number,
  open: Open,
): Promise<Map<string, TableReader>[]> {
  const runs = Array.from({ length: count }, () => new Map<string, TableReader>());
  for (const [kind, named] of Object.entries(files)) {
    const all = typeof named === 'string' ? [named] : named;
    if (all.length !== count)
      throw new StageError(
        stage,
        `its options name ${count} runs, but there are ${all.length} ${kind} files`,
      );
    for (const [k, file] of all.entries()) runs[k]!.set(kind, await open(file));
  }
  return runs;
}
