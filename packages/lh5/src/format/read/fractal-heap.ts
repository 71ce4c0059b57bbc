import { UnknownFormat } from '../../hdf5/source.js';
import { ByteReader, Damage } from './byte-reader.js';
import type { FileBytes } from './file-bytes.js';

function log2(value: number): number {
  return Math.floor(Math.log2(value));
}

/** Bytes that numbers up to `limit` take. */
export function limitBytes(limit: number): number {
  return Math.floor(log2(Math.max(1, limit)) / 8) + 1;
}

/** The heap in which newer files keep links and attributes when there are many of them. */
export class FractalHeap {
  readonly #file: FileBytes;
  readonly #width: number;
  readonly #startBytes: number;
  readonly #directRows: number;
  readonly #offsetBytes: number;
  readonly #lengthBytes: number;
  readonly #root: number;
  readonly #rootRows: number;

  constructor(file: FileBytes, address: number) {
    const fixed = 4 + 1 + 2 + 2 + 1 + 4 + 12 * 8 + 2 + 2 * 8 + 2 + 2 + 8 + 2 + 4;
    const reader = file.checked(address, fixed).expect('FRHP').version(0, 'a fractal heap').skip(2);
    if (reader.u16() !== 0) throw new UnknownFormat('a compressed fractal heap');
    reader.skip(1);
    const mostManaged = reader.u32();
    reader.skip(12 * 8);
    this.#file = file;
    this.#width = reader.u16();
    this.#startBytes = reader.u64();
    const mostDirect = reader.u64();
    this.#offsetBytes = Math.ceil(reader.u16() / 8);
    reader.skip(2);
    this.#root = reader.address();
    this.#rootRows = reader.u16();
    this.#directRows = log2(mostDirect) - log2(this.#startBytes) + 2;
    this.#lengthBytes = Math.min(Math.ceil(log2(mostDirect) / 8), limitBytes(mostManaged));
    if (!(this.#width > 0) || !(this.#startBytes > 0)) throw new Damage('a fractal heap without blocks');
  }

  /** The object with this heap number. */
  object(id: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    const reader = new ByteReader(id);
    const kind = (reader.u8() >> 4) & 3;
    if (kind !== 0) throw new UnknownFormat('a fractal heap with very large or very small objects');
    const offset = reader.integer(this.#offsetBytes);
    const length = reader.integer(this.#lengthBytes);
    const block =
      this.#rootRows === 0
        ? { address: this.#root, offset: 0 }
        : this.#directBlock(this.#root, this.#rootRows, 0, offset);
    return this.#file.description(block.address + offset - block.offset, length);
  }

  #rowBytes(row: number): number {
    return row === 0 ? this.#startBytes : this.#startBytes * 2 ** (row - 1);
  }

  /** The direct block that holds an offset, below an indirect block that begins at `start`. */
  #directBlock(
    address: number,
    rows: number,
    start: number,
    offset: number,
  ): { address: number; offset: number } {
    const within = offset - start;
    const firstRow = this.#startBytes * this.#width;
    const row = within < firstRow ? 0 : log2(within / firstRow) + 1;
    if (within < 0 || row >= rows) throw new Damage('an object is outside of its heap');
    const bytes = this.#rowBytes(row);
    const rowStart = row === 0 ? 0 : firstRow * 2 ** (row - 1);
    const column = Math.floor((within - rowStart) / bytes);
    const head = 4 + 1 + 8 + this.#offsetBytes;
    const entry = this.#file.reader(address + head + 8 * (row * this.#width + column), 8).address();
    const blockStart = start + rowStart + column * bytes;
    if (row < this.#directRows) return { address: entry, offset: blockStart };
    const childRows = log2(bytes) - log2(firstRow) + 1;
    return this.#directBlock(entry, childRows, blockStart, offset);
  }
}
