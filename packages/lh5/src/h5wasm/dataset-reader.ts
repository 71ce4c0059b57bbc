import { Lh5Error } from '../errors.js';
import { type Box, elementsOf } from '../hdf5/box.js';
import { ChunkCache } from '../hdf5/chunk-cache.js';
import { type ElementDescription, elementType, fixedTexts, typeClass } from '../hdf5/element-type.js';
import { filterText, isOwnBlosc } from '../hdf5/filter-name.js';
import { placeOf } from '../hdf5/place.js';
import type { DatasetInfo } from '../hdf5/source.js';
import { absolute, failAt, guarded, type ObjectAt } from './location.js';
import { copyOut, textsAt, withMemory } from './memory.js';
import { type Hdf5Metadata } from './module.js';

/** Description of a dataset with its place in the library. */
export interface LibraryDataset extends DatasetInfo {
  readonly at: ObjectAt;
  readonly element: Hdf5Metadata;
  readonly hasOwnBlosc: boolean;
}

const cachedBytes = 64 << 20;
const cachedChunkBytes = 16 << 20;
const bytesPerTransfer = 32 << 20;

/** Byte orders of the numbers in a type. */
function byteOrders({ type, littleEndian, compound_type: compound }: ElementDescription): boolean[] {
  if (compound !== undefined) return compound.members.flatMap(byteOrders);
  const isText = type === typeClass.string || type === typeClass.opaque;
  return isText ? [] : [littleEndian];
}

function inLittleEndian<T extends ElementDescription>(type: T): T {
  const { compound_type: compound } = type;
  if (compound === undefined) return { ...type, littleEndian: true };
  return { ...type, compound_type: { ...compound, members: compound.members.map(inLittleEndian) } };
}

/** The type of elements as the library hands them out: it turns the bytes round, except where both orders are mixed. */
function asRead(type: Hdf5Metadata): Hdf5Metadata {
  return byteOrders(type).includes(true) ? type : inLittleEndian(type);
}

/** Looks a dataset up. Data without a data space count as one axis of no elements. */
export function describeDataset(at: ObjectAt): LibraryDataset {
  return guarded(at, 'file-damaged', () => {
    const { library } = at;
    const metadata = library.get_dataset_metadata(at.id, absolute(at));
    const shape = metadata.shape ?? [0];
    const elements = shape.reduce((total, extent) => total * extent, 1);
    const filters = library.get_dataset_filters(at.id, absolute(at));
    return {
      at,
      path: at.path,
      shape,
      type: elementType(metadata),
      elementBytes: metadata.size,
      storage: {
        bytes: elements * metadata.size,
        chunks: metadata.chunks,
        filters: filters.map(({ id, cd_values }) => filterText(id, cd_values)),
      },
      hasOwnBlosc: filters.some(({ id, cd_values }) => isOwnBlosc(id, cd_values)),
      element: asRead(metadata),
    };
  });
}

function rowElements(info: LibraryDataset): number {
  return info.shape.slice(1).reduce((total, extent) => total * extent, 1);
}

interface Selection {
  readonly count: bigint[] | null;
  readonly offset: bigint[] | null;
  readonly strides: bigint[] | null;
}

function rowSelection(info: LibraryDataset, start: number, stop: number): Selection {
  if (info.shape.length === 0) return { count: null, offset: null, strides: null };
  const inner = info.shape.slice(1);
  return {
    count: [stop - start, ...inner].map(BigInt),
    offset: [start, ...inner.map(() => 0)].map(BigInt),
    strides: info.shape.map(() => 1n),
  };
}

const builtIn = /^(gzip|shuffle|fletcher32|nbit|scaleoffset|szip)/;
const plugins = /^(blosc|blosc2|lz4|lzf|zstd|bitshuffle|bzip2|zfp|jpeg)(:|$)/;

function readFailure(info: LibraryDataset): never {
  const others = info.storage.filters.filter((name) => !builtIn.test(name));
  const missing = others.filter((name) => !plugins.test(name));
  if (missing.length > 0)
    return failAt(
      info.at,
      'io-failed',
      `the data are compressed with ${missing.join(', ')}, for which there is no plugin in h5wasm-plugins: ` +
        'copy the file with another compression (h5repack)',
    );
  if (others.length === 0) return failAt(info.at, 'file-damaged', 'the data cannot be read');
  return failAt(
    info.at,
    'file-damaged',
    `the data cannot be read: they are damaged, or the plugin for ${others.join(', ')} is missing (package h5wasm-plugins)`,
  );
}

/** Reads bytes and texts of the datasets of one file; keeps partly used chunks, so that small blocks stay cheap. */
export class DatasetReader {
  readonly #cache = new ChunkCache(cachedBytes);

