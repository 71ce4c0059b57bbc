import type { FileHandle } from 'node:fs/promises';
import { messageKind } from '../message-kind.js';
import { AppendBuffer } from './appender.js';
import { noAddress } from './byte-writer.js';
import { placedInRows, writeChunkTree } from './chunk-tree.js';
import { encodeDatatype, storedBytes } from './datatype-encoder.js';
import { TextHeap } from './global-heap.js';
import { type GroupEntry, type WrittenGroup, writeGroup } from './group-table.js';
import {
  encodeAttribute,
  encodeChunked,
  encodeContiguous,
  encodeDataspace,
  encodeFillValue,
  encodeFilters,
  encodeHeader,
  type Message,
} from './object-header.js';
import { writeFully } from './piece-writer.js';
import type {
  Planned,
  PlannedAttribute,
  PlannedCopy,
  PlannedGroup,
  PlannedRows,
  PlannedSingle,
} from './planned.js';
import { encodeSuperblock } from './superblock.js';

type Reference = (addresses: readonly number[]) => Uint8Array;

const bytesPerWrite = 1 << 20;
const heapBytes = 64 << 10;

/** Writes the descriptions of all objects behind their data, and at last the head of the file. */
export class FileFinisher {
  readonly #handle: FileHandle;
  readonly #file: AppendBuffer;
  readonly #heap = new TextHeap(heapBytes);
  readonly #references = new Map<object, readonly Reference[]>();
  #addresses: readonly number[] = [];
  #written: number;

  /** Descriptions begin at the address `start`. */
  constructor(handle: FileHandle, start: number) {
    this.#handle = handle;
    this.#file = new AppendBuffer(start);
    this.#written = start;
  }

  /** Writes a whole file whose root this is. */
  async write(root: Planned): Promise<void> {
    if (root.kind !== 'group') throw new TypeError('the root is a group');
    this.#collectTexts(root);
    this.#addresses = Array.from(this.#heap.encoded(), (bytes) => this.#file.append(bytes));
    const group = await this.#group(root);
    await this.#flush();
    await writeFully(this.#handle, encodeSuperblock(group, this.#file.end), 0);
  }

  async #flush(): Promise<void> {
    const bytes = this.#file.take();
    await writeFully(this.#handle, bytes, this.#written);
    this.#written += bytes.byteLength;
  }

  #collectTexts(object: Planned): void {
    const encoder = new TextEncoder();
    for (const attribute of object.attributes.values()) {
      if ('body' in attribute || attribute.data instanceof Uint8Array) continue;
      const references = attribute.data.map((text) => this.#heap.add(encoder.encode(text)));
      this.#references.set(attribute, references);
    }
    if (object.kind === 'single' && typeof object.value === 'string')
      this.#references.set(object, [this.#heap.add(encoder.encode(object.value))]);
    if (object.kind === 'group') for (const child of object.children.values()) this.#collectTexts(child);
  }

  #referenceBytes(object: object): Uint8Array {
    return Buffer.concat((this.#references.get(object) ?? []).map((reference) => reference(this.#addresses)));
  }

  #attributes(object: Planned): Message[] {
    return Array.from(object.attributes, ([name, attribute]) => ({
      kind: messageKind.attribute,
      body: this.#attribute(name, attribute),
    }));
  }

  #attribute(name: string, attribute: PlannedAttribute): Uint8Array {
    if ('body' in attribute) return attribute.body;
    return encodeAttribute({
      name,
      datatype: encodeDatatype(attribute.type),
      shape: attribute.shape,
      data: attribute.data instanceof Uint8Array ? attribute.data : this.#referenceBytes(attribute),
    });
  }

  async #group(group: PlannedGroup): Promise<WrittenGroup> {
    const entries: GroupEntry[] = Array.from(group.links, ([name, target]) => ({ name, target }));
    for (const [name, child] of group.children) {
      const header = child.kind === 'group' ? (await this.#group(child)).header : this.#dataset(child);
      entries.push({ name, header });
      if (this.#file.waiting > bytesPerWrite) await this.#flush();
    }
    return writeGroup(this.#file, entries, this.#attributes(group));
  }

  #dataset(dataset: PlannedRows | PlannedSingle | PlannedCopy): number {
    return this.#file.append(encodeHeader([...this.#description(dataset), ...this.#attributes(dataset)]));
  }

  #description(dataset: PlannedRows | PlannedSingle | PlannedCopy): Message[] {
    switch (dataset.kind) {
      case 'rows':
        return this.#rows(dataset);
      case 'single':
        return this.#single(dataset);
      case 'copy':
        return [...dataset.messages, { kind: messageKind.layout, body: this.#layoutOf(dataset) }];
    }
  }

  #layoutOf({ layout }: PlannedCopy): Uint8Array {
    if (layout.kind === 'contiguous') return encodeContiguous(layout.address ?? noAddress, layout.bytes);
    const tree = writeChunkTree(this.#file, layout.chunks, layout.chunk[0] ?? 1);
    return encodeChunked(tree ?? noAddress, layout.chunk, layout.elementBytes);
  }

  #rows({ data }: PlannedRows): Message[] {
    const shape = [data.rows, ...data.rowShape];
    const chunk = [data.chunkRows, ...data.rowShape.map((extent) => Math.max(1, extent))];
    const chunks = placedInRows(data.chunks, data.chunkRows, shape.length);
    const tree = writeChunkTree(this.#file, chunks, data.chunkRows);
    const { filters, type } = data;
    return [
      { kind: messageKind.dataspace, body: encodeDataspace(shape, true) },
      { kind: messageKind.datatype, body: encodeDatatype(type), constant: true },
      { kind: messageKind.fillValue, body: encodeFillValue(true), constant: true },
      { kind: messageKind.layout, body: encodeChunked(tree ?? noAddress, chunk, storedBytes(type)) },
      ...(filters.length === 0 ? [] : [{ kind: messageKind.filters, body: encodeFilters(filters) }]),
    ];
  }

  #single(single: PlannedSingle): Message[] {
    const { type, value } = single;
    const bytes = typeof value === 'string' ? this.#referenceBytes(single) : value;
    const address = this.#file.append(bytes);
    return [
      { kind: messageKind.dataspace, body: encodeDataspace([], false) },
      { kind: messageKind.datatype, body: encodeDatatype(type), constant: true },
      { kind: messageKind.fillValue, body: encodeFillValue(false), constant: true },
      { kind: messageKind.layout, body: encodeContiguous(address, bytes.byteLength) },
    ];
  }
}
