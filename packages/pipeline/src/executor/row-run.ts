import type { Table } from '@countroom/records';
import type { RowPlan, RowStage, RowTask } from '../stage/stage.js';
import { CancelledError, StageError } from '../stage/stage-errors.js';
import { defaultBlockRows } from './executor.js';
import type { StageControl, StageSummary, TableSink, TableSource } from './table-ports.js';

/** Gives the output of one block; `inFlight` says how many blocks may be on their way at once. */
export interface BlockWorker {
  readonly inFlight: number;
  process(task: number, start: number, rows: Table): Promise<Table>;
}

/**
 * The part that all executors share: reads blocks, hands them to the worker, writes results in row order, and keeps at
 * most `inFlight` blocks in memory.
 */
export async function runRows(
  stage: RowStage,
  plan: RowPlan,
  source: TableSource,
  sink: TableSink,
  worker: BlockWorker,
  control: StageControl & { readonly blockRows?: number; readonly rowsByTable: ReadonlyMap<string, number> },
): Promise<StageSummary> {
  const total = plan.tasks.reduce(
    (sum, task) => sum + rowsOf(task, control.rowsByTable.get(task.input) ?? 0),
    0,
  );
  const tables: { path: string; rows: number }[] = [];
  let done = 0;
  for (const remark of plan.remarks) control.onLog?.('warning', remark);
  for (const { path, object } of plan.documents) await sink.write(path, object);
  for (const [index, task] of plan.tasks.entries()) {
    let rows = 0;
    const waiting: { start: number; rows: number; result: Promise<Table> }[] = [];
    const writeFirst = async (): Promise<void> => {
      const first = waiting.shift()!;
      const result = await settle(stage, source, task, first);
      if (result.rows !== first.rows) {
        throw new StageError(
          stage.name,
          `made ${result.rows} rows out of ${first.rows} rows of ${task.input}`,
        );
      }
      await sink.append(task.output, result);
      rows += result.rows;
      done += result.rows;
      control.onProgress?.({ done, total, unit: 'rows', table: task.output });
    };
    try {
      const options = {
        blockRows: control.blockRows ?? defaultBlockRows,
        ...(task.columns === undefined ? {} : { columns: task.columns }),
        ...(task.rows === undefined ? {} : { rows: task.rows }),
      };
      for await (const block of source.blocks(task.input, options)) {
        stopIfCancelled(stage, control);
        const result = worker.process(index, block.start, block.rows);
        // A failure is reported when its turn comes; until then it must not count as unhandled.
        result.catch(() => undefined);
        waiting.push({ start: block.start, rows: block.rows.rows, result });
        if (waiting.length >= worker.inFlight) await writeFirst();
      }
      while (waiting.length > 0) {
        stopIfCancelled(stage, control);
        await writeFirst();
      }
    } finally {
      await Promise.allSettled(waiting.map(({ result }) => result));
    }
    tables.push({ path: task.output, rows });
  }
  return { tables, rows: done, read: done };
}

function rowsOf({ rows }: RowTask, all: number): number {
  return rows === undefined ? all : Math.max(0, Math.min(rows[1], all) - rows[0]);
}

/** Throws a CancelledError when the signal has aborted. */
export function stopIfCancelled(stage: { readonly name: string }, control: StageControl): void {
  if (control.signal?.aborted === true) throw new CancelledError(stage.name);
}

async function settle(
  stage: RowStage,
  source: TableSource,
  task: RowTask,
  block: { start: number; rows: number; result: Promise<Table> },
): Promise<Table> {
  try {
    return await block.result;
  } catch (cause) {
    if (cause instanceof CancelledError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    const place = `rows ${block.start} to ${block.start + block.rows - 1} of ${task.input} in ${source.name}`;
    throw new StageError(stage.name, `failed at ${place}: ${why}`, [], cause);
  }
}
