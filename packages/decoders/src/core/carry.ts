/** How far a parser came: `consumed` bytes are done with, at least `needed` more bytes let it go on. */
export interface Progress {
  readonly consumed: number;
  readonly needed: number;
}

/** Parses complete units from the start of `bytes`; `final` when no byte will follow. */
export type Parse = (bytes: Uint8Array, final: boolean) => Progress;

/** Least bytes joined at once, so that many small units at a seam do not cost a parse each. */
const leastJoin = 4096;

/**
 * Feeds a parser that works on contiguous bytes from chunks of any size. Bytes are parsed in place; only what
 * straddles two chunks is copied. `offset` is the position in the input of the first byte not consumed.
 */
export class Carry {
  private kept = new Uint8Array(0);
  private length = 0;
  private needed = 1;

  constructor(
    private readonly parse: Parse,
    public offset = 0,
  ) {}

  /** Bytes that wait for more. */
  get pending(): number {
    return this.length;
  }

  /** Parses what became complete with `chunk`. */
  push(chunk: Uint8Array): void {
    const from = this.length > 0 ? this.join(chunk) : 0;
    if (from >= chunk.length) return;
    const rest = from === 0 ? chunk : chunk.subarray(from);
    const progress = this.run(rest, false);
    this.keep(rest.subarray(progress.consumed));
  }

  /** Parses the rest; returns how many bytes were left over. */
  finish(): number {
    const progress = this.run(this.kept.subarray(0, this.length), true);
    this.length -= progress.consumed;
    return this.length;
  }

  /** Completes the kept bytes from the head of `chunk`; returns the position in `chunk` to go on at. */
  private join(chunk: Uint8Array): number {
    let old = this.length;
    let used = 0;
    while (used < chunk.length) {
      const take = Math.min(chunk.length - used, Math.max(this.needed, leastJoin));
      this.keep(chunk.subarray(used, used + take));
      used += take;
      const { consumed } = this.run(this.kept.subarray(0, this.length), false);
      if (consumed >= old) {
        this.length = 0;
        return consumed - old;
      }
      this.kept.copyWithin(0, consumed, this.length);
      this.length -= consumed;
      old -= consumed;
    }
    return used;
  }

  private run(bytes: Uint8Array, final: boolean): Progress {
    const progress = this.parse(bytes, final);
    this.offset += progress.consumed;
    this.needed = progress.needed;
    return progress;
  }

  private keep(bytes: Uint8Array): void {
    const length = this.length + bytes.length;
    if (length > this.kept.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.kept.length, 2 * leastJoin));
      larger.set(this.kept.subarray(0, this.length));
      this.kept = larger;
    }
    this.kept.set(bytes, this.length);
    this.length = length;
  }
}
