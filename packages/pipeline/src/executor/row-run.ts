import type { Table } from '@countroom/records';
import type { RowPlan, RowStage, RowTask } from '../stage/stage.js';
import { CancelledError, StageError } from '../stage/stage-errors.js';
import { type BlockRange, blockRanges, rowsOfPlan } from './block-ranges.js';
import { KernelFailure } from './block-work.js';
import type { RowControl } from './executor.js';
import { OrderedWriter } from './ordered-writer.js';
import type { StageControl, StageSummary, TableSink, TableSource } from './table-ports.js';

/** Gives the output of blocks. */
export interface BlockWorker {
  /** Most blocks that may wait to be written, with those that are being worked on. */
  readonly inFlight: number;
  /** Resolves when it can take the next block; `rows` are still to be worked on, with those of this block. */
  free(next: BlockRange, rows: number): Promise<void>;
  /** Throws a KernelFailure when the kernel fails, and what the source throws. */
  process(block: BlockRange): Promise<Table>;
}

/** A run of a row stage. */
export interface RowJob {
  readonly stage: RowStage;
  readonly plan: RowPlan;
  readonly source: TableSource;
  readonly sink: TableSink;
  readonly control: RowControl;
}

/**
 * The part that all executors share: cuts tables into blocks, hands them to the worker, writes results in the order of rows
 * while further blocks are worked on, and keeps at most `inFlight` blocks in memory.
 */
export async function runRows(
  { stage, plan, source, sink, control }: RowJob,
  worker: BlockWorker,
): Promise<StageSummary> {
  const rowsByTable = new Map((await source.tables(0)).map(({ path, rows }) => [path, rows]));
  const total = rowsOfPlan(plan, rowsByTable);
  const tables = plan.tasks.map(({ output }) => ({ path: output, rows: 0 }));
  let done = 0;
  let dealt = 0;
  for (const remark of plan.remarks) control.onLog?.('warning', remark);
  for (const { path, object } of plan.documents) await sink.write(path, object);
  const writer = new OrderedWriter();
  const write = async (block: BlockRange, result: Table): Promise<void> => {
    stopIfCancelled(stage, control);
    const { input, output } = plan.tasks[block.task]!;
    const rows = block.stop - block.start;
    if (result.rows !== rows)
      throw new StageError(stage.name, `made ${result.rows} rows out of ${rows} rows of ${input}`);
    await sink.append(output, result);
    tables[block.task]!.rows += rows;
    done += rows;
    control.onProgress?.({ done, total, unit: 'rows', table: output });
  };
  try {
    for (const block of blockRanges(plan, rowsByTable, control.blockRows)) {
      stopIfCancelled(stage, control);
      await writer.room(worker.inFlight);
      await worker.free(block, total - dealt);
      dealt += block.stop - block.start;
      const made = named(worker.process(block), { stage, source }, plan.tasks[block.task]!, block);
      writer.add(made, (result) => write(block, result));
    }
    await writer.drain();
  } finally {
    await writer.settled();
  }
  return { tables, rows: done, read: done };
}

/** Throws a CancelledError when the signal has aborted. */
export function stopIfCancelled(stage: { readonly name: string }, control: StageControl): void {
  if (control.signal?.aborted === true) throw new CancelledError(stage.name);
}

/** Failures of the kernel get the place that they happened at. */
async function named(
  result: Promise<Table>,
  { stage, source }: Pick<RowJob, 'stage' | 'source'>,
  { input }: RowTask,
  { start, stop }: BlockRange,
): Promise<Table> {
  try {
    return await result;
  } catch (failure) {
    if (!(failure instanceof KernelFailure)) throw failure;
    const { cause } = failure;
    if (cause instanceof CancelledError) throw cause;
    const place = `rows ${start} to ${stop - 1} of ${input} in ${source.name}`;
    throw new StageError(stage.name, `failed at ${place}: ${failure.message}`, [], cause);
  }
}
