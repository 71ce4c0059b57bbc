import { align8 } from './byte-writer.js';

/** Takes the descriptions at the end of a file, one behind the other. */
export interface Appender {
  /** Address of what is appended next; a multiple of 8. */
  readonly end: number;
  /** Appends bytes and returns their address. */
  append(bytes: Uint8Array): number;
}

/** Collects what is appended, to be written in pieces. */
export class AppendBuffer implements Appender {
  #parts: Uint8Array[] = [];
  #waiting = 0;
  #end: number;

  /** `start` is the address of the first byte, a multiple of 8. */
  constructor(start: number) {
    this.#end = start;
  }

  get end(): number {
    return this.#end;
  }

  /** Bytes that have not been taken yet. */
  get waiting(): number {
    return this.#waiting;
  }

  append(bytes: Uint8Array): number {
    const address = this.#end;
    const filling = align8(bytes.byteLength) - bytes.byteLength;
    this.#parts.push(bytes, new Uint8Array(filling));
    this.#waiting += bytes.byteLength + filling;
    this.#end += bytes.byteLength + filling;
    return address;
  }

  /** What has been appended since the last call, in one piece. */
  take(): Uint8Array {
    const all = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#waiting = 0;
    return all;
  }
}
