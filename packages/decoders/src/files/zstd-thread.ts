import { Worker } from 'node:worker_threads';

/** The next packed bytes of a file. */
export interface ZstdRequest {
  readonly piece: Uint8Array;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** What came of them. */
export type ZstdAnswer = { readonly parts: Uint8Array<ArrayBuffer>[] } | { readonly fault: string };

/** Threads load the built form: Node.js 20 loads no TypeScript there. */
const entry = new URL(
  import.meta.url.includes('/src/') ? '../../dist/files/zstd.worker.js' : './zstd.worker.js',
  import.meta.url,
);

/** Longest time for a piece, which gives 64 MiB at most, ms of this thread's clock. */
const patienceMs = 30_000;

/** A thread that has nothing to do. */
let idle: Worker | undefined;

/**
 * Unpacks Zstandard in a thread: the unpacker runs forever on some damaged files, and a thread can be ended. One thread is kept for the
 * next file.
 */
export class ZstdThread {
  readonly #worker: Worker;
  #isFirst = true;
  #isUsable = true;

  constructor(private readonly patience = patienceMs) {
    this.#worker = idle ?? new Worker(entry);
    idle = undefined;
  }

  /** What becomes of the next packed bytes. Throws an Error for damaged ones. */
  async push(piece: Uint8Array, isLast = false): Promise<readonly Uint8Array[]> {
    const request: ZstdRequest = { piece, isFirst: this.#isFirst, isLast };
    this.#isFirst = false;
    this.#isUsable = false;
    const answer = await this.#ask(request);
    this.#isUsable = true;
    if ('fault' in answer) throw new Error(answer.fault);
    return answer.parts;
  }

  /** Gives the thread back. */
  async close(): Promise<void> {
    if (!this.#isUsable || idle !== undefined) {
      await this.#worker.terminate();
      return;
    }
    this.#worker.unref();
    idle = this.#worker;
  }

  #ask(request: ZstdRequest): Promise<ZstdAnswer> {
    const worker = this.#worker;
    worker.ref();
    return new Promise<ZstdAnswer>((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        worker.off('message', answered).off('error', failed);
      };
      const answered = (answer: ZstdAnswer): void => {
        end();
        resolve(answer);
      };
      const failed = (error: Error): void => {
        end();
        reject(error);
      };
      const timer = setTimeout(() => failed(new Error('unpacking comes to no end')), this.patience);
      worker.on('message', answered).on('error', failed);
      worker.postMessage(request);
    });
  }
}
