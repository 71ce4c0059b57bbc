import { Lh5Error } from '../../errors.js';
import { type Box, type BoxBytes, copyCommon, elementsOf, isWholeRows, linesOf } from '../../hdf5/box.js';
import { ChunkCache } from '../../hdf5/chunk-cache.js';
import { memoryFor, ReadMemory } from '../../hdf5/read-memory.js';
import type { DatasetInfo } from '../../hdf5/source.js';
import type { Filter } from '../write/object-header.js';
import { noAddress } from './byte-reader.js';
import { checkFilters, decodeChunk } from './chunk-decoder.js';
import type { ChunkGrid, ChunkIndex, StoredChunk } from './chunk-grid.js';
import type { FileBytes } from './file-bytes.js';
import type { Layout } from './layout-reader.js';

/** A dataset with what is needed to read it. */
export interface FileDataset extends DatasetInfo {
  readonly file: string;
  readonly layout: Layout;
  readonly filters: readonly Filter[];
  /** What elements are that were never written; zeros where undefined. */
  readonly fill: Uint8Array | undefined;
}

type Bytes = Uint8Array<ArrayBuffer>;

const cachedBytes = 64 << 20;
const mostAtOnce = 2 ** 32;
/** Chunks of more bytes in the file are read into memory of their own. */
const mostStored = 4 << 20;
/** Rows that are read whole to take parts of each, at most. */
const mostBounding = 64 << 20;

function rowsBox(start: number, stop: number, shape: readonly number[]): Box {
  return {
    start: shape.map((_, axis) => (axis === 0 ? start : 0)),
    count: [stop - start, ...shape.slice(1)],
  };
}

function filled(bytes: number, fill: Uint8Array | undefined): Bytes {
  const out = new Uint8Array(bytes);
  if (fill === undefined) return out;
  for (let at = 0; at + fill.byteLength <= bytes; at += fill.byteLength) out.set(fill, at);
  return out;
}

/** Rows that lie one behind the other in the file. */
interface Run {
  readonly from: number;
  to: number;
  readonly address: number;
}

/** The wanted rows of chunks of whole rows without filters, chunks that follow each other in the file put together. */
function plainRuns(
  stored: ReadonlyMap<number, StoredChunk>,
  grid: ChunkGrid,
  [start, stop]: readonly [number, number],
  width: number,
): Run[] {
  const runs: Run[] = [];
  const rows = grid.chunk[0]!;
  for (const [number, chunk] of stored) {
    const first = grid.offsets(number)[0]!;
    const [from, to] = [Math.max(start, first), Math.min(stop, first + rows)];
    const address = chunk.address + (from - first) * width;
    const last = runs.at(-1);
    if (last?.to === from && last.address + (from - last.from) * width === address) last.to = to;
    else runs.push({ from, to, address });
  }
  return runs;
}

/** Reads the bytes of the datasets of one file; keeps chunks of which only a part was wanted. */
export class ChunkedReader {
  readonly #file: FileBytes;
  readonly #cache = new ChunkCache(cachedBytes);
  /** Chunks as they are in the file, one after the other. */
  readonly #stored = new ReadMemory();

  constructor(file: FileBytes) {
    this.#file = file;
  }

  /** Bytes of rows `start` to `stop` (the whole of a dataset without axes) as they are stored, row-major. */
  bytes(info: FileDataset, start: number, stop: number, memory?: ReadMemory): Bytes {
    const { shape, elementBytes, layout } = info;
    const width = shape.slice(1).reduce((total, extent) => total * extent, elementBytes);
    const [first, last] = shape.length === 0 ? [0, 1] : [start, stop];
    const bytes = (last - first) * width;
    if (last <= first || width === 0) return new Uint8Array(0);
    if (bytes > mostAtOnce)
      throw new Lh5Error('argument-invalid', `${bytes} bytes at once are too many: read blocks of rows`, {
        file: info.file,
        object: info.path,
      });
    if (layout.kind === 'compact') return layout.bytes.slice(first * width, last * width);
    if (layout.kind === 'contiguous') {
      if (layout.address === noAddress) return filled(bytes, info.fill);
      const out = memoryFor(info.path, bytes, memory);
      this.#file.into(out, layout.address + first * width);
      return out;
    }
    checkFilters(info.filters);
    return this.#chunked(info, layout, [first, last], memory);
  }

