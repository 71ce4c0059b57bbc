import { Damage } from './byte-reader.js';

/** Where one chunk is in the file. */
export interface StoredChunk {
  readonly address: number;
  /** Bytes in the file. */
  readonly bytes: number;
  /** Bit k is set where filter k was left out. */
  readonly skipped: number;
}

/** How a dataset is cut into chunks. */
export class ChunkGrid {
  readonly shape: readonly number[];
  readonly chunk: readonly number[];
  readonly elementBytes: number;
  /** Chunks side by side along each axis but the first. */
  readonly #counts: readonly number[];

  constructor(shape: readonly number[], chunk: readonly number[], elementBytes: number) {
    this.shape = shape;
    this.chunk = chunk;
    this.elementBytes = elementBytes;
    if (chunk.length !== shape.length || chunk.length === 0 || chunk.some((extent) => !(extent > 0)))
      throw new Damage('the chunks do not fit the data');
    if (this.chunkBytes > 2 ** 31) throw new Damage(`chunks of ${this.chunkBytes} bytes`);
    this.#counts = shape.slice(1).map((extent, axis) => Math.ceil(extent / chunk[axis + 1]!));
  }

  /** Bytes of one chunk, uncompressed. */
  get chunkBytes(): number {
    return this.chunk.reduce((total, extent) => total * extent, this.elementBytes);
  }

  /** Chunks that share the same rows. */
  get perBand(): number {
    return this.#counts.reduce((total, count) => total * count, 1);
  }

  /** Number of a chunk, counted row by row, from the indices of its first element. */
  number(offsets: readonly number[]): number {
    let number = Math.floor((offsets[0] ?? 0) / this.chunk[0]!);
    this.#counts.forEach((count, axis) => {
      number = number * count + Math.floor((offsets[axis + 1] ?? 0) / this.chunk[axis + 1]!);
    });
    return number;
  }

  /** Indices of the first element of a chunk. */
  offsets(number: number): number[] {
    const offsets: number[] = [];
    let rest = number;
    for (let axis = this.#counts.length - 1; axis >= 0; axis -= 1) {
      const count = this.#counts[axis]!;
      offsets.unshift((rest % count) * this.chunk[axis + 1]!);
      rest = Math.floor(rest / count);
    }
    return [rest * this.chunk[0]!, ...offsets];
  }
}

/** Finds the chunks of a dataset by their numbers. */
export interface ChunkIndex {
  /** The stored ones among the chunks `first` to `last` (included), by number. */
  find(first: number, last: number): ReadonlyMap<number, StoredChunk>;
}
