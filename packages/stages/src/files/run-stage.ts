import { existsSync } from 'node:fs';
import type { JsonValue } from '@countroom/contracts';
import { type Lh5Writer, lh5Backend, type StoreOptions } from '@countroom/lh5';
import {
  InlineExecutor,
  parseOptions,
  type Stage,
  type StageControl,
  StageError,
  type StageSummary,
  type TableSource,
  ThreadExecutor,
} from '@countroom/pipeline';
import { committing } from './committing.js';
import { type FileTimes, timedSink, timedSource } from './file-times.js';
import { type Keeping, keepExisting } from './keep-existing.js';
import type { KeepRun } from './keep-run.js';
import { lh5Sink, lh5Source, sampleRows } from './lh5-tables.js';
import type { FileNaming } from './output-files.js';
import type { FollowInput } from './read-chunks.js';
import { refuseInput } from './refuse-input.js';
import { runByteStage } from './run-byte-stage.js';

/**
 * What becomes of an output that exists: `new` fails; `replace` makes another file in its place; `append` keeps it and
 * adds rows behind those of its tables; `update` keeps it but for the tables that are made again.
 */
export type WriteMode = 'new' | 'replace' | 'append' | 'update';

/** A run of one stage from one file to another. */
export interface FileRun {
  /** A row or byte stage. */
  readonly stage: Stage;
  /** Options after the stage's schema; unknown keys are refused. */
  readonly options: unknown;
  readonly input: string;
  /** The LH5 file to make. It appears when it is complete, under no other name before. */
  readonly output: string;
  /** What becomes of an output that exists; `new` when absent. Byte stages cannot append or update. */
  readonly mode?: WriteMode;
  /** Filled with the milliseconds that reading and writing take (not for byte stages). */
  readonly times?: FileTimes;
  /** Stands between the input and a row stage, for example to put columns of other files beside its own. */
  readonly through?: (source: TableSource) => TableSource;
  /** Threads for row stages, with the calling one; others are started where enough work is left. 1 when absent. */
  readonly threads?: number;
  readonly blockRows?: number;
  readonly store?: StoreOptions;
  /** Where files are to be that the options name (byte stages only); without it such options are refused. */
  readonly naming?: FileNaming;
  /** The input is still being written: read on at its end (byte stages only). */
  readonly follow?: FollowInput;
  /** Keep what is needed to go on after the run was broken off (byte stages only). */
  readonly keep?: KeepRun;
}

/** What a run made: tables, rows, and the stage's report on its input (null for row stages). */
export interface FileRunResult extends StageSummary {
  readonly report: JsonValue;
}

/** What threads load: built code, also when this file itself is run from source. */
const threadModule = new URL(
  import.meta.url.includes('/src/') ? '../../dist/files/row-threads.js' : './row-threads.js',
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
  const mode = run.mode ?? 'new';
  const options = { ...store, overwrite: mode !== 'new' };
  if (mode === 'replace') refuseInput(run.stage.name, run.output, [run.input]);
  if (run.stage.work === 'bytes') {
    const { stage } = run;
    if (mode === 'append' || mode === 'update')
      throw new StageError(stage.name, 'makes whole files only: replace the output, or give it another name');
    return runByteStage(stage, config, run, options, control);
  }
  const { stage } = run;
  if (stage.work === 'tables') throw new StageError(stage.name, 'reads several inputs, not one file');
  const reader = await lh5Backend.openReader(run.input);
  try {
    const own = lh5Source(reader);
    const source = timedSource(run.through?.(own) ?? own, run.times);
    const plan = stage.plan(config, await source.tables(sampleRows));
    if (plan.tasks.length === 0) {
      throw new StageError(
        stage.name,
        `there is no table to work on in ${run.input}: ${plan.remarks.join('; ')}`,
      );
    }
    const threads = run.threads ?? 1;
    const executor =
      threads <= 1 ? new InlineExecutor() : new ThreadExecutor({ threads, module: threadModule });
    const summary = await committing(await lh5Backend.createWriter(run.output, options), async (writer) => {
      if (mode === 'append' || mode === 'update')
        await keep(run.output, writer, { mode, stage: stage.name, plan });
      return executor.run(stage, plan, source, timedSink(lh5Sink(writer), run.times), {
        ...control,
        ...(run.blockRows === undefined ? {} : { blockRows: run.blockRows }),
      });
    });
    return { ...summary, report: null };
  } finally {
    await reader.close();
  }
}

/** Copies what the output holds already, if there is one. */
async function keep(output: string, writer: Lh5Writer, keeping: Keeping): Promise<void> {
  if (!existsSync(output)) return;
  const existing = await lh5Backend.openReader(output);
  try {
    await keepExisting(existing, writer, keeping);
  } finally {
    await existing.close();
  }
}
