import { Worker } from 'node:worker_threads';
import type { Table } from '@countroom/records';
import { CancelledError } from '../stage/stage-errors.js';
import type { BlockReply, RowThreadData } from './thread-protocol.js';
import { transferables } from './transferables.js';

interface Waiting {
  readonly resolve: (rows: Table) => void;
  readonly reject: (error: Error) => void;
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
  private failure: Error | undefined;

  constructor(data: RowThreadData) {
    this.worker = new Worker(entry, { workerData: data });
    this.worker.on('message', (reply: BlockReply) => {
      const waiting = this.waiting.get(reply.id);
      this.waiting.delete(reply.id);
      if (reply.ok) waiting?.resolve(reply.rows);
      else waiting?.reject(Object.assign(new Error(reply.message), { name: reply.name }));
    });
    this.worker.on('error', (error) => this.fail(error instanceof Error ? error : new Error(String(error))));
    this.worker.on('exit', (code) => this.fail(new Error(`the processing thread ended with code ${code}`)));
  }

  /** Blocks that are on their way. */
  get load(): number {
    return this.waiting.size;
  }

  /** Sends a block (its arrays are moved) and gives its output. */
  process(task: number, start: number, rows: Table): Promise<Table> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, task, start, rows }, transferables(rows));
    });
  }

  /** Ends the thread at once; blocks on their way fail with a CancelledError. */
  async stop(): Promise<void> {
    this.fail(new CancelledError('the block'));
    await this.worker.terminate();
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
