/** Decompressed chunks of rows, least recently used out first, bounded by their total bytes. */
export class ChunkCache {
  readonly #entries = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #limit: number;
  #bytes = 0;

  /** `limit` is the total of bytes that are kept. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes that are kept now. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether these rows are kept. */
  has(path: string, first: number): boolean {
    return this.#entries.has(`${first}:${path}`);
  }

  /** Rows `first …` of a dataset as they were read before, else read now and kept when they fit. */
  get(path: string, first: number, read: () => Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    const key = `${first}:${path}`;
    const kept = this.#entries.get(key);
    if (kept !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, kept);
      return kept;
    }
    const bytes = read();
    if (bytes.byteLength <= this.#limit) this.#keep(key, bytes);
    return bytes;
  }

  #keep(key: string, bytes: Uint8Array<ArrayBuffer>): void {
    this.#entries.set(key, bytes);
    this.#bytes += bytes.byteLength;
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes <= this.#limit) break;
      this.#entries.delete(oldest);
      this.#bytes -= entry.byteLength;
    }
  }
}
