import { align8, ByteWriter } from './byte-writer.js';

const smallest = 4096;
const headBytes = 16;

/** Most objects of one collection: their numbers have 16 bits. */
export const mostHeapObjects = 65_535;

/** One collection of the global heap that holds these objects, numbered from 1. */
export function encodeCollection(objects: readonly Uint8Array[]): Uint8Array {
  const used = objects.reduce((total, { byteLength }) => total + headBytes + align8(byteLength), headBytes);
  let size = Math.max(smallest, used);
  // What is left over must hold the head of the free space.
  if (size > used && size - used < headBytes) size += headBytes;
  const out = new ByteWriter();
  out.ascii('GCOL').u8(1).zeros(3).u64(size);
  objects.forEach((object, k) => {
    out
      .u16(k + 1)
      .u16(0)
      .u32(0)
      .u64(object.byteLength)
      .bytes(object)
      .pad8();
  });
  if (size > used)
    out
      .u16(0)
      .u16(0)
      .u32(0)
      .u64(size - used)
      .zeros(size - used - headBytes);
  return out.finish();
}

/** Where an object of variable length is; nothing for an empty one. */
export function encodeHeapReference(length: number, collection: number, index: number): Uint8Array {
  const out = new ByteWriter();
  if (length === 0) return out.zeros(16).finish();
  return out.u32(length).u64(collection).u32(index).finish();
}

/** Texts that are put into collections before it is known where those will be. */
export class TextHeap {
  readonly #collections: Uint8Array[][] = [];
  readonly #mostBytes: number;
  #bytes = 0;

  /** A collection takes no further text when it holds more than `mostBytes`. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Takes a text; returns where it stands, once the addresses of the collections are known. */
  add(text: Uint8Array): (addresses: readonly number[]) => Uint8Array {
    if (text.byteLength === 0) return () => encodeHeapReference(0, 0, 0);
    let collection = this.#collections.at(-1);
    if (collection === undefined || this.#bytes > this.#mostBytes || collection.length >= mostHeapObjects) {
      collection = [];
      this.#collections.push(collection);
      this.#bytes = 0;
    }
    collection.push(text);
    this.#bytes += text.byteLength;
    const number = this.#collections.length - 1;
    const index = collection.length;
    return (addresses) => encodeHeapReference(text.byteLength, addresses[number] ?? 0, index);
  }

  /** The collections, in order. */
  *encoded(): Generator<Uint8Array> {
    for (const collection of this.#collections) yield encodeCollection(collection);
  }
}
