import type { FileHandle } from 'node:fs/promises';
import { align8 } from './byte-writer.js';

/** Something to be put at the end of a file. */
export interface Job<T extends { readonly bytes: Uint8Array }> {
  /** Makes the bytes. What it works on may be used again once the promise has been given. */
  readonly make: () => Promise<T>;
  /** Told where the bytes are. */
  readonly placed: (made: T, address: number) => void;
}

/** Jobs under way at once: enough to keep the compressing threads busy while one result is written. */
export const mostUnderWay = 6;

/** The part of a file handle that is needed here. */
export type Writable = Pick<FileHandle, 'write'>;

/** Writes all of `bytes`. */
export async function writeFully(handle: Writable, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, position + done);
    done += bytesWritten;
  }
}

/**
 * Makes pieces of a file side by side and writes them in the order in which they were asked for, so that the same data
 * make the same file.
 */
export class WriteQueue {
  readonly #handle: Writable;
  readonly #waiting: (() => void)[] = [];
  readonly #watchers: (() => void)[] = [];
  #underWay = 0;
  #tail: Promise<void> = Promise.resolve();
  #failure: { readonly cause: unknown } | undefined;
  #end: number;

  /** Writes to `handle` from the address `start`. */
  constructor(handle: Writable, start: number) {
    this.#handle = handle;
    this.#end = start;
  }

  /** Address behind everything that has been written. */
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
    await this.#tail;
    this.#check();
  }

  /** Resolves when nothing is under way any more; what has not begun is dropped. */
  async stop(): Promise<void> {
    this.#failure ??= { cause: new Error('writing has been given up') };
    await this.#tail;
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure.cause;
  }

  #begin<T extends { readonly bytes: Uint8Array }>(job: Job<T>): void {
    this.#underWay += 1;
    const making = job.make();
    const before = this.#tail;
    this.#tail = this.#place(making, job, before)
      .catch((cause: unknown) => {
        this.#failure ??= { cause };
      })
      .finally(() => {
        this.#underWay -= 1;
        this.#proceed();
      });
  }

  async #place<T extends { readonly bytes: Uint8Array }>(
    making: Promise<T>,
    job: Job<T>,
    before: Promise<void>,
  ): Promise<void> {
    // A failure is told by the first job that fails; others may wait for something that does not come any more.
    making.catch(() => undefined);
    await before;
    if (this.#failure !== undefined) return;
    const made = await making;
    const address = this.#end;
    this.#end = align8(address + made.bytes.byteLength);
    await writeFully(this.#handle, made.bytes, address);
    job.placed(made, address);
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
