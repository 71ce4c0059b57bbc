import type { Table } from '@countroom/records';
import type { RowPlan, RowStage } from '../stage/stage.js';
import type { BlockRange } from './block-ranges.js';
import { BlockWork, readBlock } from './block-work.js';
import type { BlockWorker } from './row-run.js';
import { ReadFailure, RowThread } from './row-thread.js';
import type { TableSource } from './table-ports.js';

/** What a crew works on, and how. */
export interface CrewOptions {
  /** With the calling one. */
  readonly threads: number;
  readonly module: string;
  readonly worthwhileMs: number;
  readonly stage: RowStage;
  readonly plan: RowPlan;
  readonly source: TableSource;
}

/** Blocks that a thread has at hand: one to work on and one for afterwards. */
const blocksPerThread = 2;

/** The calling thread and others that help it as soon as they have started. */
export class ThreadCrew implements BlockWorker {
  readonly inFlight: number;
  private readonly own: BlockWork;
  private threads: RowThread[] = [];
  private watchers: (() => void)[] = [];
  private lastOwn: Promise<unknown> = Promise.resolve();
  private ownMs = 0;
  private ownRows = 0;
  private stopped = false;

  constructor(private readonly options: CrewOptions) {
    const { threads, plan, stage } = options;
    this.inFlight = 2 * blocksPerThread * threads;
    this.own = new BlockWork(plan.tasks, (task) => stage.kernel(task));
  }

  async free(next: BlockRange, rows: number): Promise<void> {
    if (this.threads.length === 0 && !this.stopped && this.isWorthwhile(rows)) this.start(next.task);
    if (this.leavesAll) {
      while (this.idle() === undefined) await new Promise<void>((resolve) => this.watchers.push(resolve));
    } else if (this.idle() === undefined) await this.lastOwn.catch(() => undefined);
  }

  async process(block: BlockRange): Promise<Table> {
    const thread = this.idle();
    if (thread === undefined) return this.byItself(block);
    const { plan, source } = this.options;
    try {
      if (source.elsewhere !== undefined) return await thread.process(block, undefined);
      const rows = await readBlock(source, plan.tasks[block.task]!, { ...block, reuse: false });
      return await thread.process(block, rows);
    } catch (failure) {
      // The calling thread meets the same fault, with all that is known of it.
      if (failure instanceof ReadFailure) return this.byItself(block);
      throw failure;
    }
  }

  /** Ends the threads. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.threads.map((thread) => thread.stop()));
  }

  /** The calling thread does not work on blocks. */
  private get leavesAll(): boolean {
    return this.options.worthwhileMs === 0 && this.threads.length > 0;
  }

  private isWorthwhile(rows: number): boolean {
    const { worthwhileMs } = this.options;
    return worthwhileMs === 0 || (this.ownRows > 0 && (this.ownMs / this.ownRows) * rows > worthwhileMs);
  }

  private start(firstTask: number): void {
    const { threads, module, stage, plan, source } = this.options;
    const { elsewhere } = source;
    const data = {
      module,
      stage: stage.name,
      tasks: plan.tasks,
      source: elsewhere === undefined ? undefined : { elsewhere },
      firstTask,
    };
    const wake = (): void => {
      for (const watch of this.watchers.splice(0)) watch();
    };
    this.threads = Array.from({ length: threads - 1 }, () => new RowThread(data, wake));
  }

  /** The started thread that has least to do, if it can take a block. */
  private idle(): RowThread | undefined {
    let best: RowThread | undefined;
    for (const thread of this.threads) {
      if (thread.hasStarted && thread.load < (best?.load ?? blocksPerThread)) best = thread;
    }
    return best;
  }

  private byItself(block: BlockRange): Promise<Table> {
    const made = this.lastOwn
      .catch(() => undefined)
      .then(async () => {
        const started = performance.now();
        const result = await this.own.make(this.options.source, block);
        this.ownMs += performance.now() - started;
        this.ownRows += block.stop - block.start;
        return result;
      });
    this.lastOwn = made;
    return made;
  }
}
