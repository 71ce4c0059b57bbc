import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';

/** A file beside the one that is written, for rows that wait for full chunks and are too many for the memory. */
export class Spill {
  readonly #path: string;
  #descriptor: number | undefined;
  #end = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Reserves room for `bytes` bytes and returns where it is. */
  reserve(bytes: number): number {
    const slot = this.#end;
    this.#end += bytes;
    return slot;
  }

  /** Puts bytes away. */
  write(bytes: Uint8Array, position: number): void {
    const descriptor = this.#open();
    for (let done = 0; done < bytes.byteLength; )
      done += writeSync(descriptor, bytes, done, bytes.byteLength - done, position + done);
  }

  /** Fetches bytes back. */
  read(target: Uint8Array, position: number): void {
    const descriptor = this.#open();
    for (let done = 0; done < target.byteLength; ) {
      const count = readSync(descriptor, target, done, target.byteLength - done, position + done);
      if (count === 0) throw new Error(`${this.#path} has been cut off`);
      done += count;
    }
  }

  /** Removes the file. */
  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #open(): number {
    if (this.#descriptor === undefined) {
      this.#descriptor = openSync(this.#path, 'wx+', 0o600);
      // Without a name it is gone as soon as it is closed, whatever happens to the process.
      rmSync(this.#path);
    }
    return this.#descriptor;
  }
}
