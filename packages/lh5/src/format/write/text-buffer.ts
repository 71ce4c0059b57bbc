import { type ElementDescription, typeClass } from '../../hdf5/element-type.js';
import type { NewRows, TextStream } from '../../hdf5/output.js';
import type { ChunkEntry } from './chunk-tree.js';
import { referenceBytes } from './datatype-encoder.js';
import { TextHeap } from './global-heap.js';
import type { Filter } from './object-header.js';
import { RowBuffer, type RowDestination } from './row-buffer.js';

const textsPerChunk = 4096;
const heapBytes = 1 << 20;

/** What must be kept of texts to go on with them. */
export interface TextBufferState {
  readonly kind: 'texts';
  readonly dataset: NewRows;
  readonly rows: number;
  readonly utf8: boolean;
  readonly chunks: readonly ChunkEntry[];
  /** Texts that are in the file, by their places of 16 bytes each. */
  readonly references: Uint8Array;
  readonly texts: readonly Uint8Array[];
}

type Reference = (addresses: readonly number[]) => Uint8Array;

function stringType(size: number | 'variable', utf8: boolean): ElementDescription {
  const variable = size === 'variable';
  return {
    type: typeClass.string,
    size: variable ? referenceBytes : size,
    signed: false,
    littleEndian: true,
    vlen: variable,
    cset: utf8 ? 1 : 0,
    // Zero-terminated when of variable length, else filled up with zeros.
    strpad: variable ? 0 : 1,
  };
}

/**
 * Texts on their way to a dataset. Those that end within the first chunk are stored with a fixed width (as long as the
 * longest), more of them with variable length, because longer ones could follow.
 */
export class TextBuffer implements TextStream {
  readonly #destination: RowDestination;
  readonly #dataset: NewRows;
  readonly #chunks: ChunkEntry[] = [];
  #rows = 0;
  #texts: Uint8Array[] = [];
  #textBytes = 0;
  #references: Promise<Uint8Array>[] = [];
  #referenced = 0;
  #begun = 0;
  #utf8 = false;
  #fixed: RowBuffer | undefined;

  constructor(destination: RowDestination, dataset: NewRows) {
    this.#destination = destination;
    this.#dataset = dataset;
  }

  /** Texts that go on where the state was taken. */
  static from(destination: RowDestination, state: TextBufferState): TextBuffer {
    const { dataset, rows, utf8, chunks, references, texts } = state;
    const buffer = new TextBuffer(destination, dataset);
    buffer.#rows = rows;
    buffer.#utf8 = utf8;
    for (const chunk of chunks) buffer.#chunks.push(chunk);
    buffer.#begun = chunks.length;
    buffer.#referenced = references.byteLength / referenceBytes;
    if (references.byteLength > 0) buffer.#references.push(Promise.resolve(references));
    buffer.#texts = [...texts];
    buffer.#textBytes = texts.reduce((sum, { byteLength }) => sum + byteLength + referenceBytes, 0);
    return buffer;
  }

  /** Rows taken. */
  get rows(): number {
    return this.#rows;
  }

  /** What must be kept to go on later; everything that was begun must have been written. */
  async state(): Promise<TextBufferState> {
    return {
      kind: 'texts',
      dataset: this.#dataset,
      rows: this.#rows,
      utf8: this.#utf8,
      chunks: [...this.#chunks],
      references: Buffer.concat(await Promise.all(this.#references)),
      texts: [...this.#texts],
    };
  }

  /** Bytes that wait in memory. */
  get waiting(): number {
    return this.#textBytes + this.#referenced * referenceBytes;
  }

  /** The type; final when everything has been flushed. */
  get type(): ElementDescription {
    return this.#fixed?.type ?? stringType('variable', this.#utf8);
  }

  get rowShape(): readonly number[] {
    return [];
  }

  get filters(): readonly Filter[] {
    return this.#fixed?.filters ?? [];
  }

  get chunks(): readonly ChunkEntry[] {
    return this.#fixed?.chunks ?? this.#chunks;
  }

  get chunkRows(): number {
    return this.#fixed?.chunkRows ?? textsPerChunk;
  }

  add(texts: readonly string[]): void {
    for (const text of texts) {
      const bytes = Buffer.from(text, 'utf8');
      if (bytes.byteLength !== text.length) this.#utf8 = true;
      this.#texts.push(bytes);
      this.#textBytes += bytes.byteLength + referenceBytes;
      this.#rows += 1;
      const full = this.#referenced + this.#texts.length === textsPerChunk;
      if (full || this.#textBytes > heapBytes) this.relieve();
      if (full) this.#writeReferences();
    }
  }

  /** Writes what waits as the last chunk. */
  flush(): void {
    if (this.#begun === 0 && this.#referenced === 0) {
      this.#writeFixed();
      return;
    }
    this.relieve();
    if (this.#referenced > 0) this.#writeReferences();
  }

  /** Puts the texts that wait in memory into the file; places of 16 bytes each remain. */
  relieve(): void {
    if (this.#texts.length === 0) return;
    const heap = new TextHeap(heapBytes);
    const references: Reference[] = this.#texts.map((text) => heap.add(text));
    const placed: Promise<number>[] = [];
    for (const bytes of heap.encoded()) {
      placed.push(
        new Promise((resolve) => {
          const placedAt = (_made: object, address: number): void => resolve(address);
          this.#destination.queue.add({ make: () => Promise.resolve({ bytes }), placed: placedAt });
        }),
      );
    }
    this.#references.push(
      Promise.all(placed).then((addresses) => Buffer.concat(references.map((at) => at(addresses)))),
    );
    this.#referenced += references.length;
    this.#texts = [];
    this.#textBytes = 0;
  }

  #writeReferences(): void {
    const references = this.#references;
    const number = this.#begun;
    this.#begun += 1;
    this.#references = [];
    this.#referenced = 0;
    const make = async (): Promise<{ bytes: Uint8Array }> => {
      const bytes = new Uint8Array(textsPerChunk * referenceBytes);
      bytes.set(Buffer.concat(await Promise.all(references)));
      return { bytes };
    };
    this.#destination.queue.add({
      make,
      placed: ({ bytes }, address) => {
        this.#chunks[number] = { address, bytes: bytes.byteLength, skipped: 0 };
      },
    });
  }

  #writeFixed(): void {
    const width = this.#texts.reduce((widest, text) => Math.max(widest, text.byteLength), 1);
    const bytes = new Uint8Array(width * this.#texts.length);
    this.#texts.forEach((text, k) => bytes.set(text, k * width));
    const type = stringType(width, this.#utf8);
    const plan = { ...this.#dataset.plan, sha256: false };
    this.#fixed = new RowBuffer(this.#destination, { ...this.#dataset, plan }, type, []);
    this.#fixed.add(bytes, this.#texts.length);
    this.#fixed.flush();
    this.#texts = [];
    this.#textBytes = 0;
  }
}
