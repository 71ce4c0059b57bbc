import type { ByteReader } from './byte-reader.js';
import { noAddress } from './byte-reader.js';
import type { ChunkIndex, StoredChunk } from './chunk-grid.js';
import type { FileBytes } from './file-bytes.js';

/** What the entries of an array of chunks look like. */
interface EntryForm {
  readonly filtered: boolean;
  readonly entryBytes: number;
  /** Bytes of a chunk that is not filtered. */
  readonly chunkBytes: number;
}

function entryFrom(reader: ByteReader, { filtered, entryBytes, chunkBytes }: EntryForm): StoredChunk {
  const address = reader.address();
  if (!filtered) return { address, bytes: chunkBytes, skipped: 0 };
  return { address, bytes: reader.integer(entryBytes - 12), skipped: reader.u32() };
}

/** Entries `from` to `to` (not included) of a run of entries at an address. */
interface Run {
  readonly address: number;
  readonly from: number;
  readonly to: number;
}

abstract class ChunkArray implements ChunkIndex {
  protected readonly file: FileBytes;
  protected readonly form: EntryForm;

  constructor(file: FileBytes, form: EntryForm) {
    this.file = file;
    this.form = form;
  }

  find(first: number, last: number): ReadonlyMap<number, StoredChunk> {
    const found = new Map<number, StoredChunk>();
    for (let number = first; number <= last; ) {
      const run = this.run(number);
      const stop = Math.min(last + 1, run.to);
      if (run.address !== noAddress) {
        const { entryBytes } = this.form;
        const at = run.address + (number - run.from) * entryBytes;
        const reader = this.file.reader(at, (stop - number) * entryBytes);
        for (let k = number; k < stop; k += 1) {
          const entry = entryFrom(reader, this.form);
          if (entry.address !== noAddress) found.set(k, entry);
        }
      }
      number = stop;
    }
    return found;
  }

  /** The run of entries that holds this one. */
  protected abstract run(number: number): Run;
}

/** Chunks of a dataset that cannot grow. */
export class FixedArray extends ChunkArray {
  readonly #count: number;
  readonly #block: number;
  readonly #pageEntries: number;

  constructor(file: FileBytes, address: number, chunkBytes: number) {
    const head = file.checked(address, 28).expect('FAHD').version(0, 'an array of chunks');
    const filtered = head.u8() === 1;
    super(file, { filtered, entryBytes: head.u8(), chunkBytes });
    this.#pageEntries = 2 ** head.u8();
    this.#count = head.u64();
    this.#block = head.address();
  }

