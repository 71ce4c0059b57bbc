import { UnknownFormat } from '../../hdf5/source.js';
import type { Filter } from '../write/object-header.js';
import { type ByteReader, Damage, noAddress } from './byte-reader.js';
import { ExtensibleArray, FixedArray, RunOfChunks } from './chunk-arrays.js';
import { ChunkGrid, type ChunkIndex } from './chunk-grid.js';
import { ChunkTree } from './chunk-tree.js';
import type { Dataspace } from './dataspace.js';
import type { FileBytes } from './file-bytes.js';

/** Where the data of a dataset are. */
export type Layout =
  | { readonly kind: 'compact'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'contiguous'; readonly address: number; readonly bytes: number }
  | { readonly kind: 'chunked'; readonly grid: ChunkGrid; readonly index: ChunkIndex };

/** What a layout message is read with. */
export interface LayoutContext {
  readonly file: FileBytes;
  readonly space: Dataspace;
  readonly elementBytes: number;
}

function chunked3(reader: ByteReader, { file, space, elementBytes }: LayoutContext): Layout {
  const axes = reader.u8() - 1;
  const tree = reader.address();
  const chunk = Array.from({ length: axes }, () => reader.u32());
  const grid = new ChunkGrid(space.shape ?? [], chunk, elementBytes);
  return { kind: 'chunked', grid, index: new ChunkTree(file, tree, grid) };
}

/** Newer indices count chunks over the largest extents; that is the same where only the rows can grow. */
function checkGrowth({ shape, most }: Dataspace, rowsGrow: boolean): void {
  const others = most.slice(1).some((extent, axis) => extent !== shape?.[axis + 1]);
  if (others || (rowsGrow && most[0] !== Number.POSITIVE_INFINITY))
    throw new UnknownFormat('data that can grow along another axis than the first');
}

function chunked4(reader: ByteReader, context: LayoutContext): Layout {
  const { file, space, elementBytes } = context;
  const flags = reader.u8();
  if ((flags & 1) !== 0) throw new UnknownFormat('chunks at the edges that are not filtered');
  const axes = reader.u8() - 1;
  const extentBytes = reader.u8();
  const chunk = Array.from({ length: axes }, () => reader.integer(extentBytes));
  reader.skip(extentBytes);
  const grid = new ChunkGrid(space.shape ?? [], chunk, elementBytes);
  const kind = reader.u8();
  const count = Math.ceil((space.shape?.[0] ?? 0) / grid.chunk[0]!) * grid.perBand;
  const made = (index: ChunkIndex): Layout => ({ kind: 'chunked', grid, index });
  const run = (address: number, bytes: number, skipped: number, chunks: number): Layout =>
    made(new RunOfChunks({ address, bytes, skipped }, chunks));
  if (kind === 1) {
    const filtered = (flags & 2) !== 0;
    const bytes = filtered ? reader.u64() : grid.chunkBytes;
    const skipped = filtered ? reader.u32() : 0;
    return run(reader.address(), bytes, skipped, 1);
  }
  if (kind === 2) return run(reader.address(), grid.chunkBytes, 0, count);
  if (kind !== 3 && kind !== 4) throw new UnknownFormat(`an index of chunks of kind ${kind}`);
  checkGrowth(space, kind === 4);
  const address = reader.skip(kind === 3 ? 1 : 5).address();
  if (address === noAddress) return run(address, 0, 0, 0);
  return made(
    kind === 3
      ? new FixedArray(file, address, grid.chunkBytes)
      : new ExtensibleArray(file, address, grid.chunkBytes),
  );
}

/** Takes a layout message apart. */
export function decodeLayout(message: ByteReader, context: LayoutContext): Layout {
  const version = message.u8();
  if (version < 3) throw new UnknownFormat(`a data layout of version ${version}`);
  if (version > 5) throw new UnknownFormat(`a data layout of version ${version}`);
  const kind = message.u8();
  if (kind === 0) return { kind: 'compact', bytes: message.take(message.u16()) };
  if (kind === 1) return { kind: 'contiguous', address: message.address(), bytes: message.u64() };
  if (kind === 2) return version === 3 ? chunked3(message, context) : chunked4(message, context);
  if (kind === 3) throw new UnknownFormat('a virtual dataset');
  throw new Damage(`a data layout of kind ${kind}`);
}

/** Takes a filter message apart. */
export function decodeFilters(message: ByteReader): Filter[] {
  const version = message.u8();
  if (version !== 1 && version !== 2) throw new Damage(`a list of filters of version ${version}`);
  const count = message.u8();
  if (version === 1) message.skip(6);
  return Array.from({ length: count }, () => {
    const id = message.u16();
    const firstOfOthers = 256;
    const nameBytes = version === 1 || id >= firstOfOthers ? message.u16() : 0;
    message.skip(2);
    const parameterCount = message.u16();
    message.skip(version === 1 ? Math.ceil(nameBytes / 8) * 8 : nameBytes);
    const parameters = Array.from({ length: parameterCount }, () => message.u32());
    if (version === 1 && parameterCount % 2 === 1) message.skip(4);
    return { id, parameters };
  });
}
