import { inflateSync } from 'node:zlib';
import { decompress } from 'fzstd';
import { filterId, isOwnBlosc } from '../../hdf5/filter-name.js';
import { UnknownFormat } from '../../hdf5/source.js';
import { fletcher32, unshuffle } from '../../kernels/bytes.js';
import { inflateShuffled } from '../../kernels/inflate.js';
import type { Filter } from '../write/object-header.js';
import { decodeBlosc } from './blosc.js';
import { Damage } from './byte-reader.js';
import { decodeLzf } from './lzf.js';

type Bytes = Uint8Array<ArrayBuffer>;

function inflated(bytes: Bytes, size: number): Bytes {
  try {
    return inflateSync(bytes, { chunkSize: Math.max(64, size), maxOutputLength: Math.max(1, size) });
  } catch (cause) {
    throw new Damage(`a chunk cannot be inflated: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function unzstd(bytes: Bytes, size: number): Bytes {
  try {
    return decompress(bytes, new Uint8Array(size)) as Bytes;
  } catch (cause) {
    throw new Damage(`a chunk of zstd is wrong: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function checked(bytes: Bytes): Bytes {
  if (bytes.byteLength < 4) throw new Damage('a chunk has no room for its checksum');
  const body = bytes.subarray(0, bytes.byteLength - 4);
  const stored = new DataView(bytes.buffer, bytes.byteOffset + body.byteLength, 4).getUint32(0, true);
  const sum = fletcher32(body);
  // Old versions of HDF5 turned the bytes of both halves round.
  const turned = ((sum & 0x00ff00ff) << 8) | ((sum >>> 8) & 0x00ff00ff);
  if (sum !== stored && turned >>> 0 !== stored) throw new Damage('the checksum of a chunk is wrong');
  return body;
}

const known: ReadonlySet<number> = new Set(Object.values(filterId));

/** Fails where a filter is not known here. */
export function checkFilters(filters: readonly Filter[]): void {
  const unknown = filters.find(
    ({ id, parameters }) => !known.has(id) || (id === filterId.blosc && !isOwnBlosc(id, parameters)),
  );
  if (unknown !== undefined) throw new UnknownFormat(`filter ${unknown.id}`);
}

/** Bytes of the elements that have been shuffled before filter `k`; 1 where they have not. */
function shuffledBefore(k: number, filters: readonly Filter[], skipped: number): number {
  const before = filters[k - 1];
  if (before?.id !== filterId.shuffle || (skipped & (1 << (k - 1))) !== 0) return 1;
  return before.parameters[0] ?? 1;
}

/**
 * Undoes the filters of one chunk of `size` bytes. The result may be `stored` or memory that the next call overwrites: it is to be
 * copied.
 */
export function decodeChunk(stored: Bytes, filters: readonly Filter[], skipped: number, size: number): Bytes {
  let bytes = stored;
  for (let k = filters.length - 1; k >= 0; k -= 1) {
    const { id, parameters } = filters[k]!;
    if ((skipped & (1 << k)) !== 0) continue;
    if (id === filterId.deflate) {
      const elementBytes = shuffledBefore(k, filters, skipped);
      const quickly = inflateShuffled(bytes, size + 4, elementBytes);
      if (quickly !== undefined && elementBytes > 1) k -= 1;
      // Further filters may work in the same memory.
      bytes = (k > 0 ? quickly?.slice() : quickly) ?? inflated(bytes, size + 4);
    } else if (id === filterId.shuffle)
      bytes = (parameters[0] ?? 1) > 1 ? unshuffle(bytes, parameters[0]!) : bytes;
    else if (id === filterId.fletcher32) bytes = checked(bytes);
    else if (id === filterId.lzf) bytes = decodeLzf(bytes, size);
    else if (id === filterId.zstd) bytes = unzstd(bytes, size);
    else if (id === filterId.blosc) bytes = decodeBlosc(bytes, size);
    else throw new UnknownFormat(`filter ${id}`);
  }
  if (bytes.byteLength !== size)
    throw new Damage(`a chunk holds ${bytes.byteLength} bytes where ${size} are expected`);
  return bytes;
}
