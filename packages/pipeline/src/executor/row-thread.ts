import { Worker } from 'node:worker_threads';
import type { Table } from '@countroom/records';
import { CancelledError } from '../stage/stage-errors.js';
import type { BlockRange } from './block-ranges.js';
import { KernelFailure } from './block-work.js';
import { type BlockReply, type RowThreadData, started } from './thread-protocol.js';
import { transferables } from './transferables.js';

interface Waiting {
  readonly resolve: (rows: Table | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** A thread could not read rows that it was to work on. */
export class ReadFailure extends Error {
  override readonly name = 'ReadFailure';
}

// Threads run built code, also when this file itself is run from source.
const entry = new URL(
  import.meta.url.includes('/src/') ? '../../dist/executor/row.worker.js' : './row.worker.js',
  import.meta.url,
);

/** One thread that works on blocks in the order they are sent. */
export class RowThread {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private next = 0;
  private isReady = false;
  private failure: Error | undefined;

  /** @param onFree called when it has started, after every block, and when it has ended */
  constructor(
    data: RowThreadData,
    private readonly onFree: () => void,
  ) {
    this.worker = new Worker(entry, { workerData: data });
    this.worker.on('message', (reply: BlockReply) => this.take(reply));
    this.worker.on('error', (error) => this.fail(error instanceof Error ? error : new Error(String(error))));
    this.worker.on('exit', (code) => this.fail(new Error(`the processing thread ended with code ${code}`)));
  }

  /** Whether it has started, or never will: then blocks that are given to it fail. */
  get hasStarted(): boolean {
    return this.isReady || this.failure !== undefined;
  }

  /** Blocks that are on their way. */
  get load(): number {
    return this.waiting.size;
  }

  /** Sends a block and gives its output. Its rows, where there are any, are moved. */
  async process(block: BlockRange, rows: Table | undefined): Promise<Table> {
    if (this.failure !== undefined) throw this.failure;
    const id = this.next++;
    this.worker.postMessage({ id, ...block, rows }, rows === undefined ? [] : transferables(rows));
    const result = await this.answer(id);
    return result!;
  }

  /** Ends the thread at once; blocks on their way fail with a CancelledError. */
  async stop(): Promise<void> {
    this.fail(new CancelledError('the block'));
    await this.worker.terminate();
  }

  private answer(id: number): Promise<Table | undefined> {
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  private take(reply: BlockReply): void {
    if (reply.id === started) this.isReady = true;
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (reply.ok) waiting?.resolve(reply.rows);
    else if (reply.reading) waiting?.reject(new ReadFailure(reply.message));
    else waiting?.reject(new KernelFailure(Object.assign(new Error(reply.message), { name: reply.name })));
    this.onFree();
  }

  private fail(error: Error): void {
    this.failure ??= new KernelFailure(error);
    for (const { reject } of this.waiting.values()) reject(this.failure);
    this.waiting.clear();
    this.onFree();
  }
}
