import { closeSync, openSync, readSync } from 'node:fs';
import { memoryFor } from '../../hdf5/read-memory.js';
import { ByteReader, Damage } from './byte-reader.js';
import { lookup3 } from './checksum.js';

const pageBytes = 1 << 16;
const mostPages = 64;

/** Where the bytes of a file are. */
export interface ByteStore {
  /** Bytes in all. */
  readonly size: number;
  /** Fills `target` from the beginning with bytes from `position` on; returns how many, at least one unless the file has ended. */
  read(target: Uint8Array, position: number): number;
  close(): void;
}

/** A file of this machine, `size` bytes long. Throws the file system's error. */
export function localBytes(path: string, size: number): ByteStore {
  const descriptor = openSync(path, 'r');
  return {
    size,
    read: (target, position) => readSync(descriptor, target, 0, target.byteLength, position),
    close: () => closeSync(descriptor),
  };
}

/** A file at random access. Addresses count from the beginning of what HDF5 calls the file, behind a user block if any. */
export class FileBytes {
  readonly size: number;
  readonly #store: ByteStore;
  readonly #pages = new Map<number, Uint8Array<ArrayBuffer>>();
  #base = 0;

  /** Takes over an open file. */
  constructor(store: ByteStore) {
    this.size = store.size;
    this.#store = store;
  }

  /** Sets where address 0 is. */
  set base(offset: number) {
    this.#base = offset;
  }

  close(): void {
    this.#store.close();
  }

  /** Bytes of the file that are not kept here. */
  direct(address: number, length: number): Uint8Array<ArrayBuffer> {
    this.#check(address, length);
    const out = memoryFor('', length, undefined);
    this.#read(out, address + this.#base);
    return out;
  }

  /** Fills `target` with bytes of the file. */
  into(target: Uint8Array, address: number): void {
    this.#check(address, target.byteLength);
    this.#read(target, address + this.#base);
  }

  /** Bytes of a description: pages of the file are kept. The result is not to be changed. */
  description(address: number, length: number): Uint8Array<ArrayBuffer> {
    this.#check(address, length);
    const start = address + this.#base;
    const first = Math.floor(start / pageBytes);
    if (start + length <= (first + 1) * pageBytes) {
      const from = start - first * pageBytes;
      return this.#page(first).subarray(from, from + length);
    }
    return this.direct(address, length);
  }

  /** A reader over a description of so many bytes. */
  reader(address: number, length: number): ByteReader {
    return new ByteReader(this.description(address, length));
  }

  /** Reader over a description whose last four bytes are its checksum. */
  checked(address: number, length: number): ByteReader {
    const bytes = this.description(address, length);
    const body = bytes.subarray(0, length - 4);
    const stored = new DataView(bytes.buffer, bytes.byteOffset + length - 4, 4).getUint32(0, true);
    if (lookup3(body) !== stored) throw new Damage(`the checksum of the description at ${address} is wrong`);
    return new ByteReader(body);
  }

  #check(address: number, length: number): void {
    if (!(address >= 0) || !(length >= 0) || address + this.#base + length > this.size)
      throw new Damage(`something is said to be at byte ${address}, behind the end of the file`);
  }

  #page(number: number): Uint8Array<ArrayBuffer> {
    const kept = this.#pages.get(number);
    if (kept !== undefined) return kept;
    const page = memoryFor('', Math.min(pageBytes, this.size - number * pageBytes), undefined);
    this.#read(page, number * pageBytes);
    this.#pages.set(number, page);
    if (this.#pages.size > mostPages) this.#pages.delete(this.#pages.keys().next().value ?? number);
    return page;
  }

  #read(target: Uint8Array, position: number): void {
    for (let done = 0; done < target.byteLength; ) {
      const count = this.#store.read(target.subarray(done), position + done);
      if (count === 0) throw new Damage('the file has become shorter');
      done += count;
    }
  }
}
