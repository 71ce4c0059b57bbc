import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { AttributeValue } from '@countroom/records';
import { Lh5Error } from '../../errors.js';
import { isAscii, storedAttribute } from '../../hdf5/attribute-value.js';
import { type ElementDescription, numberType, textType } from '../../hdf5/element-type.js';
import type { Hdf5Output, NewRows, RowStream, TextStream } from '../../hdf5/output.js';
import { encodeDatatype, storedBytes, truthType } from './datatype-encoder.js';
import { FileFinisher } from './file-finisher.js';
import { encodeAttribute, mostMessageBytes } from './object-header.js';
import { writeFully } from './piece-writer.js';
import type { Planned, PlannedAttribute, PlannedCopy } from './planned.js';
import { restoredObject, type StoredObject, storedObject } from './planned-state.js';
import { RowBuffer } from './row-buffer.js';
import { Spill } from './spill.js';
import { superblockBytes } from './superblock.js';
import { TextBuffer } from './text-buffer.js';
import { WriteQueue } from './write-queue.js';

/** What must be kept of a file that is being written to go on with it. */
export interface FileOutputState {
  /** Address behind the last chunk. */
  readonly end: number;
  /** All objects by path, groups before what is in them. */
  readonly objects: readonly (readonly [path: string, object: StoredObject])[];
}

/** Rows that wait for full chunks may take this much memory, over all datasets of all files of a thread together. */
const waitingBytes = 16 << 20;

let openFiles = 0;

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A file that is written without the HDF5 library. */
export class FileOutput implements Hdf5Output {
  readonly file: string;
  readonly #handle: FileHandle;
  readonly #queue: WriteQueue;
  readonly #spill: Spill;
  readonly #objects = new Map<string, Planned>();
  readonly #rows: (RowBuffer | TextBuffer)[] = [];
  #open = true;

