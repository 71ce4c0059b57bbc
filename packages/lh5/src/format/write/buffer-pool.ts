/** Smaller buffers cost nothing to make; larger ones are rare and would keep their memory taken up. */
const leastBytes = 16 << 10;
const mostBytes = 1 << 20;
/** Idle memory that is kept at most. */
const keptBytes = 8 << 20;

function sizeFor(bytes: number): number {
  if (bytes < leastBytes || bytes > mostBytes) return bytes;
  return 2 ** Math.ceil(Math.log2(bytes));
}

/** Memory that is given back and taken again, so that writing leaves little garbage. */
export class BufferPool {
  readonly #idle = new Map<number, Uint8Array<ArrayBuffer>[]>();
  #kept = 0;

  /** Bytes that nobody uses. */
  get kept(): number {
    return this.#kept;
  }

  /** At least so many bytes, with whatever is in them. */
  take(bytes: number): Uint8Array<ArrayBuffer> {
    const size = sizeFor(bytes);
    const found = this.#idle.get(size)?.pop();
    if (found === undefined) return new Uint8Array(size);
    this.#kept -= size;
    return found;
  }

  /** Takes memory back that `take` has given and that nobody uses any more. */
  give(buffer: Uint8Array<ArrayBuffer>): void {
    const size = buffer.byteLength;
    if (size < leastBytes || size !== sizeFor(size) || size > mostBytes || this.#kept + size > keptBytes)
      return;
    const idle = this.#idle.get(size) ?? [];
    this.#idle.set(size, idle);
    idle.push(buffer);
    this.#kept += size;
  }
}

/** The memory of all files that a thread writes. */
export const buffers = new BufferPool();
