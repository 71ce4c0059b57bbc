import type { ByteReader } from './byte-reader.js';
import { Damage, noAddress } from './byte-reader.js';
import type { ChunkGrid, ChunkIndex, StoredChunk } from './chunk-grid.js';
import type { FileBytes } from './file-bytes.js';

const mostLevels = 32;

interface Key {
  readonly bytes: number;
  readonly skipped: number;
  readonly number: number;
}

/** Chunks in a version 1 B-tree, the index of files for every version of HDF5. */
export class ChunkTree implements ChunkIndex {
  readonly #file: FileBytes;
  readonly #address: number;
  readonly #grid: ChunkGrid;

  constructor(file: FileBytes, address: number, grid: ChunkGrid) {
    this.#file = file;
    this.#address = address;
    this.#grid = grid;
  }

  find(first: number, last: number): ReadonlyMap<number, StoredChunk> {
    const found = new Map<number, StoredChunk>();
    if (this.#address !== noAddress) this.#visit(this.#address, mostLevels, [first, last], found);
    return found;
  }

  #key(reader: ByteReader): Key {
    const bytes = reader.u32();
    const skipped = reader.u32();
    const offsets = this.#grid.shape.map(() => reader.u64());
    reader.skip(8);
    return { bytes, skipped, number: this.#grid.number(offsets) };
  }

  #visit(
    address: number,
    level: number,
    [first, last]: readonly [number, number],
    found: Map<number, StoredChunk>,
  ): void {
    const keyBytes = 16 + 8 * this.#grid.shape.length;
    const head = this.#file.reader(address, 24).expect('TREE').version(1, 'a tree of chunks');
    const own = head.u8();
    if (own >= level) throw new Damage('a tree of chunks leads in circles');
    const count = head.u16();
    const reader = this.#file.reader(address + 24, count * (keyBytes + 8) + keyBytes);
    let key = this.#key(reader);
    for (let k = 0; k < count; k += 1) {
      const child = reader.address();
      const next = this.#key(reader);
      if (own === 0) {
        if (key.number >= first && key.number <= last) found.set(key.number, { ...key, address: child });
      } else if (key.number <= last && next.number >= first) {
        this.#visit(child, own, [first, last], found);
      }
      key = next;
    }
  }
}
