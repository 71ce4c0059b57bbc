import type { RowPlan, RowTask } from '../stage/stage.js';
import { defaultBlockRows } from './executor.js';

/** Rows `start` to `stop` (not included) of the table of a task. */
export interface BlockRange {
  /** Number of the task in the plan. */
  readonly task: number;
  readonly start: number;
  readonly stop: number;
}

/** The rows of a task, given how many its table has. */
function rangeOf({ rows }: RowTask, all: number): readonly [start: number, stop: number] {
  if (rows === undefined) return [0, all];
  const stop = Math.min(rows[1], all);
  return [Math.min(rows[0], stop), stop];
}

/** Rows of all tasks together. */
export function rowsOfPlan({ tasks }: RowPlan, rowsByTable: ReadonlyMap<string, number>): number {
  return tasks.reduce((sum, task) => {
    const [start, stop] = rangeOf(task, rowsByTable.get(task.input) ?? 0);
    return sum + stop - start;
  }, 0);
}

/** The blocks of a plan in the order of its tasks and their rows; one empty block for a task without rows. */
export function* blockRanges(
  { tasks }: RowPlan,
  rowsByTable: ReadonlyMap<string, number>,
  blockRows?: number,
): Generator<BlockRange> {
  for (const [task, one] of tasks.entries()) {
    const [first, end] = rangeOf(one, rowsByTable.get(one.input) ?? 0);
    const step = blockRows ?? one.blockRows ?? defaultBlockRows;
    if (first === end) yield { task, start: first, stop: end };
    for (let start = first; start < end; start += step) {
      yield { task, start, stop: Math.min(end, start + step) };
    }
  }
}
