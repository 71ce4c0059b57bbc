import { stat } from 'node:fs/promises';
import type { AttributeValue } from '@countroom/records';
import { Lh5Error } from '../../errors.js';
import type { Box } from '../../hdf5/box.js';
import { elementType, fixedTexts } from '../../hdf5/element-type.js';
import { filterText } from '../../hdf5/filter-name.js';
import { normalizePath } from '../../hdf5/place.js';
import type { ReadMemory } from '../../hdf5/read-memory.js';
import { type DatasetInfo, type Hdf5Kind, type Hdf5Source, UnknownFormat } from '../../hdf5/source.js';
import { messageKind } from '../message-kind.js';
import { attributeMessages, readAttributes } from './attribute-reader.js';
import { ordered } from './byte-order.js';
import { ByteReader, Damage } from './byte-reader.js';
import { ChunkedReader, type FileDataset } from './dataset-reader.js';
import { decodeDataspace } from './dataspace.js';
import { decodeDatatype, isSelfContained } from './datatype-decoder.js';
import { type ByteStore, FileBytes, localBytes } from './file-bytes.js';
import { decodeFillValue } from './fill-value.js';
import { isGroup, type Link, readLinks } from './group-reader.js';
import { type ObjectHeader, readHeader } from './header-reader.js';
import { HeapReader } from './heap-reader.js';
import { decodeFilters, decodeLayout } from './layout-reader.js';
import { readSuperblock, type Superblock } from './superblock.js';

const mostLinks = 16;
const utf8 = new TextDecoder();

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Where a path leads: an object, a link that cannot be followed, or nowhere. */
type Destination = ObjectHeader | 'link' | 'missing';

/** A file that is read without the HDF5 library. */
export class FileSource implements Hdf5Source {
  readonly file: string;
  readonly #bytes: FileBytes;
  readonly #root: number;
  readonly #heap: HeapReader;
  readonly #data: ChunkedReader;
  readonly #headers = new Map<number, ObjectHeader>();
  readonly #links = new Map<number, ReadonlyMap<string, Link>>();
  readonly #places = new Map<string, Destination>();
  readonly #datasets = new Map<string, FileDataset>();

  constructor(file: string, bytes: FileBytes, root: number) {
    this.file = file;
    this.#bytes = bytes;
    this.#root = root;
    this.#heap = new HeapReader(bytes);
    this.#data = new ChunkedReader(bytes);
  }

