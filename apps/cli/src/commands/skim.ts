import { basename } from 'node:path';
import { expandFiles } from '@countroom/lh5';
import {
  chooseRows,
  filesOfRows,
  readProduction,
  type SkimAxis,
  type SkimFiles,
  type SkimHistogram,
  type SkimQuery,
  skimHistogram,
  skimNeeds,
  skimOptions,
  skimToFile,
  withRuns,
} from '@countroom/stages';
import { namedText } from '../terminal/named-text.js';
import { ProgressBar } from '../terminal/progress-bar.js';
import { report } from '../terminal/report.js';
import { readStructuredFile } from '../terminal/structured-file.js';
import { textTable } from '../terminal/text-table.js';
import { UsageError } from '../terminal/usage-error.js';
import type { SkimArguments } from './skim.command.js';

/** Writes the file, or shows the histogram. Ctrl-C leaves nothing behind. */
export async function runSkim(options: SkimArguments): Promise<void> {
  const { out, histogram = [] } = options;
  if ((out === undefined) === (histogram.length === 0))
    throw new UsageError('give either --out for a file of rows, or --histogram');
  const query = await queryOf(options, histogram.length > 0);
  const runs = await (options.production === undefined
    ? runsOf(options)
    : chosenRuns(options, query, histogram));
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const bar = new ProgressBar('skim');
  const control = {
    signal: stop.signal,
    onProgress: (done: number, total: number): void => bar.update(done, total, 'rows'),
  };
  const started = performance.now();
  try {
    if (out === undefined) {
      const axes = histogram.map(axisOf);
      const made = await withRuns(runs, (opened) => skimHistogram(query, opened, axes, control));
      bar.end();
      report({ ok: true, runs: runs.length, ...made, counts: [...made.counts] }, textOf(made), options);
      return;
    }
    const { format, overwrite } = options;
    const result = await skimToFile(
      { query, runs, output: out, ...(format && { format }), overwrite: overwrite ?? false },
      control,
    );
    bar.end();
    const seconds = (performance.now() - started) / 1000;
    const missing = result.leftOut.length === 0 ? '' : `; left out (lists): ${result.leftOut.join(', ')}`;
    report(
      { ok: true, output: out, runs: runs.length, seconds, ...result },
      `${out}: ${result.rows} rows of ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}, ${seconds.toFixed(2)} s${missing}`,
      options,
    );
  } finally {
    bar.end();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

async function queryOf(options: SkimArguments, plot: boolean): Promise<SkimQuery> {
  const { query, column = [], cut = [], table = [], rows, keep, sample, seed } = options;
  const written = query === undefined ? {} : await readStructuredFile(query);
  if (typeof written !== 'object' || written === null) throw new UsageError(`${query ?? ''} holds no query`);
  const base = written as Partial<SkimQuery>;
  const columns = [...(base.columns ?? []), ...column];
  // A histogram reads its axes alone.
  if (plot && columns.length === 0) columns.push('run.index');
  const asked = {
    ...base,
    columns,
    cuts: [...(base.cuts ?? []), ...cut],
    tables: [...(base.tables ?? []), ...table],
    ...(rows && { rows }),
    ...(keep && { keep }),
    ...(sample === undefined ? {} : { sample: { rows: sample, ...(seed === undefined ? {} : { seed }) } }),
  };
  const checked = skimOptions.safeParse(asked);
  if (checked.success) return asked;
  const faults = checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new UsageError(`the query cannot be used: ${faults.join('; ')}`);
}

/** The k-th files of all tiers are those of one run. */
async function runsOf({ input = [], where, fact = [] }: SkimArguments): Promise<SkimFiles[]> {
  if (input.length === 0) throw new UsageError('give the files: --input, or --production');
  if (where !== undefined) throw new UsageError('--where chooses files of --production <list>');
  const facts = factsOf(fact);
  const tiers = new Map<string, string[]>();
  for (const text of input) {
    const [tier, files] = namedText(text, '--input');
    tiers.set(tier, [...(tiers.get(tier) ?? []), ...(await expandFiles(files))]);
  }
  const counts = [...tiers].map(([tier, files]) => `${files.length} of ${tier}`);
  const [first = []] = tiers.values();
  if ([...tiers.values()].some(({ length }) => length !== first.length))
    throw new UsageError(`--input: ${counts.join(', ')}: every tier needs one file per run`);
  return first.map((file, index) => ({
    files: Object.fromEntries([...tiers].map(([tier, files]) => [tier, files[index]!])),
    facts: { index, file: basename(file), ...facts },
  }));
}

/** Files of a list, of the tiers that the query names. */
async function chosenRuns(
  { production = [], where, input, fact = [] }: SkimArguments,
  query: SkimQuery,
  histogram: readonly string[],
): Promise<SkimFiles[]> {
  if (input !== undefined) throw new UsageError('give either --input or --production');
  const found = await readProduction(production);
  const rows = chooseRows(found, where);
  if (rows.length === 0)
    throw new UsageError(`--where ${where ?? ''}: no file of ${production.join(', ')} fits`);
  const axes = histogram.map((text) => axisOf(text).expression);
  const { tiers } = skimNeeds(skimOptions.parse({ ...query, columns: [...query.columns, ...axes] }));
  const facts = factsOf(fact);
  return filesOfRows(found, rows, tiers).map((run) => ({ ...run, facts: { ...run.facts, ...facts } }));
}

function factsOf(fact: readonly string[]): Record<string, number | string | boolean> {
  return Object.fromEntries(
    fact.map((text) => namedText(text, '--fact')).map(([name, value]) => [name, valueOf(value)]),
  );
}

function axisOf(text: string): SkimAxis {
  const [expression = '', bins = '100', min, max] = text.split(';').map((part) => part.trim());
  const limit = (given: string | undefined): number | undefined => {
    if (given === undefined || given === '') return undefined;
    if (!Number.isFinite(Number(given))) throw new UsageError(`--histogram ${text}: ${given} is no limit`);
    return Number(given);
  };
  return { expression, bins: Number(bins), min: limit(min), max: limit(max) };
}

function valueOf(text: string): number | string | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
}

const barWidth = 50;
const mostLines = 200;

function textOf({ axes, counts, entries, below, above, nan, mean, stdev }: SkimHistogram): string {
  const [x, y] = axes;
  const outside = `below ${below}, above ${above}, not finite ${nan}`;
  const head = `${x!.expression}${y === undefined ? '' : ` and ${y.expression}`}: ${entries} entries, ${outside}`;
  if (y !== undefined) return `${head}\n(give --json for the counts of two axes)`;
  const top = counts.reduce((most, count) => Math.max(most, count), 1);
  const width = (x!.max - x!.min) / x!.bins;
  const lines = Array.from(counts.subarray(0, mostLines), (count, bin) => [
    (x!.min + bin * width).toPrecision(6),
    String(count),
    '#'.repeat(Math.round((barWidth * count) / top)),
  ]);
  const spread = mean === null ? '' : `, mean ${mean.toPrecision(6)}, σ ${stdev!.toPrecision(4)}`;
  const cut = counts.length > mostLines ? [`(${counts.length - mostLines} more bins; give --json)`] : [];
  return [head + spread, textTable([x!.units ?? 'from', 'count', ''], lines), ...cut].join('\n');
}
