import { createHash, type Hash } from 'node:crypto';
import { Lh5Error } from '../../errors.js';
import { type ElementDescription } from '../../hdf5/element-type.js';
import { chunkRowsFor, type NewRows, type RowStream, type StoragePlan } from '../../hdf5/output.js';
import { buffers } from './buffer-pool.js';
import { encodeChunk, filtersOf } from './chunk-encoder.js';
import type { ChunkEntry } from './chunk-tree.js';
import { storedBytes } from './datatype-encoder.js';
import { Deflater } from './deflater.js';
import type { Filter } from './object-header.js';
import type { Spill } from './spill.js';
import type { WriteQueue } from './write-queue.js';

/** Chunks of so few bytes are many and take no time: more of them may be under way. */
const smallChunk = 16 << 10;

/** What must be kept of rows of numbers to go on with them. */
export interface RowBufferState {
  readonly kind: 'numbers';
  readonly plan: StoragePlan;
  readonly type: ElementDescription;
  readonly rowShape: readonly number[];
  readonly rows: number;
  readonly chunks: readonly ChunkEntry[];
  /** The rows that wait for a full chunk. */
  readonly waiting: Uint8Array;
}

/** Where the rows of a dataset go. */
export interface RowDestination {
  readonly queue: WriteQueue;
  readonly spill: Spill;
}

/**
 * Rows on their way to a dataset: they wait until a chunk is full, which is then compressed and written. The last one is
 * filled up with zeros, unless the dataset ends within its first chunk: that is made as long as its rows.
 */
export class RowBuffer implements RowStream {
  readonly type: ElementDescription;
  readonly rowShape: readonly number[];
  readonly filters: readonly Filter[];
  readonly chunks: ChunkEntry[] = [];
  readonly #deflater: Deflater;
  readonly #hash: Hash | undefined;
  readonly #destination: RowDestination;
  readonly #plan: StoragePlan;
  readonly #rowBytes: number;
  #chunkRows: number;
  #rows = 0;
  #pending = new Uint8Array(0);
  #pendingBytes = 0;
  #spilledBytes = 0;
  #slot: number | undefined;
  #begun = 0;

  constructor(
    destination: RowDestination,
    { plan }: NewRows,
    type: ElementDescription,
    rowShape: readonly number[],
  ) {
    const elementBytes = storedBytes(type);
    this.#destination = destination;
    this.#plan = plan;
    this.#hash = plan.sha256 ? createHash('sha256') : undefined;
    this.#deflater = new Deflater(plan.gzip);
    this.type = type;
    this.rowShape = rowShape;
    this.filters = filtersOf(plan, elementBytes);
    this.#rowBytes = rowShape.reduce((total, extent) => total * extent, elementBytes);
    this.#chunkRows = chunkRowsFor(plan, this.#rowBytes);
  }

  /** Rows that go on where the state was taken, when all chunks were written. */
  static from(destination: RowDestination, state: RowBufferState): RowBuffer {
    const { plan, type, rowShape, rows, chunks, waiting } = state;
    const head = { datatype: undefined, attrs: {}, plan };
    const buffer = new RowBuffer(destination, head, type, rowShape);
    for (const chunk of chunks) buffer.chunks.push(chunk);
    buffer.#begun = chunks.length;
    buffer.#rows = rows;
    if (waiting.byteLength > 0) buffer.#keep(waiting);
    return buffer;
  }

  /** Rows taken. */
  get rows(): number {
    return this.#rows;
  }

  /** Rows per chunk; final when everything has been flushed. */
  get chunkRows(): number {
    return this.#chunkRows;
  }

  /** Memory that is taken up by what waits for a full chunk, in bytes. */
  get waiting(): number {
    return this.#pending.byteLength;
  }

  /** Bytes that no chunk has taken yet. */
  get unwritten(): number {
    return this.#spilledBytes + this.#pendingBytes;
  }