  kind(path: string): Hdf5Kind {
    return this.#guarded(path, () => {
      const found = this.#destination(path);
      if (typeof found === 'string') return found;
      if (isGroup(found)) return 'group';
      if (found.find(messageKind.layout) !== undefined) return 'dataset';
      return found.find(messageKind.datatype) === undefined ? 'group' : 'datatype';
    });
  }

  children(path: string): readonly string[] {
    return this.#guarded(path, () => [...this.#linksOf(this.#header(path)).keys()].sort());
  }

  linkTarget(path: string): string {
    return this.#guarded(path, () => {
      const parts = path.split('/');
      const name = parts.pop() ?? '';
      const parent = this.#destination(parts.join('/'));
      const link = typeof parent === 'string' ? undefined : this.#linksOf(parent).get(name);
      return link === undefined || link.kind === 'object' ? '' : link.target;
    });
  }

  attributes(path: string): Readonly<Record<string, AttributeValue>> {
    return this.#guarded(path, () => readAttributes(this.#bytes, this.#header(path), this.#heap));
  }

  dataset(path: string): FileDataset {
    let found = this.#datasets.get(path);
    if (found === undefined) {
      found = this.#guarded(path, () => this.#describe(path));
      this.#datasets.set(path, found);
    }
    return found;
  }

  bytes(info: DatasetInfo, start: number, stop: number, memory?: ReadMemory): Uint8Array<ArrayBuffer> {
    return this.#guarded(info.path, () => {
      const dataset = this.dataset(info.path);
      if (!isSelfContained(dataset.element)) throw new UnknownFormat('elements that refer to others');
      const bytes = this.#data.bytes(dataset, start, stop, memory);
      return dataset.type.kind === 'number' ? ordered(bytes, dataset.element) : bytes;
    });
  }

  box(info: DatasetInfo, box: Box): Uint8Array<ArrayBuffer> {
    return this.#guarded(info.path, () => this.#data.box(this.dataset(info.path), box));
  }

  variable(
    info: DatasetInfo,
    reference: Uint8Array<ArrayBuffer>,
    elementBytes: number,
  ): Uint8Array<ArrayBuffer> {
    return this.#guarded(info.path, () => this.#heap.object(new ByteReader(reference), elementBytes));
  }

  texts(info: DatasetInfo, start: number, stop: number): string[] {
    return this.#guarded(info.path, () => {
      const dataset = this.dataset(info.path);
      const { type, elementBytes } = dataset;
      if (type.kind !== 'string')
        throw new Lh5Error('datatype-invalid', 'there are no texts', { file: this.file, object: info.path });
      const bytes = this.#data.bytes(dataset, start, stop);
      if (!type.variable) return fixedTexts(bytes, elementBytes, type.spacePadded);
      const reader = new ByteReader(bytes);
      return Array.from({ length: bytes.byteLength / elementBytes }, () => {
        const text = this.#heap.object(reader);
        const end = text.indexOf(0);
        return utf8.decode(end < 0 ? text : text.subarray(0, end));
      });
    });
  }

  /** The messages of the header of an object. */
  header(path: string): ObjectHeader {
    return this.#guarded(path, () => this.#header(path));
  }

  /** The entries of a group. */
  links(path: string): ReadonlyMap<string, Link> {
    return this.#guarded(path, () => this.#linksOf(this.#header(path)));
  }

  /** The encoded attributes of an object. */
  attributeMessages(path: string): readonly Uint8Array<ArrayBuffer>[] {
    return this.#guarded(path, () => attributeMessages(this.#bytes, this.#header(path)));
  }

  /** Bytes as they are in the file. */
  stored(path: string, address: number, bytes: number): Uint8Array<ArrayBuffer> {
    return this.#guarded(path, () => this.#bytes.direct(address, bytes));
  }

  close(): void {
    this.#bytes.close();
  }

  #describe(path: string): FileDataset {
    const header = this.#header(path);
    const space = header.all(messageKind.dataspace)[0];
    const datatype = header.all(messageKind.datatype)[0];
    const layoutMessage = header.find(messageKind.layout);
    if (space === undefined || datatype === undefined || layoutMessage === undefined)
      throw new Damage('the description of the data is not complete');
    if (header.find(messageKind.external) !== undefined) throw new UnknownFormat('data in other files');
    const element = decodeDatatype(datatype);
    const filterMessage = header.find(messageKind.filters);
    const filters = filterMessage === undefined ? [] : decodeFilters(filterMessage);
    const dataspace = decodeDataspace(space);
    const shape = dataspace.shape ?? [0];
    const layout = decodeLayout(layoutMessage, {
      file: this.#bytes,
      space: { ...dataspace, shape },
      elementBytes: element.size,
    });
    const fill = header.find(messageKind.fillValue);
    return {
      file: this.file,
      path,
      shape,
      type: elementType(element),
      elementBytes: element.size,
      element,
      layout,
      filters,
      fill: fill === undefined ? undefined : decodeFillValue(fill, element.size),
      storage: {
        bytes: shape.reduce((total, extent) => total * extent, element.size),
        chunks: layout.kind === 'chunked' ? layout.grid.chunk : null,
        filters: filters.map(({ id, parameters }) => filterText(id, parameters)),
      },
    };
  }

  #header(path: string): ObjectHeader {
    const found = this.#destination(path);
    if (typeof found !== 'string') return found;
    throw new Lh5Error('object-missing', 'there is no such object', { file: this.file, object: path });
  }

  #headerAt(address: number): ObjectHeader {
    let header = this.#headers.get(address);
    if (header === undefined) {
      header = readHeader(this.#bytes, address);
      this.#headers.set(address, header);
    }
    return header;
  }

  #linksOf(header: ObjectHeader): ReadonlyMap<string, Link> {
    let links = this.#links.get(header.address);
    if (links === undefined) {
      links = isGroup(header) ? readLinks(this.#bytes, header) : new Map<string, Link>();
      this.#links.set(header.address, links);
    }
    return links;
  }

  #destination(path: string): Destination {
    let found = this.#places.get(path);
    if (found === undefined) {
      found = this.#follow(path, 0);
      this.#places.set(path, found);
    }
    return found;
  }

  /** Links to other files are shown but not followed: a file that somebody hands in must not open others. */
  #follow(path: string, links: number): Destination {
    if (path === '') return this.#headerAt(this.#root);
    const slash = path.lastIndexOf('/');
    const parentPath = slash < 0 ? '' : path.slice(0, slash);
    const parent = links === 0 ? this.#destination(parentPath) : this.#follow(parentPath, links);
    if (typeof parent === 'string') return parent;
    const link = this.#linksOf(parent).get(path.slice(slash + 1));
    if (link === undefined) return 'missing';
    if (link.kind === 'object') return this.#headerAt(link.address);
    if (link.kind === 'external' || links >= mostLinks) return 'link';
    const target = normalizePath(link.target.startsWith('/') ? link.target : `${parentPath}/${link.target}`);
    const found = this.#follow(target, links + 1);
    return found === 'missing' ? 'link' : found;
  }

  #guarded<T>(path: string, action: () => T): T {
    try {
      return action();
    } catch (cause) {
      if (cause instanceof Lh5Error || cause instanceof UnknownFormat) throw cause;
      const place = { file: this.file, object: path, cause };
      if (cause instanceof Damage) throw new Lh5Error('file-damaged', `is damaged: ${cause.message}`, place);
      throw new Lh5Error('io-failed', `cannot be read: ${reasonOf(cause)}`, place);
    }
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    const facts = await stat(file);
    if (!facts.isFile()) throw new Lh5Error('file-missing', 'is not a file', { file });
    return facts.size;
  } catch (cause) {
    if (cause instanceof Lh5Error) throw cause;
    throw new Lh5Error('file-missing', `cannot be opened: ${reasonOf(cause)}`, { file, cause });
  }
}

