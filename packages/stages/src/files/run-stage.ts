import type { JsonValue } from '@countroom/contracts';
import { type Lh5Writer, lh5Backend, type StoreOptions } from '@countroom/lh5';
import {
  InlineExecutor,
  parseOptions,
  runBytes,
  type Stage,
  type StageControl,
  StageError,
  type StageSummary,
  ThreadExecutor,
} from '@countroom/pipeline';
import { lh5Sink, lh5Source } from './lh5-tables.js';
import { fileInput } from './read-chunks.js';

/** Rows that a stage sees of each table when it plans. */
const sampleRows = 64;

/** A run of one stage from one file to another. */
export interface FileRun {
  readonly stage: Stage;
  /** Options after the stage's schema; unknown keys are refused. */
  readonly options: unknown;
  readonly input: string;
  /** The LH5 file to make. It appears when it is complete, under no other name before. */
  readonly output: string;
  /** Replace an output that exists; otherwise that is an error. */
  readonly overwrite?: boolean;
  /** Threads for row stages: 0 works in the calling thread. */
  readonly threads?: number;
  readonly blockRows?: number;
  readonly store?: StoreOptions;
}

/** What a run made: tables, rows, and the stage's report on its input (null for row stages). */
export interface FileRunResult extends StageSummary {
  readonly report: JsonValue;
}

/** Where threads find the stages. */
export const stagesModule = new URL(
  import.meta.url.includes('/src/') ? '../../dist/index.js' : '../index.js',
  import.meta.url,
).href;

/**
 * Runs a stage over a file. The output is written under a temporary name and renamed when complete; after a failure or a
 * cancellation nothing is left behind.
 * Throws StageError, Lh5Error or a file system error that names the file, and CancelledError.
 */
export async function runStageOnFile(run: FileRun, control: StageControl = {}): Promise<FileRunResult> {
  const config = parseOptions(run.stage, run.options);
  const store: StoreOptions = run.store ?? { compression: { gzip: 4 } };
  const options = { ...store, ...(run.overwrite === undefined ? {} : { overwrite: run.overwrite }) };
  if (run.stage.work === 'bytes') {
    const { stage } = run;
    const input = await fileInput(run.input);
    return committing(await lh5Backend.createWriter(run.output, options), (writer) =>
      runBytes(stage, config, input, lh5Sink(writer), control),
    );
  }
  const { stage } = run;
  const reader = await lh5Backend.openReader(run.input);
  try {
    const source = lh5Source(reader);
    const plan = stage.plan(config, await source.tables(sampleRows));
    if (plan.tasks.length === 0) {
      throw new StageError(
        stage.name,
        `there is no table to work on in ${run.input}: ${plan.remarks.join('; ')}`,
      );
    }
    const threads = run.threads ?? 0;
    const executor =
      threads === 0 ? new InlineExecutor() : new ThreadExecutor({ threads, registryModule: stagesModule });
    const summary = await committing(await lh5Backend.createWriter(run.output, options), (writer) =>
      executor.run(stage, plan, source, lh5Sink(writer), {
        ...control,
        ...(run.blockRows === undefined ? {} : { blockRows: run.blockRows }),
      }),
    );
    return { ...summary, report: null };
  } finally {
    await reader.close();
  }
}

async function committing<T>(writer: Lh5Writer, work: (writer: Lh5Writer) => Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await work(writer);
  } catch (error) {
    await writer.abort();
    throw error;
  }
  await writer.close();
  return result;
}
