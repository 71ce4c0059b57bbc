import { Lh5Error } from '../errors.js';
import { typeClass } from '../hdf5/element-type.js';
import { pathBelow } from '../hdf5/place.js';
import { messageKind } from './message-kind.js';
import { attributeFacts } from './read/attribute-reader.js';
import { noAddress } from './read/byte-reader.js';
import type { FileDataset } from './read/dataset-reader.js';
import { isSelfContained } from './read/datatype-decoder.js';
import type { FileSource } from './read/file-source.js';
import type { FileOutput } from './write/file-output.js';
import type { Message } from './write/object-header.js';
import type { CopiedLayout } from './write/planned.js';

const kept = [
  messageKind.dataspace,
  messageKind.datatype,
  messageKind.fillValue,
  messageKind.filters,
] as const;
const textsAtOnce = 4096;
const bytesAtOnce = 8 << 20;

/**
 * Copies objects from one file to another as they are: types, storage and compressed data are taken over, whether their
 * meaning is known or not.
 */
export class ObjectCopier {
  readonly #source: FileSource;
  readonly #output: FileOutput;

  constructor(source: FileSource, output: FileOutput) {
    this.#source = source;
    this.#output = output;
  }

  /** Copies an object with everything below it; `leftOut` says which paths are not copied. */
  async copy(path: string, leftOut: (path: string) => boolean = () => false): Promise<void> {
    if (leftOut(path)) return;
    const kind = this.#source.kind(path);
    if (kind === 'group') {
      if (path !== '') this.#output.createGroup(path);
      this.copyAttributes(path);
      await this.copyChildren(path, leftOut);
    } else if (kind === 'dataset') {
      await this.#dataset(this.#source.dataset(path));
    } else {
      this.#refuse(path, `a ${kind} cannot be copied`);
    }
  }

  /** Copies what is in a group, but not the group. */
  async copyChildren(path: string, leftOut: (path: string) => boolean = () => false): Promise<void> {
    for (const [name, link] of this.#source.links(path)) {
      const child = pathBelow(path, name);
      if (leftOut(child)) continue;
      if (link.kind === 'object') await this.copy(child, leftOut);
      else if (link.kind === 'soft') this.#output.createLink(child, link.target);
      else this.#refuse(child, 'a link to another file cannot be copied: remove it first');
    }
  }

  /** Copies the attributes of an object to the one of the same path, which is there. */
  copyAttributes(path: string): void {
    const values = this.#source.attributes(path);
    for (const body of this.#source.attributeMessages(path)) {
      const { name, selfContained } = attributeFacts(body);
      const value = values[name];
      if (selfContained) this.#output.copyAttribute(path, name, body.slice());
      else if (value !== undefined) this.#output.setAttributes(path, { [name]: value });
      else
        this.#refuse(path, `its attribute ${name} refers to something else in the file and cannot be copied`);
    }
  }

  #refuse(path: string, reason: string): never {
    throw new Lh5Error('argument-invalid', reason, { file: this.#source.file, object: path });
  }

  async #dataset(dataset: FileDataset): Promise<void> {
    const { path, element, layout } = dataset;
    if (element.type === typeClass.string && element.vlen) {
      await this.#texts(dataset);
      return;
    }
    if (!isSelfContained(element)) this.#refuse(path, 'its elements refer to others and cannot be copied');
    const header = this.#source.header(path);
    const messages = kept.flatMap((kind): Message[] =>
      header.all(kind).map((body) => ({ kind, body: body.slice() })),
    );
    const copied = this.#layout(dataset);
    this.#output.createCopy(path, { messages, layout: copied });
    this.copyAttributes(path);
    if (layout.kind === 'chunked') await this.#chunks(dataset, copied);
    else await this.#contiguous(dataset, copied);
  }

  #layout({ layout, storage }: FileDataset): CopiedLayout {
    if (layout.kind !== 'chunked') return { kind: 'contiguous', address: undefined, bytes: storage.bytes };
    const { chunk, elementBytes } = layout.grid;
    return { kind: 'chunked', chunk, elementBytes, chunks: [] };
  }

  async #chunks({ path, layout }: FileDataset, copied: CopiedLayout): Promise<void> {
    if (layout.kind !== 'chunked' || copied.kind !== 'chunked') return;
    const { grid, index } = layout;
    const bands = Math.ceil((grid.shape[0] ?? 0) / grid.chunk[0]!);
    const found = [...index.find(0, bands * grid.perBand - 1)].sort(([a], [b]) => a - b);
    for (const [k, [number, { address, bytes, skipped }]] of found.entries()) {
      this.#output.copyData(
        () => Promise.resolve(this.#source.stored(path, address, bytes)),
        (at) => {
          copied.chunks[k] = { address: at, bytes, skipped, offsets: grid.offsets(number) };
        },
      );
      await this.#output.settle();
    }
  }

  async #contiguous({ path, layout, storage }: FileDataset, copied: CopiedLayout): Promise<void> {
    if (copied.kind !== 'contiguous' || layout.kind === 'chunked') return;
    if (layout.kind === 'contiguous' && layout.address === noAddress) return;
    for (let from = 0; from < storage.bytes; from += bytesAtOnce) {
      const count = Math.min(bytesAtOnce, storage.bytes - from);
      const read = (): Uint8Array =>
        layout.kind === 'compact'
          ? layout.bytes.slice(from, from + count)
          : this.#source.stored(path, layout.address + from, count);
      this.#output.copyData(
        () => Promise.resolve(read()),
        (address) => {
          if (from === 0) copied.address = address;
        },
      );
      await this.#output.settle();
    }
  }

  async #texts(dataset: FileDataset): Promise<void> {
    const { path, shape, element } = dataset;
    if (shape.length === 0) {
      this.#output.createSingle(path, element, this.#source.texts(dataset, 0, 1)[0] ?? '');
      this.copyAttributes(path);
      return;
    }
    if (shape.length > 1) this.#refuse(path, 'texts of variable length with several axes cannot be copied');
    const plan = { gzip: 0, shuffle: false, fletcher32: false, sha256: false, chunkRows: undefined };
    const stream = this.#output.createTexts(path, { datatype: undefined, attrs: {}, plan });
    this.copyAttributes(path);
    for (let row = 0; row < shape[0]!; row += textsAtOnce) {
      stream.add(this.#source.texts(dataset, row, Math.min(shape[0]!, row + textsAtOnce)));
      await this.#output.settle();
    }
  }
}
