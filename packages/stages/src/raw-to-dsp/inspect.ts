import type { ChainExplanation } from '@countroom/dsp';
import { lh5Backend } from '@countroom/lh5';
import type { RowStage } from '@countroom/pipeline';
import { lh5Source, sampleRows } from '../files/lh5-tables.js';
import { type ChainPayload, chainKernel, planTask } from './chain-kernel.js';
import type { RawToDspOptions } from './options.js';
import { prepareRawToDsp } from './prepare.js';
import { rawToDsp } from './raw-to-dsp.stage.js';

/** How a table of a file would be processed. */
export interface ExplainedTable {
  readonly input: string;
  readonly output: string;
  /** Columns that are read. */
  readonly columns: readonly string[];
  readonly warnings: readonly string[];
  readonly chain: ChainExplanation;
}

/** What raw_to_dsp would do with a file, without doing it. */
export interface ExplainedFile {
  readonly tables: readonly ExplainedTable[];
  /** Tables that are left out and why. */
  readonly remarks: readonly string[];
}

/** Plans raw_to_dsp for a file and tells what was settled. Throws as a run would. */
export async function explainRawToDsp(input: string, options: unknown): Promise<ExplainedFile> {
  const prepared = await prepareRawToDsp(input, options);
  const reader = await lh5Backend.openReader(input);
  try {
    const source = prepared.through(lh5Source(reader));
    const { tasks, remarks } = rawToDsp.plan(prepared.options, await source.tables(sampleRows));
    const tables = tasks.map((task): ExplainedTable => {
      const { explanation, warnings } = planTask(task.input, task.payload as ChainPayload);
      const { input: table, output, columns = [] } = task;
      return { input: table, output, columns, warnings, chain: explanation };
    });
    return { tables, remarks };
  } finally {
    await reader.close();
    await prepared.close();
  }
}

/** Milliseconds by processor key, per table. */
export type TableTimes = Map<string, Map<string, number>>;

/** raw_to_dsp that adds up the time of every processor. It must run in the thread that asks, so without others. */
export function profiledRawToDsp(times: TableTimes): RowStage<RawToDspOptions> {
  return {
    ...rawToDsp,
    kernel(task) {
      const own = times.get(task.input) ?? new Map<string, number>();
      times.set(task.input, own);
      return chainKernel(task, { clock: () => performance.now(), times: own });
    },
  };
}