  /** Bytes of the elements of a box as they are stored, row-major. */
  box(info: FileDataset, box: Box): Bytes {
    const { shape, elementBytes, layout } = info;
    const [start = 0, count = 1] = [box.start[0], box.count[0]];
    if (isWholeRows(box, shape)) return this.bytes(info, start, start + count);
    const out = new Uint8Array(elementsOf(box.count) * elementBytes);
    if (out.byteLength === 0) return out;
    const target = { ...box, bytes: out };
    const rowBytes = elementsOf(shape.slice(1)) * elementBytes;
    if (layout.kind === 'chunked') {
      checkFilters(info.filters);
      this.#boxOfChunks(info, layout, target);
    } else if (layout.kind === 'compact' || count * rowBytes <= mostBounding) {
      const rows = rowsBox(start, start + count, shape);
      copyCommon({ ...rows, bytes: this.bytes(info, start, start + count) }, target, elementBytes);
    } else if (layout.address === noAddress) {
      return filled(out.byteLength, info.fill);
    } else {
      const width = box.count.at(-1)! * elementBytes;
      for (const line of linesOf(box, shape))
        this.#file.into(
          out.subarray(line.target * elementBytes, line.target * elementBytes + width),
          layout.address + line.at * elementBytes,
        );
    }
    return out;
  }

  #boxOfChunks(
    info: FileDataset,
    { grid, index }: { grid: ChunkGrid; index: ChunkIndex },
    target: BoxBytes,
  ): void {
    const [start, count] = [target.start[0]!, target.count[0]!];
    const rows = grid.chunk[0]!;
    if (info.fill !== undefined) target.bytes.set(filled(target.bytes.byteLength, info.fill));
    const first = Math.floor(start / rows) * grid.perBand;
    const last = Math.floor((start + count - 1) / rows) * grid.perBand + grid.perBand - 1;
    for (const [number, chunk] of index.find(first, last)) {
      const offsets = grid.offsets(number);
      const touches = offsets.every(
        (offset, axis) =>
          offset < target.start[axis]! + target.count[axis]! &&
          offset + grid.chunk[axis]! > target.start[axis]!,
      );
      if (!touches) continue;
      const bytes = this.#chunk(info, grid, chunk, number, true);
      copyCommon({ bytes, start: offsets, count: grid.chunk }, target, grid.elementBytes);
    }
  }

  #chunked(
    info: FileDataset,
    { grid, index }: { grid: ChunkGrid; index: ChunkIndex },
    [start, stop]: readonly [number, number],
    memory: ReadMemory | undefined,
  ): Bytes {
    const width = grid.shape.slice(1).reduce((total, extent) => total * extent, grid.elementBytes);
    const rows = grid.chunk[0]!;
    const wholeRows = grid.chunk.every((extent, axis) => axis === 0 || extent === grid.shape[axis]);
    const firstChunk = Math.floor(start / rows) * grid.perBand;
    const lastChunk = Math.floor((stop - 1) / rows) * grid.perBand + grid.perBand - 1;
    const stored = index.find(firstChunk, lastChunk);
    const isComplete = stored.size === lastChunk - firstChunk + 1;
    const target = isComplete
      ? memoryFor(info.path, (stop - start) * width, memory)
      : filled((stop - start) * width, info.fill);
    if (wholeRows && info.filters.length === 0) {
      for (const { from, to, address } of plainRuns(stored, grid, [start, stop], width))
        this.#file.into(target.subarray((from - start) * width, (to - start) * width), address);
      return target;
    }
    for (const [number, chunk] of stored) {
      const offsets = grid.offsets(number);
      const first = offsets[0]!;
      const partly = first < start || first + rows > stop;
      const bytes = this.#chunk(info, grid, chunk, number, partly && stop < grid.shape[0]!);
      if (wholeRows) {
        const [from, to] = [Math.max(start, first), Math.min(stop, first + rows)];
        target.set(bytes.subarray((from - first) * width, (to - first) * width), (from - start) * width);
      } else {
        const box = rowsBox(start, stop, grid.shape);
        copyCommon(
          { bytes, start: offsets, count: grid.chunk },
          { bytes: target, ...box },
          grid.elementBytes,
        );
      }
    }
    return target;
  }

  #storedBytes({ address, bytes }: StoredChunk): Bytes {
    if (bytes > mostStored) return this.#file.direct(address, bytes);
    const stored = this.#stored.take('', bytes);
    this.#file.into(stored, address);
    return stored;
  }

  #chunk(info: FileDataset, grid: ChunkGrid, chunk: StoredChunk, number: number, keep: boolean): Bytes {
    const read = (): Bytes => {
      const stored = this.#storedBytes(chunk);
      return decodeChunk(stored, info.filters, chunk.skipped, grid.chunkBytes);
    };
    return keep || this.#cache.has(info.path, number)
      ? this.#cache.get(info.path, number, () => read().slice())
      : read();
  }
}
