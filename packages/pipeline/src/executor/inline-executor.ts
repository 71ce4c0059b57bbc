import type { RowPlan, RowStage } from '../stage/stage.js';
import { BlockWork } from './block-work.js';
import type { RowControl, RowExecutor } from './executor.js';
import { runRows } from './row-run.js';
import type { StageSummary, TableSink, TableSource } from './table-ports.js';

/** Blocks that may wait to be written while the next one is worked on. */
const inFlight = 3;

/** Runs stages in the calling thread. */
export class InlineExecutor implements RowExecutor {
  async run(
    stage: RowStage,
    plan: RowPlan,
    source: TableSource,
    sink: TableSink,
    control: RowControl = {},
  ): Promise<StageSummary> {
    const work = new BlockWork(plan.tasks, (task) => stage.kernel(task));
    let last: Promise<unknown> = Promise.resolve();
    return runRows(
      { stage, plan, source, sink, control },
      {
        inFlight,
        free: async () => {
          await last.catch(() => undefined);
        },
        process: (block) => {
          const made = work.make(source, block);
          last = made;
          return made;
        },
      },
    );
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
