import { ByteReader, Damage } from './byte-reader.js';
import type { FileBytes } from './file-bytes.js';

const mostCollections = 64;

/** Reads objects of variable length from the global heap; keeps the collections that were used last. */
export class HeapReader {
  readonly #file: FileBytes;
  readonly #collections = new Map<number, ReadonlyMap<number, Uint8Array<ArrayBuffer>>>();

  constructor(file: FileBytes) {
    this.#file = file;
  }

  /** The object behind a reference (number of elements, collection, index) as it stands in data. */
  object(reference: ByteReader, elementBytes = 1): Uint8Array<ArrayBuffer> {
    const length = reference.u32() * elementBytes;
    const address = reference.address();
    const index = reference.u32();
    if (length === 0 || address === 0) return new Uint8Array(0);
    const found = this.#collection(address).get(index);
    if (found === undefined || found.byteLength < length)
      throw new Damage(`object ${index} of the collection at ${address} is not there`);
    return found.subarray(0, length);
  }

  #collection(address: number): ReadonlyMap<number, Uint8Array<ArrayBuffer>> {
    const kept = this.#collections.get(address);
    if (kept !== undefined) return kept;
    const size = this.#file.reader(address, 16).expect('GCOL').skip(4).u64();
    const reader = new ByteReader(this.#file.direct(address, size), 16);
    const objects = new Map<number, Uint8Array<ArrayBuffer>>();
    while (reader.left >= 16) {
      const index = reader.u16();
      if (index === 0) break;
      reader.skip(6);
      const bytes = reader.u64();
      objects.set(index, reader.take(bytes));
      reader.skip(Math.min(reader.left, (8 - (bytes % 8)) % 8));
    }
    this.#collections.set(address, objects);
    if (this.#collections.size > mostCollections)
      this.#collections.delete(this.#collections.keys().next().value ?? address);
    return objects;
  }
}
