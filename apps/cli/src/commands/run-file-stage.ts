import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { FileRun, FileRunResult, FileTimes, WriteMode } from '@countroom/stages';
import { ProgressBar } from '../terminal/progress-bar.js';
import { report } from '../terminal/report.js';
import { UsageError } from '../terminal/usage-error.js';

/** Options that all commands on files share. */
export interface FileStageOptions {
  readonly out: string;
  readonly overwrite?: boolean;
  readonly append?: boolean;
  readonly update?: boolean;
  readonly threads?: number;
  /** Rows that are read, worked on and written together. */
  readonly block?: number;
  readonly json?: boolean;
}

/** What a command may add to a run of a stage. */
export interface FileStageExtras {
  /** Instead of the stage of that name. */
  readonly stage?: FileRun['stage'];
  readonly times?: FileTimes;
  readonly through?: FileRun['through'];
  /** The input is still being written: read on at its end; the first Ctrl-C ends that, the second one gives up. */
  readonly follow?: { readonly idleMs?: number };
  /** The input may also be a stream: `tcp://host:port`, `-`. */
  readonly streams?: boolean;
  /** Keep what is needed to go on after the run was broken off. */
  readonly keep?: FileRun['keep'];
  /** Where files are to be that the options name. */
  readonly naming?: FileRun['naming'];
  /** Called with the result; what it returns goes into the report. */
  readonly conclude?: (result: FileRunResult, seconds: number) => Conclusion | Promise<Conclusion>;
}

/** What a command adds to its report. */
export interface Conclusion {
  readonly json: object;
  readonly text: string;
}

const modes = ['overwrite', 'append', 'update'] as const;

function modeOf(options: FileStageOptions): WriteMode {
  const given = modes.filter((mode) => options[mode] === true);
  if (given.length > 1) throw new UsageError(`give one of ${given.map((mode) => `--${mode}`).join(' and ')}`);
  if (given.length === 0 && existsSync(options.out)) {
    throw new UsageError(`${options.out} exists already; give --overwrite to replace it, or another --out`);
  }
  return given[0] === 'overwrite' ? 'replace' : (given[0] ?? 'new');
}

/** Runs a stage from file to file with a progress bar; Ctrl-C leaves nothing behind. */
export async function runFileStage(
  stageName: string,
  input: string,
  stageOptions: unknown,
  options: FileStageOptions,
  extras: FileStageExtras = {},
): Promise<void> {
  if (extras.streams !== true && !existsSync(input)) throw new Error(`${input}: there is no such file`);
  const mode = modeOf(options);
  const { isStream, runStageOnFile, stages } = await import('@countroom/stages');
  if (!isStream(input) && !existsSync(input)) throw new Error(`${input}: there is no such file`);
  const bar = new ProgressBar(stageName);
  const stop = new AbortController();
  const enough = new AbortController();
  const interrupt = (): void => {
    if ((extras.follow !== undefined || isStream(input)) && !enough.signal.aborted) {
      enough.abort();
      return;
    }
    stop.abort();
    // One more ends the process, should the work not stop.
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const started = performance.now();
  const run: FileRun = {
    stage: extras.stage ?? stages.get(stageName),
    options: stageOptions,
    input,
    output: options.out,
    mode,
    ...(extras.times === undefined ? {} : { times: extras.times }),
    ...(extras.through === undefined ? {} : { through: extras.through }),
    ...(extras.naming === undefined ? {} : { naming: extras.naming }),
    ...(extras.keep === undefined ? {} : { keep: extras.keep }),
    ...(extras.follow === undefined && !isStream(input)
      ? {}
      : { follow: { ...extras.follow, stop: enough.signal } }),
    ...(options.block === undefined ? {} : { blockRows: options.block }),
    threads: options.threads ?? (extras.times === undefined ? availableParallelism() : 1),
  };
  try {
    const result = await runStageOnFile(run, {
      signal: stop.signal,
      onProgress: ({ done, total, unit }) => {
        bar.update(done, total, unit);
      },
      onLog: (level, text) => {
        if (level === 'info' && options.json === true) return;
        bar.end();
        process.stderr.write(`${level === 'info' ? '' : `${level}: `}${text}\n`);
      },
    });
    bar.end();
    const seconds = (performance.now() - started) / 1000;
    const tables = result.tables
      .map(({ path, rows, file }) => `  ${file === undefined ? '' : `${file}:/`}${path}: ${rows} rows`)
      .join('\n');
    const more = await extras.conclude?.(result, seconds);
    report(
      { ok: true, stage: stageName, input, output: options.out, seconds, ...result, ...more?.json },
      `${options.out}: ${result.rows} rows in ${result.tables.length} tables, ${seconds.toFixed(2)} s\n${tables}${more?.text ?? ''}`,
      options,
    );
  } finally {
    bar.end();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}
