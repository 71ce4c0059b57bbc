import { Worker } from 'node:worker_threads';
import { Lh5Error } from '../errors.js';
import type { ByteStore } from '../format/read/file-bytes.js';

/** What the thread that fetches is given. `state`: 0 waiting, 1 bytes, 2 a reason; then how many bytes. */
export interface RangeLink {
  readonly url: string;
  readonly state: SharedArrayBuffer;
  readonly bytes: SharedArrayBuffer;
}

/** What came of a request. */
export type RangeAnswer =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: string };

/** Threads load the built form: Node.js 20 loads no TypeScript there. */
const entry = new URL(
  import.meta.url.includes('/src/') ? '../../dist/remote/range.worker.js' : './range.worker.js',
  import.meta.url,
);

/** Bytes of one request, at most. */
const mostBytes = 1 << 20;
const patienceMs = 60_000;

/**
 * A file that a server gives out in parts (HTTP range requests). The calling thread waits for the bytes, as it does for those of a
 * disk; a thread fetches them meanwhile.
 */
export class RemoteBytes implements ByteStore {
  readonly size: number;
  readonly #url: string;
  readonly #worker: Worker;
  readonly #patienceMs: number;
  readonly #state = new SharedArrayBuffer(8);
  readonly #bytes = new SharedArrayBuffer(mostBytes);
  /** An answer may still come after its time; taken for that of the next request, it would be other bytes of the file. */
  #isLate = false;

  /** @param waitMs how long an answer may take, by default a minute */
  constructor(url: string, size: number, waitMs = patienceMs) {
    this.size = size;
    this.#patienceMs = waitMs;
    this.#url = url;
    const link: RangeLink = { url, state: this.#state, bytes: this.#bytes };
    this.#worker = new Worker(entry, { workerData: link });
    this.#worker.unref();
  }

  read(target: Uint8Array, position: number): number {
    const wanted = Math.min(target.byteLength, mostBytes);
    const state = new Int32Array(this.#state);
    if (this.#isLate) throw this.#failure('an answer was late before; open it again');
    Atomics.store(state, 0, 0);
    this.#worker.postMessage({ first: position, last: position + wanted - 1 });
    if (Atomics.wait(state, 0, 0, this.#patienceMs) === 'timed-out') {
      this.#isLate = true;
      throw this.#failure(`no answer within ${this.#patienceMs / 1000} s`);
    }
    const found = new Uint8Array(this.#bytes).slice(0, Atomics.load(state, 1));
    if (Atomics.load(state, 0) === 2) throw this.#failure(new TextDecoder().decode(found));
    target.set(found);
    return found.byteLength;
  }

  close(): void {
    void this.#worker.terminate();
  }

  #failure(reason: string): Lh5Error {
    return new Lh5Error('io-failed', `cannot be read: ${reason}`, { file: this.#url });
  }
}