  protected run(number: number): Run {
    const none = { address: noAddress, from: number, to: Number.POSITIVE_INFINITY };
    if (this.#block === noAddress || number >= this.#count) return none;
    const headBytes = 14;
    if (this.#count <= this.#pageEntries)
      return { address: this.#block + headBytes, from: 0, to: this.#count };
    const pages = Math.ceil(this.#count / this.#pageEntries);
    const page = Math.floor(number / this.#pageEntries);
    const bitmap = this.file.description(this.#block + headBytes, Math.ceil(pages / 8));
    const from = page * this.#pageEntries;
    const to = Math.min(from + this.#pageEntries, this.#count);
    const made = (bitmap[page >> 3]! & (0x80 >> (page & 7))) !== 0;
    const pageBytes = this.#pageEntries * this.form.entryBytes + 4;
    const start = this.#block + headBytes + bitmap.byteLength + 4;
    return { address: made ? start + page * pageBytes : noAddress, from, to };
  }
}

/** Chunks of a dataset that can grow along its first axis. */
export class ExtensibleArray extends ChunkArray {
  readonly #index: number;
  readonly #indexEntries: number;
  readonly #leastEntries: number;
  readonly #leastPointers: number;
  readonly #pageEntries: number;
  readonly #offsetBytes: number;
  readonly #superBlocks: number;

  constructor(file: FileBytes, address: number, chunkBytes: number) {
    const head = file.checked(address, 72).expect('EAHD').version(0, 'an array of chunks');
    const filtered = head.u8() === 1;
    super(file, { filtered, entryBytes: head.u8(), chunkBytes });
    const bits = head.u8();
    this.#indexEntries = head.u8();
    this.#leastEntries = head.u8();
    this.#leastPointers = head.u8();
    this.#pageEntries = 2 ** head.u8();
    head.skip(6 * 8);
    this.#index = head.address();
    this.#offsetBytes = Math.ceil(bits / 8);
    this.#superBlocks = 1 + bits - Math.log2(this.#leastEntries);
  }

  protected run(number: number): Run {
    const nothing = { address: noAddress, from: number, to: Number.POSITIVE_INFINITY };
    if (this.#index === noAddress) return nothing;
    const entries = this.#index + 14;
    if (number < this.#indexEntries) return { address: entries, from: 0, to: this.#indexEntries };
    const beyond = number - this.#indexEntries;
    // Super block s has 2^(s/2) blocks of 2^((s+1)/2) times the least number of entries.
    const level = Math.floor(Math.log2(beyond / this.#leastEntries + 1));
    if (level >= this.#superBlocks) return nothing;
    const blockEntries = 2 ** Math.floor((level + 1) / 2) * this.#leastEntries;
    const levelStart = (2 ** level - 1) * this.#leastEntries;
    const block = Math.floor((beyond - levelStart) / blockEntries);
    const from = this.#indexEntries + levelStart + block * blockEntries;
    const address = this.#block(level, block, blockEntries, number - from);
    if (blockEntries <= this.#pageEntries || address === noAddress)
      return { address, from, to: from + blockEntries };
    const pageStart = from + Math.floor((number - from) / this.#pageEntries) * this.#pageEntries;
    return { address, from: pageStart, to: pageStart + this.#pageEntries };
  }

  /** Address of the entries of a block, or of the page of it that holds an entry. */
  #block(level: number, block: number, blockEntries: number, entry: number): number {
    const direct = 2 * Math.log2(this.#leastPointers);
    const { entryBytes } = this.form;
    const pointers = this.#index + 14 + this.#indexEntries * entryBytes;
    const pages = blockEntries <= this.#pageEntries ? 0 : blockEntries / this.#pageEntries;
    const page = Math.floor(entry / this.#pageEntries);
    const within = (address: number): number => {
      const start = address + 14 + this.#offsetBytes;
      return pages === 0 ? start : start + 4 + page * (this.#pageEntries * entryBytes + 4);
    };
    if (level < direct) {
      let before = 0;
      for (let k = 0; k < level; k += 1) before += 2 ** Math.floor(k / 2);
      const address = this.#pointer(pointers + 8 * (before + block));
      return address === noAddress ? noAddress : within(address);
    }
    const blocksInIndex = 2 * (this.#leastPointers - 1);
    const superBlock = this.#pointer(pointers + 8 * (blocksInIndex + level - direct));
    if (superBlock === noAddress) return noAddress;
    const blocks = 2 ** Math.floor(level / 2);
    const bitmapBytes = pages === 0 ? 0 : Math.ceil(pages / 8);
    const head = superBlock + 14 + this.#offsetBytes;
    if (pages > 0) {
      const bitmap = this.file.description(head + block * bitmapBytes, bitmapBytes);
      if ((bitmap[page >> 3]! & (0x80 >> (page & 7))) === 0) return noAddress;
    }
    const address = this.#pointer(head + blocks * bitmapBytes + 8 * block);
    return address === noAddress ? noAddress : within(address);
  }

  #pointer(address: number): number {
    return this.file.reader(address, 8).address();
  }
}

/** One chunk for everything, or chunks of which each is at its place behind the one before. */
export class RunOfChunks implements ChunkIndex {
  readonly #first: StoredChunk;
  readonly #count: number;

  constructor(first: StoredChunk, count: number) {
    this.#first = first;
    this.#count = count;
  }

  find(first: number, last: number): ReadonlyMap<number, StoredChunk> {
    const found = new Map<number, StoredChunk>();
    if (this.#first.address === noAddress) return found;
    for (let k = first; k <= Math.min(last, this.#count - 1); k += 1)
      found.set(k, { ...this.#first, address: this.#first.address + k * this.#first.bytes });
    return found;
  }
}