  get #chunkBytes(): number {
    return this.#chunkRows * this.#rowBytes;
  }

  /** SHA-256 of all rows taken, when it was asked for. */
  get sha256(): string | undefined {
    return this.#hash?.copy().digest('hex');
  }

  add(bytes: Uint8Array, rows: number): void {
    this.#hash?.update(bytes.subarray(0, rows * this.#rowBytes));
    this.#rows += rows;
    const end = rows * this.#rowBytes;
    for (let at = 0; at < end; ) {
      const kept = this.unwritten;
      if (kept === 0 && end - at >= this.#chunkBytes) {
        this.#write(bytes.subarray(at, at + this.#chunkBytes));
        at += this.#chunkBytes;
        continue;
      }
      const taken = Math.min(end - at, this.#chunkBytes - kept);
      this.#keep(bytes.subarray(at, at + taken));
      at += taken;
      if (kept + taken === this.#chunkBytes) this.#writeWaiting();
    }
  }

  /** Writes what waits as the last chunk. */
  flush(): void {
    const kept = this.unwritten;
    if (this.#plan.chunkRows === undefined && this.#begun === 0 && this.#rows > 0)
      this.#chunkRows = this.#rows;
    if (kept > 0) this.#writeWaiting();
  }

  /** Puts what waits in memory away to the disk. */
  relieve(): void {
    if (this.#pendingBytes === 0) return;
    const { spill } = this.#destination;
    this.#slot ??= spill.reserve(this.#chunkBytes);
    spill.write(this.#pending.subarray(0, this.#pendingBytes), this.#slot + this.#spilledBytes);
    this.#spilledBytes += this.#pendingBytes;
    this.#letGo();
  }

  /** What must be kept to go on later; all chunks must have been written. */
  state(): RowBufferState {
    if (this.#plan.sha256) {
      throw new Lh5Error(
        'argument-invalid',
        'checksums over whole datasets do not outlast a break: leave sha256 away, or do not ask for going on later',
      );
    }
    const waiting = new Uint8Array(this.#spilledBytes + this.#pendingBytes);
    if (this.#slot !== undefined && this.#spilledBytes > 0)
      this.#destination.spill.read(waiting.subarray(0, this.#spilledBytes), this.#slot);
    waiting.set(this.#pending.subarray(0, this.#pendingBytes), this.#spilledBytes);
    const { type, rowShape, chunks } = this;
    return {
      kind: 'numbers',
      plan: this.#plan,
      type,
      rowShape,
      rows: this.#rows,
      chunks: [...chunks],
      waiting,
    };
  }

  #keep(bytes: Uint8Array): void {
    const needed = this.#pendingBytes + bytes.byteLength;
    if (this.#pending.byteLength < needed) {
      const larger = buffers.take(Math.min(this.#chunkBytes, Math.max(needed, 2 * this.#pending.byteLength)));
      larger.set(this.#pending.subarray(0, this.#pendingBytes));
      buffers.give(this.#pending);
      this.#pending = larger;
    }
    this.#pending.set(bytes, this.#pendingBytes);
    this.#pendingBytes = needed;
  }

  /** Writes everything that waits, filled up with zeros, as one chunk. */
  #writeWaiting(): void {
    const kept = this.unwritten;
    let memory = this.#pending;
    if (this.#spilledBytes > 0 || memory.byteLength < this.#chunkBytes) {
      memory = buffers.take(this.#chunkBytes);
      if (this.#slot !== undefined && this.#spilledBytes > 0)
        this.#destination.spill.read(memory.subarray(0, this.#spilledBytes), this.#slot);
      memory.set(this.#pending.subarray(0, this.#pendingBytes), this.#spilledBytes);
      this.#letGo();
    }
    const chunk = memory.subarray(0, this.#chunkBytes);
    chunk.fill(0, kept);
    this.#pending = new Uint8Array(0);
    this.#pendingBytes = 0;
    this.#spilledBytes = 0;
    this.#write(chunk, memory);
  }

  /** Gives the memory of what waits back. */
  #letGo(): void {
    buffers.give(this.#pending);
    this.#pending = new Uint8Array(0);
    this.#pendingBytes = 0;
  }

  /** Writes a chunk; `memory` is given back as soon as it is not needed any more. */
  #write(chunk: Uint8Array, memory?: Uint8Array<ArrayBuffer>): void {
    const number = this.#begun;
    this.#begun += 1;
    this.#destination.queue.add({
      make: () => {
        const made = encodeChunk(chunk, this.filters, this.#deflater);
        if (memory !== undefined) buffers.give(memory);
        return made;
      },
      placed: ({ bytes, skipped }, address) => {
        this.chunks[number] = { address, bytes: bytes.byteLength, skipped };
      },
      written: (made) => buffers.give(made.memory),
      isSmall: chunk.byteLength <= smallChunk,
    });
  }
}
