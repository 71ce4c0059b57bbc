import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AnalysisReport,
  type AnalysisSummary,
  analysisReport,
  analysisSummary,
} from '@countroom/contracts';
import { lh5Backend } from '@countroom/lh5';
import { parseOptions, portsOf } from '@countroom/pipeline';
import { runTableStageOnFiles, stages } from '@countroom/stages';
import { ProgressBar } from '../../terminal/progress-bar.js';
import { isRecord, over } from '../../terminal/records.js';
import { report } from '../../terminal/report.js';
import { readStructuredFile } from '../../terminal/structured-file.js';
import { UsageError } from '../../terminal/usage-error.js';
import { reportText } from './report-text.js';
import { optionsOf } from './schema-flags.js';
import { schemaOf } from './stage-flags.js';

/** Options that all analyses share; the others are those of their stages. */
export interface AnalysisArguments {
  readonly out?: string;
  readonly report?: string;
  readonly options?: string;
  readonly threads?: number;
  readonly overwrite?: boolean;
  readonly json?: boolean;
  readonly [stageOption: string]: unknown;
}

/** Analyses the tables of a file, tells what was found, and keeps it. Fails when nothing was found in any table. */
export async function runAnalysis(name: string, input: string, options: AnalysisArguments): Promise<void> {
  if (!existsSync(input)) throw new Error(`${input}: there is no such file`);
  for (const file of [options.out, options.report]) {
    if (file !== undefined && existsSync(file) && options.overwrite !== true)
      throw new UsageError(`${file} exists already; give --overwrite to replace it, or another name`);
  }
  const given = optionsOf(schemaOf(name), options);
  const stageOptions = options.options === undefined ? given : over(await optionsIn(options.options), given);
  const scratch = await mkdtemp(join(tmpdir(), 'countroom-analysis-'));
  try {
    const output = options.report ?? join(scratch, 'report.lh5');
    const summary = await analyse(name, input, output, stageOptions, options);
    const found = summary.tables.filter(({ verdict }) => verdict !== 'failed');
    if (found.length === 0) {
      const reasons = summary.tables.map(({ table, remarks }) => `${table}: ${remarks.join('; ')}`);
      throw new Error(`nothing was found in any table: ${reasons.join('; ')}`);
    }
    if (options.out !== undefined)
      await writeFile(options.out, `${JSON.stringify(summary.content, null, 2)}\n`);
    const reports = await reportsIn(output, summary);
    const { analysis, title, set, content } = summary;
    report(
      { ok: true, file: input, analysis, title, set, tables: reports.map(withoutPlots), content },
      reports.map(reportText).join('\n\n'),
      options,
    );
  } finally {
    await rm(scratch, { recursive: true });
  }
}

async function analyse(
  name: string,
  input: string,
  output: string,
  stageOptions: object,
  options: AnalysisArguments,
): Promise<AnalysisSummary> {
  const stage = stages.get(name);
  if (stage.work !== 'tables') throw new TypeError(`${name} is no analysis of tables`);
  const [main, ...further] = portsOf(stage, parseOptions(stage, stageOptions));
  const inputs: Record<string, string> = { [main!]: input };
  for (const port of further) {
    const file = options[port];
    if (typeof file !== 'string')
      throw new UsageError(`these options need a ${port} file as well: give --${port}`);
    inputs[port] = file;
  }
  const bar = new ProgressBar(name);
  const stop = new AbortController();
  const interrupt = (): void => {
    stop.abort();
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    const result = await runTableStageOnFiles(
      {
        stage,
        options: stageOptions,
        inputs,
        output,
        overwrite: options.overwrite ?? false,
        threads: options.threads ?? availableParallelism(),
      },
      {
        signal: stop.signal,
        onProgress: ({ done, total, unit }) => {
          bar.update(done, total, unit);
        },
      },
    );
    return analysisSummary.parse(result.report);
  } finally {
    bar.end();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

async function reportsIn(file: string, { tables }: AnalysisSummary): Promise<AnalysisReport[]> {
  const reader = await lh5Backend.openReader(file);
  try {
    const reports: AnalysisReport[] = [];
    for (const { path } of tables) {
      const object = await reader.read(path);
      if (object.kind !== 'scalar') throw new TypeError(`${file}: ${path} is no report`);
      reports.push(analysisReport.parse(JSON.parse(String(object.value))));
    }
    return reports;
  } finally {
    await reader.close();
  }
}

async function optionsIn(file: string): Promise<Record<string, unknown>> {
  const content = await readStructuredFile(file);
  if (!isRecord(content)) throw new UsageError(`${file}: options are an object of names and values`);
  return content;
}

function withoutPlots({
  plots,
  ...rest
}: AnalysisReport): Omit<AnalysisReport, 'plots'> & { readonly plots: string[] } {
  return { ...rest, plots: plots.map(({ name }) => name) };
}
