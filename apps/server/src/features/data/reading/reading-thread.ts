import { Worker } from 'node:worker_threads';
import { type AnyQuestion, ReadingError, type ReadingFault, type Reply } from './readings.js';

// Threads run built code, also when this file itself is run from source.
const entry = new URL(
  './reading.worker.js',
  import.meta.url.replace('/apps/server/src/', '/apps/server/dist/'),
);

const memoryMiB = 1024;

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly deadline: NodeJS.Timeout;
}

/** A thread that answers one question at a time. */
export class ReadingThread {
  private readonly worker = new Worker(entry, {
    name: 'reading',
    resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
  });
  private waiting: Waiting | undefined;
  private dead = false;

  constructor() {
    // A thread at rest must not keep the process from ending.
    this.worker.unref();
    this.worker.on('message', (reply: Reply) => this.settle(reply));
    this.worker.on('error', (error: Error) => this.fail('ended', error.message));
    this.worker.on('exit', () => this.fail('ended', 'the reading thread ended'));
  }

  get isIdle(): boolean {
    return this.waiting === undefined;
  }
  get isDead(): boolean {
    return this.dead;
  }

  ask(question: AnyQuestion, timeoutMs: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => {
        this.fail('late', `was still being read after ${timeoutMs / 1000} s and was given up; ask for less`);
        void this.stop();
      }, timeoutMs);
      this.waiting = { resolve, reject, deadline };
      this.worker.postMessage(question);
    });
  }

  /** Reading is synchronous work inside HDF5: only ending the thread ends it. */
  async stop(): Promise<void> {
    this.fail('ended', 'the server is stopping');
    await this.worker.terminate();
  }

  private settle(reply: Reply): void {
    const waiting = this.release();
    if (reply.ok) waiting?.resolve(reply.answer);
    else waiting?.reject(new ReadingError(reply.fault));
  }

  private fail(code: ReadingFault['code'], reason: string): void {
    this.dead = true;
    this.release()?.reject(new ReadingError({ code, reason, object: undefined }));
  }

  private release(): Waiting | undefined {
    const { waiting } = this;
    clearTimeout(waiting?.deadline);
    this.waiting = undefined;
    return waiting;
  }
}
