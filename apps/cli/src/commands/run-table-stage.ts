import { existsSync } from 'node:fs';
import { ProgressBar } from '../terminal/progress-bar.js';
import { report } from '../terminal/report.js';
import { UsageError } from '../terminal/usage-error.js';

/** Options that all commands on several files share. */
export interface TableStageOptions {
  readonly out: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

/** Runs a stage over files of several data kinds with a progress bar; Ctrl-C leaves nothing behind. */
export async function runTableStage(
  name: 'build_tcm' | 'hit_to_evt' | 'find_pulses',
  inputs: Readonly<Record<string, string>>,
  stageOptions: unknown,
  options: TableStageOptions,
): Promise<void> {
  for (const file of Object.values(inputs)) {
    if (!existsSync(file)) throw new Error(`${file}: there is no such file`);
  }
  if (options.overwrite !== true && existsSync(options.out)) {
    throw new UsageError(`${options.out} exists already; give --overwrite to replace it, or another --out`);
  }
  const { buildTcm, findPulses, hitToEvt, runTableStageOnFiles } = await import('@countroom/stages');
  const stage = { build_tcm: buildTcm, hit_to_evt: hitToEvt, find_pulses: findPulses }[name];
  const bar = new ProgressBar(name);
  const stop = new AbortController();
  const interrupt = (): void => {
    stop.abort();
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const started = performance.now();
  try {
    const result = await runTableStageOnFiles(
      { stage, options: stageOptions, inputs, output: options.out, overwrite: options.overwrite ?? false },
      {
        signal: stop.signal,
        onProgress: ({ done, total, unit }) => {
          bar.update(done, total, unit);
        },
        onLog: (level, text) => {
          bar.end();
          process.stderr.write(`${level === 'info' ? '' : `${level}: `}${text}\n`);
        },
      },
    );
    bar.end();
    const seconds = (performance.now() - started) / 1000;
    report(
      { ok: true, stage: name, inputs, output: options.out, seconds, ...result },
      `${options.out}: ${result.rows} events, ${seconds.toFixed(2)} s`,
      options,
    );
  } finally {
    bar.end();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}
