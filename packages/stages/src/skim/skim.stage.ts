import type { TableContext, TableStage } from '@countroom/pipeline';
import { type SkimRun, skim } from './skim.js';
import { type SkimOptions, skimOptions } from './skim-options.js';
import { needsOf, stage } from './skim-texts.js';

/** Chosen rows and columns of any tiers as one flat table. */
export const skimStage: TableStage<SkimOptions> = {
  name: stage,
  version: '1',
  title: 'Skim',
  description: 'Rows that pass cuts over several tiers, with the columns that are asked for, as one table.',
  dependsOn: 'hit',
  alsoReads: ['evt', 'tcm', 'dsp', 'raw'],
  reads: (options) => needsOf(options, true).tiers,
  provides: 'skim',
  configSchema: skimOptions,
  untracked: ['rowsAtOnce'],
  work: 'tables',
  run: (options, inputs, context) => rowsOf(options, [{ inputs }], context),
  overRuns: {
    count: ({ runs }) => runs.length,
    named: (options, runs) => ({
      ...options,
      runs: runs.map((run) => ({ ...run, facts: { ...run.facts } })),
    }),
    run: (options, runs, context) =>
      rowsOf(
        options,
        runs.map((inputs, k) => ({ inputs, facts: options.runs[k]?.facts ?? {} })),
        context,
      ),
  },
};

async function* rowsOf(
  options: SkimOptions,
  runs: readonly SkimRun[],
  context: TableContext,
): ReturnType<TableStage['run']> {
  let rows = 0;
  let read = 0;
  const control = {
    signal: context.signal,
    onProgress: (done: number, total: number): void => {
      read = done;
      context.progress(done, total);
    },
  };
  for await (const table of skim(options, runs, control)) {
    rows += table.rows;
    yield { path: options.name, rows: table };
  }
  return { rows, read };
}
