import { Worker } from 'node:worker_threads';
import { ReadingError } from '../data/reading/readings.js';
import type { RowFileAsk, RowFilePart } from './row-file-ask.js';

// Threads run built code, also when this file itself is run from source.
const entry = new URL(
  './row-file.worker.js',
  import.meta.url.replace('/apps/server/src/', '/apps/server/dist/'),
);
const memoryMiB = 1024;

interface Waiting {
  readonly resolve: (bytes: Uint8Array | undefined) => void;
  readonly reject: (error: ReadingError) => void;
}

/** A thread that makes one file, a part whenever one is asked for: it works no faster than its bytes are taken. */
export class RowFileThread {
  private readonly worker: Worker;
  private waiting: Waiting | undefined;
  private ended: ReadingError | undefined;

  constructor(ask: RowFileAsk) {
    this.worker = new Worker(entry, {
      name: 'row file',
      workerData: ask,
      resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
    });
    this.worker.unref();
    this.worker.on('message', (part: RowFilePart) => this.take(part));
    this.worker.on('error', (error: Error) => this.end(error.message));
    this.worker.on('exit', () => this.end('the thread that made the file ended'));
  }

  /** The next bytes; undefined behind the last ones. Rejects with a ReadingError. */
  next(): Promise<Uint8Array | undefined> {
    if (this.ended !== undefined) return Promise.reject(this.ended);
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.worker.postMessage('next');
    });
  }

  /** Reading is synchronous work inside HDF5: only ending the thread ends it. */
  async stop(): Promise<void> {
    this.end('nobody waits for the file any more');
    await this.worker.terminate();
  }

  private take(part: RowFilePart): void {
    const { waiting } = this;
    this.waiting = undefined;
    if (part.kind === 'fault') waiting?.reject(new ReadingError(part.fault));
    else waiting?.resolve(part.kind === 'end' ? undefined : part.bytes);
  }

  private end(reason: string): void {
    this.ended ??= new ReadingError({ code: 'ended', reason, object: undefined });
    this.waiting?.reject(this.ended);
    this.waiting = undefined;
  }
}
