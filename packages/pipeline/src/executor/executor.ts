import type { RowPlan, RowStage } from '../stage/stage.js';
import type { StageControl, StageSummary, TableSink, TableSource } from './table-ports.js';

/** What a run of a row stage is told beside its plan. */
export interface RowControl extends StageControl {
  /** Rows of a block; what the task says, or 1024, when absent. Does not change the result. */
  readonly blockRows?: number;
}

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
    control: RowControl,
  ): Promise<StageSummary>;
  /** Ends threads, if any. */
  close(): Promise<void>;
}

/** Rows of a block when nobody says. */
export const defaultBlockRows = 1024;
