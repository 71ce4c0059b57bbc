import type { RowPlan, RowStage } from '../stage/stage.js';
import type { RowExecutor } from './executor.js';
import { runRows } from './row-run.js';
import { RowThread } from './row-thread.js';
import type { StageControl, StageSummary, TableSink, TableSource } from './table-ports.js';

/** How a thread executor is made. */
export interface ThreadExecutorOptions {
  /** Number of threads, at least 1. */
  readonly threads: number;
  /** URL of a built module that exports a StageRegistry as `stages`; each thread loads it. */
  readonly registryModule: string;
}

/** Deals blocks to threads; results are written in row order, whichever thread is done first. */
export class ThreadExecutor implements RowExecutor {
  private threads: RowThread[] = [];

  constructor(private readonly options: ThreadExecutorOptions) {
    if (!Number.isInteger(options.threads) || options.threads < 1) {
      throw new RangeError(
        `the number of threads must be a whole number of at least 1, not ${options.threads}`,
      );
    }
  }

  async run(
    stage: RowStage,
    plan: RowPlan,
    source: TableSource,
    sink: TableSink,
    control: StageControl & { readonly blockRows?: number } = {},
  ): Promise<StageSummary> {
    const rowsByTable = new Map((await source.tables(0)).map(({ path, rows }) => [path, rows]));
    const data = { registryModule: this.options.registryModule, stage: stage.name, tasks: plan.tasks };
    this.threads = Array.from({ length: this.options.threads }, () => new RowThread(data));
    const cancel = (): void => {
      void this.close();
    };
    control.signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await runRows(
        stage,
        plan,
        source,
        sink,
        {
          inFlight: 2 * this.options.threads,
          process: (task, start, rows) => {
            const least = this.threads.reduce((best, thread) => (thread.load < best.load ? thread : best));
            return least.process(task, start, rows);
          },
        },
        { ...control, rowsByTable },
      );
    } finally {
      control.signal?.removeEventListener('abort', cancel);
      await this.close();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.stop()));
  }
}