  /** Bytes of rows `start` to `stop` (the whole of a dataset without axes), little endian, row-major. */
  bytes(info: LibraryDataset, start: number, stop: number): Uint8Array<ArrayBuffer> {
    const width = rowElements(info) * info.elementBytes;
    if (info.shape.length === 0) return this.#transfer(info, 0, 1, width);
    if (stop <= start || width === 0) return new Uint8Array(0);
    this.#checkSize(info, (stop - start) * width);
    const chunk = info.storage.chunks?.[0] ?? 0;
    if (info.storage.filters.length === 0 || chunk < 1 || chunk * width > cachedChunkBytes) {
      return this.#inParts(info, start, stop, width);
    }
    const firstWhole = Math.ceil(start / chunk) * chunk;
    const lastWhole = stop === info.shape[0] ? stop : Math.floor(stop / chunk) * chunk;
    if (firstWhole > lastWhole) return this.#fromChunk(info, start, stop, width).slice();
    const out = new Uint8Array((stop - start) * width);
    if (start < firstWhole) out.set(this.#fromChunk(info, start, firstWhole, width), 0);
    if (firstWhole < lastWhole)
      out.set(this.#inParts(info, firstWhole, lastWhole, width), (firstWhole - start) * width);
    if (lastWhole < stop) out.set(this.#fromChunk(info, lastWhole, stop, width), (lastWhole - start) * width);
    return out;
  }

  /** Bytes of the elements of a box, row-major; numbers little endian. */
  box(info: LibraryDataset, { start, count }: Box): Uint8Array<ArrayBuffer> {
    const bytes = elementsOf(count) * info.elementBytes;
    if (bytes === 0) return new Uint8Array(0);
    const selection =
      info.shape.length === 0
        ? { count: null, offset: null, strides: null }
        : { count: count.map(BigInt), offset: start.map(BigInt), strides: info.shape.map(() => 1n) };
    return guarded(info.at, 'file-damaged', () =>
      withMemory(info.at, bytes, (pointer) => {
        this.#read(info, selection, pointer);
        return copyOut(info.at.library, pointer, bytes);
      }),
    );
  }

  /** Texts of rows `start` to `stop` (the only one of a dataset without axes), row-major. */
  texts(info: LibraryDataset, start: number, stop: number): string[] {
    if (info.type.kind !== 'string')
      throw new Lh5Error('datatype-invalid', 'there are no texts', placeOf(info.at));
    if (!info.type.variable)
      return fixedTexts(this.bytes(info, start, stop), info.elementBytes, info.type.spacePadded);
    const count = info.shape.length === 0 ? 1 : (stop - start) * rowElements(info);
    if (count <= 0) return [];
    return guarded(info.at, 'file-damaged', () =>
      withMemory(info.at, count * info.elementBytes, (pointer) => {
        this.#read(info, rowSelection(info, start, stop), pointer);
        const texts = textsAt(info.at.library, pointer, count);
        const { count: shape } = rowSelection(info, start, stop);
        info.at.library.reclaim_vlen_memory_count(
          info.at.id,
          absolute(info.at),
          '',
          BigInt(pointer),
          shape ?? [],
        );
        return texts;
      }),
    );
  }

  #checkSize(info: LibraryDataset, bytes: number): void {
    if (bytes > 2 ** 32)
      throw new Lh5Error(
        'argument-invalid',
        `${bytes} bytes at once are too many: read blocks of rows`,
        placeOf(info.at),
      );
  }

  #fromChunk(info: LibraryDataset, start: number, stop: number, width: number): Uint8Array {
    const rows = info.storage.chunks?.[0] ?? 1;
    const first = Math.floor(start / rows) * rows;
    const last = Math.min(first + rows, info.shape[0] ?? 0);
    const chunk = this.#cache.get(info.at.path, first, () => this.#transfer(info, first, last, width));
    return chunk.subarray((start - first) * width, (stop - first) * width);
  }

  /** The library's memory never shrinks: large reads pass through it in parts that end at chunk borders. */
  #inParts(info: LibraryDataset, start: number, stop: number, width: number): Uint8Array<ArrayBuffer> {
    if ((stop - start) * width <= bytesPerTransfer) return this.#transfer(info, start, stop, width);
    const chunk = info.storage.chunks?.[0] ?? 1;
    const rows = Math.max(1, Math.floor(bytesPerTransfer / width / chunk)) * chunk;
    const out = new Uint8Array((stop - start) * width);
    for (let at = start; at < stop; ) {
      const next = Math.min(stop, (Math.floor(at / rows) + 1) * rows);
      out.set(this.#transfer(info, at, next, width), (at - start) * width);
      at = next;
    }
    return out;
  }

  #transfer(info: LibraryDataset, start: number, stop: number, width: number): Uint8Array<ArrayBuffer> {
    const bytes = (stop - start) * width;
    return guarded(info.at, 'file-damaged', () =>
      withMemory(info.at, bytes, (pointer) => {
        this.#read(info, rowSelection(info, start, stop), pointer);
        return copyOut(info.at.library, pointer, bytes);
      }),
    );
  }

  #read(info: LibraryDataset, { count, offset, strides }: Selection, pointer: number): void {
    if (info.hasOwnBlosc)
      failAt(
        info.at,
        'io-failed',
        'is compressed with Blosc and an inner codec that its plugin does not have',
      );
    if ((info.element.virtual_sources ?? []).some((source) => source.file_name !== '.')) {
      failAt(info.at, 'io-failed', 'is put together from other files, which are not opened');
    }
    const status = info.at.library.get_dataset_data(
      info.at.id,
      absolute(info.at),
      count,
      offset,
      strides,
      BigInt(pointer),
    );
    if (status < 0) readFailure(info);
  }
}
