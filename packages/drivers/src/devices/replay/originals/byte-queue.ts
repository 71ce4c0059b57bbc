/** Bytes that come in pieces. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Bytes of a stream in pieces of any length. */
export class ByteQueue {
  private held: Uint8Array = new Uint8Array(0);
  private readonly chunks: AsyncGenerator<Uint8Array>;
  /** Bytes that are still to come; those behind them are not part of it. */
  private left = Infinity;

  constructor(chunks: Chunks) {
    this.chunks = (async function* () {
      yield* chunks;
    })();
  }

  /** So many bytes; undefined when there are fewer. */
  async take(count: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    if (!(await this.hold(count))) return undefined;
    const taken = Uint8Array.from(this.held.subarray(0, count));
    this.held = this.held.subarray(count);
    return taken;
  }

  /** At most so many bytes, which stay. */
  async peek(count: number): Promise<Uint8Array> {
    await this.hold(count);
    return this.held.subarray(0, count);
  }

  /** Everything that is left. */
  async *rest(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const part = this.held.subarray(0, this.left);
      this.left -= part.length;
      this.held = new Uint8Array(0);
      if (part.length > 0) yield part;
      if (this.left <= 0) return;
      const next = await this.chunks.next();
      if (next.done === true) return;
      this.held = next.value;
    }
  }

  /** Lets it end after so many bytes. */
  end(bytes: number): void {
    this.left = bytes;
  }

  private async hold(count: number): Promise<boolean> {
    const parts: Uint8Array[] = [this.held];
    let length = this.held.length;
    while (length < count) {
      const next = await this.chunks.next();
      if (next.done === true) break;
      parts.push(next.value);
      length += next.value.length;
    }
    if (parts.length > 1) this.held = Buffer.concat(parts);
    return length >= count;
  }
}