  constructor(handle: FileHandle, temporary: string, file: string, state?: FileOutputState) {
    openFiles += 1;
    this.file = file;
    this.#handle = handle;
    this.#queue = new WriteQueue(handle, state?.end ?? superblockBytes);
    this.#spill = new Spill(`${temporary}.rows`);
    this.#objects.set('', {
      kind: 'group',
      attributes: new Map(),
      children: new Map(),
      links: new Map(),
    });
    const destination = { queue: this.#queue, spill: this.#spill };
    for (const [path, stored] of state?.objects ?? []) {
      const object = restoredObject(stored, destination);
      if (path === '') this.#objects.set('', object);
      else this.#enter(path, object);
      if (object.kind === 'rows') this.#rows.push(object.data);
    }
  }

  /** The rows of a dataset that was there before a break. Fails when there are none of that kind. */
  rowsAt(path: string, kind: 'numbers'): RowBuffer;
  rowsAt(path: string, kind: 'texts'): TextBuffer;
  rowsAt(path: string, kind: 'numbers' | 'texts'): RowBuffer | TextBuffer {
    const object = this.#object(path);
    const data = object.kind === 'rows' ? object.data : undefined;
    if (kind === 'numbers' ? data instanceof RowBuffer : data instanceof TextBuffer) return data!;
    throw new Lh5Error('data-inconsistent', 'was something else before the break', {
      file: this.file,
      object: path,
    });
  }

  async snapshot(): Promise<FileOutputState> {
    const objects: [string, StoredObject][] = [];
    await this.#guarded(async () => {
      await this.#queue.drain();
      // Chunks begin at multiples of 8: the last one may end before.
      await this.#handle.truncate(this.#queue.end);
      await this.#handle.datasync();
      for (const [path, object] of this.#objects) objects.push([path, await storedObject(object)]);
    });
    return { end: this.#queue.end, objects };
  }

  createGroup(path: string): void {
    this.#enter(path, {
      kind: 'group',
      attributes: new Map(),
      children: new Map(),
      links: new Map(),
    });
  }

  createRows(
    path: string,
    dataset: NewRows,
    type: ElementDescription,
    rowShape: readonly number[],
  ): RowStream {
    const rows = new RowBuffer({ queue: this.#queue, spill: this.#spill }, dataset, type, rowShape);
    this.#enterRows(path, dataset, rows);
    return rows;
  }

  createTexts(path: string, dataset: NewRows): TextStream {
    const texts = new TextBuffer({ queue: this.#queue, spill: this.#spill }, dataset);
    this.#enterRows(path, dataset, texts);
    return texts;
  }

  createSingle(path: string, type: ElementDescription, value: Uint8Array | string): void {
    this.#enter(path, {
      kind: 'single',
      type,
      value: typeof value === 'string' ? value : value.slice(),
      attributes: new Map(),
    });
  }

  setAttributes(path: string, attrs: Readonly<Record<string, AttributeValue>>): void {
    const object = this.#object(path);
    for (const [name, value] of Object.entries(attrs)) {
      const planned = this.#plan(path, name, value);
      object.attributes.set(name, planned);
    }
  }

  /** Sets an attribute to an encoded message, which must not refer to anything in its file. */
  copyAttribute(path: string, name: string, body: Uint8Array): void {
    this.#object(path).attributes.set(name, { body });
  }

  /** Adds a link to a path, which need not be there. */
  createLink(path: string, target: string): void {
    const slash = path.lastIndexOf('/');
    const parent = this.#object(slash < 0 ? '' : path.slice(0, slash));
    if (parent.kind === 'group') parent.links.set(path.slice(slash + 1), target);
  }

  /** Adds a dataset whose data are put into the file by `copyData`. */
  createCopy(path: string, copy: Pick<PlannedCopy, 'messages' | 'layout'>): void {
    this.#enter(path, { kind: 'copy', ...copy, attributes: new Map() });
  }

  /** Puts bytes into the file; `placed` is told where they are. */
  copyData(make: () => Promise<Uint8Array>, placed: (address: number, bytes: number) => void): void {
    this.#queue.add({
      make: async () => ({ bytes: await make() }),
      placed: ({ bytes }, address) => {
        placed(address, bytes.byteLength);
      },
    });
  }

  async settle(): Promise<void> {
    await this.#guarded(async () => {
      await this.#queue.settle();
      this.#relieve();
    });
  }

  async finish(): Promise<void> {
    await this.#guarded(async () => {
      // What takes longest first: the others are made meanwhile.
      const left = (rows: RowBuffer | TextBuffer): number => (rows instanceof RowBuffer ? rows.unwritten : 0);
      for (const rows of this.#rows.toSorted((a, b) => left(b) - left(a))) {
        rows.flush();
        await this.#queue.settle();
      }
      await this.#queue.drain();
      this.#setChecksums();
      await new FileFinisher(this.#handle, this.#queue.end).write(this.#object(''));
      await this.#close();
    });
  }

  async discard(): Promise<void> {
    await this.#queue.stop();
    try {
      await this.#close();
    } catch {
      // The file is given up: what could not be written to it does not matter any more.
    }
  }

  async #close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    openFiles -= 1;
    this.#spill.close();
    await this.#handle.close();
  }

  #setChecksums(): void {
    for (const [path, object] of this.#objects) {
      const sha256 =
        object.kind === 'rows' && object.data instanceof RowBuffer ? object.data.sha256 : undefined;
      if (sha256 !== undefined) this.setAttributes(path, { sha256 });
    }
  }

  #plan(path: string, name: string, value: AttributeValue): PlannedAttribute {
    const place = { file: this.file, object: path };
    const { dtype, shape, data } = storedAttribute(value, place);
    const truth = dtype === 'bool' ? truthType : numberType(dtype);
    const type = data instanceof Uint8Array ? truth : textType('variable', data.every(isAscii));
    const bytes = data instanceof Uint8Array ? data : new Uint8Array(data.length * storedBytes(type));
    const encoded = encodeAttribute({ name, datatype: encodeDatatype(type), shape, data: bytes });
    if (encoded.byteLength > mostMessageBytes) {
      throw new Lh5Error(
        'argument-invalid',
        `attribute ${name.slice(0, 80)} takes ${encoded.byteLength} bytes, HDF5 keeps at most ${mostMessageBytes}: ` +
          'write it as an object of its own',
        place,
      );
    }
    return { type, shape, data };
  }

  #object(path: string): Planned {
    const found = this.#objects.get(path);
    if (found === undefined)
      throw new Lh5Error('object-missing', 'there is no such object', { file: this.file, object: path });
    return found;
  }

  #enter(path: string, object: Planned): void {
    const slash = path.lastIndexOf('/');
    const parent = this.#object(slash < 0 ? '' : path.slice(0, slash));
    if (parent.kind !== 'group' || this.#objects.has(path))
      throw new Lh5Error('object-exists', 'cannot be created here', { file: this.file, object: path });
    parent.children.set(path.slice(slash + 1), object);
    this.#objects.set(path, object);
  }

  #enterRows(path: string, { datatype, attrs }: NewRows, data: RowBuffer | TextBuffer): void {
    this.#enter(path, { kind: 'rows', data, attributes: new Map() });
    this.#rows.push(data);
    this.setAttributes(path, datatype === undefined ? attrs : { datatype, ...attrs });
  }

  /** Puts chunks that wait aside when there are too many, those first that take the most rows to be full. */
  #relieve(): void {
    let waiting = this.#rows.reduce((total, rows) => total + rows.waiting, 0);
    const most = waitingBytes / Math.max(1, openFiles);
    if (waiting <= most) return;
    for (const rows of this.#rows.toSorted((a, b) => b.chunkRows - a.chunkRows)) {
      if (waiting <= most / 2) break;
      waiting -= rows.waiting;
      rows.relieve();
    }
  }

  async #guarded(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (cause) {
      if (cause instanceof Lh5Error) throw cause;
      throw new Lh5Error('io-failed', `cannot be written: ${reasonOf(cause)}`, { file: this.file, cause });
    }
  }
}

/**
 * Begins a file that is written without the HDF5 library, in the form that every version of it reads; `name` stands for it in
 * messages. Fails when there is one already.
 */
export async function createFileOutput(file: string, name: string): Promise<FileOutput> {
  try {
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL;
    return new FileOutput(await open(file, flags), file, name);
  } catch (cause) {
    throw new Lh5Error('io-failed', `cannot be created: ${reasonOf(cause)}`, { file: name, cause });
  }
}

/**
 * Goes on with a file where a snapshot was taken: what was written after it is cut off. Fails when the file is not there or
 * shorter than it was.
 */
export async function resumeFileOutput(
  temporary: string,
  name: string,
  state: FileOutputState,
): Promise<FileOutput> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(temporary, constants.O_RDWR);
    const { size } = await handle.stat();
    if (size < state.end)
      throw new Lh5Error(
        'file-damaged',
        `what was written of it is cut off at byte ${size} of ${state.end}`,
        {
          file: name,
        },
      );
    await handle.truncate(state.end);
    // Whatever stands there of an earlier attempt to read it: the file is not complete.
    await writeFully(handle, new Uint8Array(superblockBytes), 0);
    return new FileOutput(handle, temporary, name, state);
  } catch (cause) {
    await handle?.close();
    if (cause instanceof Lh5Error) throw cause;
    throw new Lh5Error('io-failed', `cannot be gone on with: ${reasonOf(cause)}`, { file: name, cause });
  }
}
