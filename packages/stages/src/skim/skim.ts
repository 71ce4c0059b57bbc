import { CancelledError, parseOptions, type TableReader } from '@countroom/pipeline';
import type { Table } from '@countroom/records';
import { BlockColumns } from './block-columns.js';
import { sourceBlocks, totalRows } from './blocks.js';
import { commonColumns } from './common-columns.js';
import { keepRows } from './row-block.js';
import { RowSample } from './sample.js';
import { type SkimOptions, type SkimQuery, skimOptions } from './skim-options.js';
import { SkimPlan } from './skim-plan.js';
import { openSource } from './skim-source.js';
import { needsOf, stage } from './skim-texts.js';

/** A run to take rows from: its files by tier, and what is known of it. */
export interface SkimRun {
  readonly inputs: ReadonlyMap<string, TableReader>;
  /** Values of `run.…`, below those of the query. */
  readonly facts?: SkimOptions['facts'];
}

/** What a skim listens to and tells. */
export interface SkimControl {
  readonly signal?: AbortSignal;
  /** Rows of the inputs that were gone through, of all that there are. */
  onProgress?(done: number, total: number): void;
}

/**
 * The rows of some runs that pass a query, block by block, one run after the other. Only the columns and files that the
 * query names are read, and of columns that no cut needs only the rows that pass. Memory does not grow with the number of
 * rows. The first block comes also when no row passes, so that the columns are known.
 * Throws a StageError with the place of every fault, and a CancelledError.
 */
export async function* skim(
  query: SkimQuery,
  runs: readonly SkimRun[],
  control: SkimControl = {},
): AsyncGenerator<Table> {
  const options = parseOptions({ name: stage, configSchema: skimOptions }, query);
  const plans = await Promise.all(runs.map((run) => planOf(options, run)));
  const perEvent = options.rows === 'events';
  const passes = options.sample === undefined ? 1 : 2;
  const total = passes * plans.reduce((sum, { source }) => sum + totalRows(source), 0);
  let done = 0;
  const blocks = async function* (plan: SkimPlan): AsyncGenerator<BlockColumns> {
    for await (const { block, read } of sourceBlocks(plan.source, options)) {
      if (control.signal?.aborted === true) throw new CancelledError('skim');
      yield await plan.passing(block);
      done += read;
      control.onProgress?.(done, total);
    }
  };
  const sample = options.sample && new RowSample(options.sample.rows, options.sample.seed);
  if (sample !== undefined) {
    for (const [run, plan] of plans.entries()) {
      for await (const { block } of blocks(plan)) sample.see(block, perEvent, run);
    }
  }
  const samples: Table[] = [];
  for (const plan of plans) samples.push(await plan.table(plan.empty()));
  const conform = commonColumns(samples, (run) => nameOf(runs[run]!, run));
  const [first] = samples;
  if (first !== undefined) yield conform(first);
  for (const [run, plan] of plans.entries()) {
    for await (const passing of blocks(plan)) {
      const columns = sample === undefined ? passing : chosenOf(passing, sample, perEvent, run, plan);
      const table = await plan.table(columns);
      if (table.rows > 0) yield conform(table);
    }
  }
}

function nameOf({ facts = {} }: SkimRun, run: number): string {
  const { detector, number } = facts;
  return number === undefined ? `run ${run + 1} of the list` : `run ${detector ?? ''}/${String(number)}`;
}

async function planOf(options: SkimOptions, { inputs, facts = {} }: SkimRun): Promise<SkimPlan> {
  const own = { ...options, facts: { ...facts, ...options.facts } };
  return SkimPlan.make(own, await openSource(own, needsOf(own), inputs), inputs);
}

function chosenOf(
  passing: BlockColumns,
  sample: RowSample,
  perEvent: boolean,
  run: number,
  { source }: SkimPlan,
): BlockColumns {
  const { block } = passing;
  const chosen = sample.chosen(block, perEvent, run);
  const all = (length: number): Uint8Array => new Uint8Array(length).fill(1);
  const kept = perEvent
    ? keepRows(block, chosen, all(block.hits.row.length))
    : keepRows(block, all(block.events.length), chosen);
  return new BlockColumns(kept, source, passing);
}
