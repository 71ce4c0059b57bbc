import { isAscii } from '../hdf5/attribute-value.js';
import { type ElementDescription, textType } from '../hdf5/element-type.js';
import { chunkRowsFor, type NewRows, type RowStream, type TextStream } from '../hdf5/output.js';
import { writeAttribute } from './attributes.js';
import { createDataset, writeRows, writeTexts } from './dataset-writer.js';
import { type ObjectAt } from './location.js';

/** What a dataset is told when it is created. */
export interface DatasetHead extends NewRows {
  readonly at: ObjectAt;
}

/** A dataset being written. */
export interface Sink {
  /** Bytes that wait in memory for a full chunk. */
  readonly waiting: number;
  /** Writes what waits, making the dataset if it is not there yet; `last` when no more rows are expected. */
  flush(last: boolean): void;
}

function writeHead({ at, datatype, attrs }: DatasetHead): void {
  if (datatype !== undefined) writeAttribute(at, 'datatype', datatype);
  for (const [name, value] of Object.entries(attrs)) writeAttribute(at, name, value);
}

const bytesPerWrite = 32 << 20;

/**
 * Rows of numbers on their way to a dataset. Only whole chunks are written, so that no chunk is compressed twice; the rest
 * waits here. The dataset is created with the first chunk; one that ends before has a chunk of its own length.
 */
export class RowSink implements Sink, RowStream {
  readonly #head: DatasetHead;
  readonly #type: ElementDescription;
  readonly #rowShape: readonly number[];
  readonly #rowBytes: number;
  readonly #chunkRows: number;
  #pending: Uint8Array;
  #pendingRows = 0;
  #written = 0;
  #created = false;

  constructor(head: DatasetHead, type: ElementDescription, rowShape: readonly number[]) {
    this.#head = head;
    this.#type = type;
    this.#rowShape = rowShape;
    this.#rowBytes = rowShape.reduce((total, extent) => total * extent, type.size);
    this.#chunkRows = chunkRowsFor(head.plan, this.#rowBytes);
    this.#pending = new Uint8Array(0);
  }

  get waiting(): number {
    return this.#pending.byteLength;
  }

  get rows(): number {
    return this.#written + this.#pendingRows;
  }

  /** Takes rows; the bytes (little endian, row-major) are copied or written before it returns. */
  add(bytes: Uint8Array, rows: number): void {
    let taken = 0;
    if (this.#pendingRows > 0) {
      taken = Math.min(rows, this.#chunkRows - this.#pendingRows);
      this.#keep(bytes, 0, taken);
      if (this.#pendingRows === this.#chunkRows) this.flush(false);
    }
    const whole = rows - taken - ((rows - taken) % this.#chunkRows);
    if (whole > 0) {
      this.#write(bytes.subarray(taken * this.#rowBytes, (taken + whole) * this.#rowBytes), whole);
      taken += whole;
    }
    if (taken < rows) this.#keep(bytes, taken, rows - taken);
  }

  flush(last: boolean): void {
    if (!this.#created)
      this.#create(
        last && this.#head.plan.chunkRows === undefined && this.#pendingRows > 0
          ? this.#pendingRows
          : this.#chunkRows,
      );
    if (this.#pendingRows === 0) return;
    const rows = this.#pendingRows;
    const bytes = this.#pending.subarray(0, rows * this.#rowBytes);
    this.#pending = new Uint8Array(0);
    this.#pendingRows = 0;
    this.#write(bytes, rows);
  }

  #keep(bytes: Uint8Array, from: number, rows: number): void {
    const needed = (this.#pendingRows + rows) * this.#rowBytes;
    if (this.#pending.byteLength < needed) {
      const full = this.#chunkRows * this.#rowBytes;
      const larger = new Uint8Array(Math.min(full, Math.max(needed, 2 * this.#pending.byteLength)));
      larger.set(this.#pending.subarray(0, this.#pendingRows * this.#rowBytes));
      this.#pending = larger;
    }
    this.#pending.set(
      bytes.subarray(from * this.#rowBytes, (from + rows) * this.#rowBytes),
      this.#pendingRows * this.#rowBytes,
    );
    this.#pendingRows += rows;
  }

  #create(chunkRows: number): void {
    const { at, plan } = this.#head;
    createDataset(at, { type: this.#type, rowShape: this.#rowShape, chunkRows, gzip: plan.gzip });
    writeHead(this.#head);
    this.#created = true;
  }

  #write(bytes: Uint8Array, rows: number): void {
    if (!this.#created) this.#create(this.#chunkRows);
    const step =
      Math.max(1, Math.floor(bytesPerWrite / Math.max(1, this.#rowBytes) / this.#chunkRows)) *
      this.#chunkRows;
    for (let from = 0; from < rows; from += step) {
      const count = Math.min(step, rows - from);
      writeRows(
        this.#head.at,
        this.#written,
        count,
        this.#rowShape,
        bytes.subarray(from * this.#rowBytes, (from + count) * this.#rowBytes),
      );
      this.#written += count;
    }
  }
}

const textsPerChunk = 4096;
const encoder = new TextEncoder();

/**
 * Texts on their way to a dataset. Those that end within the first chunk are stored with a fixed width (as long as the
 * longest), more of them with variable length, because longer ones could follow.
 */
export class TextSink implements Sink, TextStream {
  readonly #head: DatasetHead;
  #pending: string[] = [];
  #waiting = 0;
  #written = 0;
  #created = false;

  constructor(head: DatasetHead) {
    this.#head = head;
  }

  get waiting(): number {
    return this.#waiting;
  }

  get rows(): number {
    return this.#written + this.#pending.length;
  }

  /** Takes texts. */
  add(texts: readonly string[]): void {
    for (const text of texts) {
      this.#pending.push(text);
      this.#waiting += text.length + 8;
      if (this.#pending.length >= textsPerChunk) this.flush(false);
    }
  }

  flush(last: boolean): void {
    const texts = this.#pending;
    this.#pending = [];
    this.#waiting = 0;
    if (!this.#created && last) this.#writeFixed(texts);
    else this.#writeVariable(texts);
  }

  #create(type: ElementDescription, chunkRows: number): void {
    const { at, plan } = this.#head;
    createDataset(at, { type, rowShape: [], chunkRows, gzip: plan.gzip });
    writeHead(this.#head);
    this.#created = true;
  }

  #writeFixed(texts: readonly string[]): void {
    const encoded = texts.map((text) => encoder.encode(text));
    // One byte more than the longest, because the type of the library is zero-terminated.
    const width = Math.max(1, ...encoded.map((text) => text.byteLength)) + 1;
    this.#create(textType(width, true), Math.max(1, texts.length));
    const bytes = new Uint8Array(width * texts.length);
    encoded.forEach((text, index) => bytes.set(text, index * width));
    writeRows(this.#head.at, 0, texts.length, [], bytes);
    this.#written = texts.length;
  }

  #writeVariable(texts: readonly string[]): void {
    if (!this.#created) this.#create(textType('variable', texts.every(isAscii)), textsPerChunk);
    writeTexts(this.#head.at, this.#written, texts);
    this.#written += texts.length;
  }
}
