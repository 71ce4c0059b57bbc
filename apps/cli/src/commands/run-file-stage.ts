import { existsSync } from 'node:fs';
import type { FileRun } from '@countroom/stages';
import { ProgressBar } from '../terminal/progress-bar.js';
import { report } from '../terminal/report.js';
import { UsageError } from '../terminal/usage-error.js';

/** Options that all commands on files share. */
export interface FileStageOptions {
  readonly out: string;
  readonly overwrite?: boolean;
  readonly threads?: number;
  readonly json?: boolean;
}

/** Runs a stage from file to file with a progress bar; Ctrl-C leaves nothing behind. */
export async function runFileStage(
  stageName: string,
  input: string,
  stageOptions: unknown,
  options: FileStageOptions,
): Promise<void> {
  if (!existsSync(input)) throw new Error(`${input}: there is no such file`);
  if (options.overwrite !== true && existsSync(options.out)) {
    throw new UsageError(`${options.out} exists already; give --overwrite to replace it, or another --out`);
  }
  const { runStageOnFile, stages } = await import('@countroom/stages');
  const bar = new ProgressBar(stageName);
  const stop = new AbortController();
  const interrupt = (): void => {
    stop.abort();
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const started = performance.now();
  const run: FileRun = {
    stage: stages.get(stageName),
    options: stageOptions,
    input,
    output: options.out,
    ...(options.overwrite === undefined ? {} : { overwrite: options.overwrite }),
    ...(options.threads === undefined ? {} : { threads: options.threads }),
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
    const tables = result.tables.map(({ path, rows }) => `  ${path}: ${rows} rows`).join('\n');
    report(
      { ok: true, stage: stageName, input, output: options.out, seconds, ...result },
      `${options.out}: ${result.rows} rows in ${result.tables.length} tables, ${seconds.toFixed(2)} s\n${tables}`,
      options,
    );
  } finally {
    bar.end();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}
