import { setImmediate } from 'node:timers/promises';
import type { Table } from '@countroom/records';
import type { RowKernel, RowTask } from '../stage/stage.js';
import type { BlockRange } from './block-ranges.js';
import { ownArrays } from './own-arrays.js';
import type { TableSource } from './table-ports.js';

/** Gives the kernel of a task. */
export type KernelOf = (task: RowTask) => Promise<RowKernel> | RowKernel;

/** Why the output of a block could not be made, by its kernel; faults of the source are thrown as they are. */
export class KernelFailure extends Error {
  override readonly name = 'KernelFailure';

  constructor(override readonly cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause));
  }
}

/** Reads blocks and makes their output, in the thread that calls. */
export class BlockWork {
  private current: { readonly task: number; readonly kernel: RowKernel } | undefined;

  constructor(
    private readonly tasks: readonly RowTask[],
    private readonly kernelOf: KernelOf,
  ) {}

  /** Makes the kernel of a task ready. Blocks of one task follow each other: one kernel is kept. */
  async kernel(task: number): Promise<RowKernel> {
    if (this.current?.task !== task) {
      this.current = undefined;
      this.current = { task, kernel: await this.kernelOf(this.tasks[task]!) };
    }
    return this.current.kernel;
  }

  /** Reads a block from a source and makes its output, whose arrays belong to nobody else. */
  async make(source: TableSource, { task, start, stop }: BlockRange): Promise<Table> {
    const rows = await readBlock(source, this.tasks[task]!, { start, stop, reuse: true });
    // Reading and computing let nothing else run: timers and messages of this thread have their turn here.
    await setImmediate();
    return ownArrays(await this.compute(task, start, rows), rows);
  }

  /** The output of rows that have been read. */
  async compute(task: number, start: number, rows: Table): Promise<Table> {
    try {
      return (await this.kernel(task)).process(rows, start);
    } catch (cause) {
      throw new KernelFailure(cause);
    }
  }
}

/** Reads rows of a task's table; with `reuse`, into memory that the next such call uses again. */
export async function readBlock(
  source: TableSource,
  { input, columns }: RowTask,
  { start, stop, reuse }: { readonly start: number; readonly stop: number; readonly reuse: boolean },
): Promise<Table> {
  const options = { rows: [start, stop] as const, blockRows: Math.max(1, stop - start), reuse };
  const blocks = source.blocks(input, columns === undefined ? options : { ...options, columns });
  for await (const { rows } of blocks) return rows;
  throw new RangeError(`${source.name} gave no rows ${start} to ${stop} of ${input}`);
}
