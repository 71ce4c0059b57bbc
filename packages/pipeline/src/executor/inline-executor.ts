import type { RowKernel, RowPlan, RowStage } from '../stage/stage.js';
import type { RowExecutor } from './executor.js';
import { runRows } from './row-run.js';
import type { StageControl, StageSummary, TableSink, TableSource } from './table-ports.js';

/** Runs stages in the calling thread. */
export class InlineExecutor implements RowExecutor {
  async run(
    stage: RowStage,
    plan: RowPlan,
    source: TableSource,
    sink: TableSink,
    control: StageControl & { readonly blockRows?: number } = {},
  ): Promise<StageSummary> {
    const kernels = new Map<number, RowKernel>();
    const rowsByTable = new Map((await source.tables(0)).map(({ path, rows }) => [path, rows]));
    return runRows(
      stage,
      plan,
      source,
      sink,
      {
        inFlight: 1,
        process: async (task, start, rows) => {
          let kernel = kernels.get(task);
          if (kernel === undefined) {
            kernel = await stage.kernel(plan.tasks[task]!);
            kernels.clear();
            kernels.set(task, kernel);
          }
          return kernel.process(rows, start);
        },
      },
      { ...control, rowsByTable },
    );
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
