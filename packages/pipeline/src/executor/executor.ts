import type { RowPlan, RowStage } from '../stage/stage.js';
import type { StageControl, StageSummary, TableSink, TableSource } from './table-ports.js';

/** Runs row stages. Every executor gives the same output for the same plan. */
export interface RowExecutor {
  /**
   * Works off a plan table by table, block by block; memory is bounded by a few blocks.
   * Throws a StageError naming table and rows when a kernel fails, a CancelledError when the signal aborts.
   */
  run(
    stage: RowStage,
    plan: RowPlan,
    source: TableSource,
    sink: TableSink,
    control: StageControl & { readonly blockRows?: number },
  ): Promise<StageSummary>;
  /** Ends threads, if any. */
  close(): Promise<void>;
}

/** Rows of a block when a caller does not say. */
export const defaultBlockRows = 1024;
