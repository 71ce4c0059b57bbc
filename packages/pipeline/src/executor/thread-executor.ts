import type { RowPlan, RowStage } from '../stage/stage.js';
import type { RowControl, RowExecutor } from './executor.js';
import { runRows } from './row-run.js';
import type { StageSummary, TableSink, TableSource } from './table-ports.js';
import { ThreadCrew } from './thread-crew.js';

/** Work that must be left for further threads to be worth their start, in milliseconds. */
const worthwhile = 250;

/** How a thread executor is made. */
export interface ThreadExecutorOptions {
  /** Number of threads with the calling one, at least 1. */
  readonly threads: number;
  /** URL of a built module of the form of RowThreadModule; each thread loads it. */
  readonly module: string;
  /** Milliseconds of work that must be left for others to be started; 0 leaves all the work to them. Default 250. */
  readonly worthwhileMs?: number;
}

/**
 * Deals blocks to threads, which read and compute them. The calling thread is one of them: it begins at once, starts others
 * where enough work is left, and writes the results in row order, whichever thread is done first.
 */
export class ThreadExecutor implements RowExecutor {
  private crew: ThreadCrew | undefined;

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
    control: RowControl = {},
  ): Promise<StageSummary> {
    const { worthwhileMs = worthwhile, ...options } = this.options;
    const crew = new ThreadCrew({ ...options, worthwhileMs, stage, plan, source });
    this.crew = crew;
    const cancel = (): void => {
      void crew.stop();
    };
    control.signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await runRows({ stage, plan, source, sink, control }, crew);
    } finally {
      control.signal?.removeEventListener('abort', cancel);
      await crew.stop();
    }
  }

  async close(): Promise<void> {
    await this.crew?.stop();
  }
}
