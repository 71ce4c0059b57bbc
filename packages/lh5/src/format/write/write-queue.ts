import { align8 } from './byte-writer.js';
import { PieceWriter, type Writable } from './piece-writer.js';

/** Something to be put at the end of a file. */
export interface Job<T extends { readonly bytes: Uint8Array }> {
  /** Makes the bytes. What it works on may be used again once the promise has been given. */
  readonly make: () => Promise<T>;
  /** Told where the bytes are going to be. */
  readonly placed: (made: T, address: number) => void;
  /** Told when they are there: their memory may be used again. */
  readonly written?: (made: T) => void;
  /** Works on little: several such jobs take up as much as another one. */
  readonly isSmall?: boolean;
}

/** Jobs under way at once: enough to keep the compressing threads busy while one result is written. */
export const mostUnderWay = 6;
/** How many small jobs take up as much as another one. */
const smallJobs = 8;

/**
 * Makes pieces of a file side by side and writes them in the order in which they were asked for, so that the same data
 * make the same file.
 */
export class WriteQueue {
  readonly #writer: PieceWriter;
  readonly #waiting: (() => void)[] = [];
  readonly #watchers: (() => void)[] = [];
  #underWay = 0;
  /** Resolves when every piece so far has its place. */
  #placed: Promise<void> = Promise.resolve();
  /** Resolves when every job so far has ended. */
  #ended: Promise<void> = Promise.resolve();
  #failure: { readonly cause: unknown } | undefined;
  #end: number;

  /** Writes to `handle` from the address `start`. */
  constructor(handle: Writable, start: number) {
    this.#writer = new PieceWriter(handle);
    this.#end = start;
  }

  /** Address behind everything that has its place. */
  get end(): number {
    return this.#end;
  }

  /** Takes a job; it begins at once or when others have ended. */
  add<T extends { readonly bytes: Uint8Array }>(job: Job<T>): void {
    if (this.#underWay < mostUnderWay && this.#waiting.length === 0) this.#begin(job);
    else this.#waiting.push(() => this.#begin(job));
  }

  /** Resolves when every job has begun; fails when one has failed. */
  async settle(): Promise<void> {
    while (this.#waiting.length > 0 && this.#failure === undefined) {
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
    }
    this.#check();
  }

  /** Resolves when everything is written; fails when a job has failed. */
  async drain(): Promise<void> {
    await this.settle();
    await this.#ended;
    this.#check();
  }

  /** Resolves when nothing is under way any more; what has not begun is dropped. */
  async stop(): Promise<void> {
    this.#failure ??= { cause: new Error('writing has been given up') };
    await this.#ended;
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure.cause;
  }

  #begin<T extends { readonly bytes: Uint8Array }>(job: Job<T>): void {
    const share = job.isSmall === true ? 1 / smallJobs : 1;
    this.#underWay += share;
    const before = this.#placed;
    let placed = (): void => undefined;
    this.#placed = new Promise<void>((resolve) => {
      placed = resolve;
    });
    const ended = this.#place(job, job.make(), before, placed)
      .catch((cause: unknown) => {
        this.#failure ??= { cause };
      })
      .finally(() => {
        placed();
        this.#underWay -= share;
        this.#proceed();
      });
    const earlier = this.#ended;
    // Not Promise.all: its value would hold that of every job before.
    this.#ended = ended.then(() => earlier);
  }

  async #place<T extends { readonly bytes: Uint8Array }>(
    job: Job<T>,
    making: Promise<T>,
    before: Promise<void>,
    placed: () => void,
  ): Promise<void> {
    // A failure is told by the first job that fails; others may wait for something that does not come any more.
    making.catch(() => undefined);
    await before;
    if (this.#failure !== undefined) return;
    const made = await making;
    const address = this.#end;
    this.#end = align8(address + made.bytes.byteLength);
    const written = this.#writer.write(made.bytes, address);
    job.placed(made, address);
    placed();
    await written;
    job.written?.(made);
  }

  #proceed(): void {
    if (this.#failure !== undefined) this.#waiting.length = 0;
    while (this.#underWay < mostUnderWay) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      next();
    }
    if (this.#waiting.length === 0) for (const watch of this.#watchers.splice(0)) watch();
  }
}