function checkHead(head: Superblock | undefined, file: string, size: number): Superblock {
  if (head === undefined)
    throw new Lh5Error('file-damaged', size === 0 ? 'is empty' : 'is not an HDF5 file', { file });
  if (head.beingWritten)
    throw new Lh5Error('file-damaged', 'is still being written, or its writer has broken off', { file });
  const end = head.base + head.end;
  if (end > size)
    throw new Lh5Error('file-damaged', `is truncated: ${size} of ${end} bytes are there; copy it again`, {
      file,
    });
  return head;
}

/**
 * Opens a file without the HDF5 library. Fails with an `Lh5Error` when it is missing, unreadable, no HDF5 file, truncated or
 * damaged in its head, and with `UnknownFormat` where only the library may know it.
 */
export async function openFileSource(file: string): Promise<FileSource> {
  const size = await sizeOf(file);
  return sourceOf(file, () => localBytes(file, size));
}

/** As openFileSource, of bytes that are anywhere; `file` is for messages. */
export function sourceOf(file: string, openStore: () => ByteStore): FileSource {
  let bytes: FileBytes | undefined;
  try {
    const store = openStore();
    const { size } = store;
    bytes = new FileBytes(store);
    const head = checkHead(readSuperblock(bytes), file, size);
    bytes.base = head.base;
    readHeader(bytes, head.root);
    return new FileSource(file, bytes, head.root);
  } catch (cause) {
    bytes?.close();
    if (cause instanceof Lh5Error || cause instanceof UnknownFormat) throw cause;
    if (cause instanceof Damage)
      throw new Lh5Error('file-damaged', `is damaged: ${cause.message}`, { file, cause });
    throw new Lh5Error('io-failed', `cannot be read: ${reasonOf(cause)}`, { file, cause });
  }
}
