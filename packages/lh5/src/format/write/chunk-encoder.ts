import { filterId } from '../../hdf5/filter-name.js';
import type { StoragePlan } from '../../hdf5/output.js';
import { fletcher32, shuffleTo } from '../../kernels/bytes.js';
import { buffers } from './buffer-pool.js';
import { bytesOf, type Deflater } from './deflater.js';
import type { Filter } from './object-header.js';

/** A chunk as it goes to the file. */
export interface EncodedChunk {
  readonly bytes: Uint8Array;
  /** Bit k is set where filter k was left out. */
  readonly skipped: number;
  /** Memory to be given back when the bytes are not needed any more. */
  readonly memory: Uint8Array<ArrayBuffer>;
}

/** The filters of a dataset: shuffle, deflate, Fletcher32, as the plan has them and as far as they make sense. */
export function filtersOf(plan: StoragePlan, elementBytes: number): readonly Filter[] {
  const filters: Filter[] = [];
  if (plan.gzip > 0 && plan.shuffle && elementBytes > 1)
    filters.push({ id: filterId.shuffle, parameters: [elementBytes] });
  if (plan.gzip > 0) filters.push({ id: filterId.deflate, parameters: [plan.gzip] });
  if (plan.fletcher32) filters.push({ id: filterId.fletcher32, parameters: [] });
  return filters;
}

function putTogether(target: Uint8Array, parts: readonly Uint8Array[]): Uint8Array {
  let at = 0;
  for (const part of parts) {
    target.set(part, at);
    at += part.byteLength;
  }
  return target;
}

function withChecksum(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.byteLength + 4);
  out.set(bytes);
  new DataView(out.buffer).setUint32(bytes.byteLength, fletcher32(bytes), true);
  return out;
}

/**
 * Encodes one chunk. `raw` may be used again as soon as this has returned; deflate runs on the threads of the process that
 * Node.js keeps for such work. A chunk that does not get smaller is kept as it is.
 */
export async function encodeChunk(
  raw: Uint8Array,
  filters: readonly Filter[],
  deflater: Deflater,
): Promise<EncodedChunk> {
  const shuffled = filters.find(({ id }) => id === filterId.shuffle);
  const deflated = filters.findIndex(({ id }) => id === filterId.deflate);
  const memory = buffers.take(raw.byteLength);
  const owned = memory.subarray(0, raw.byteLength);
  if (shuffled === undefined) owned.set(raw);
  else shuffleTo(owned, raw, shuffled.parameters[0] ?? 1);
  let bytes: Uint8Array = owned;
  let skipped = 0;
  if (deflated >= 0) {
    const parts = await deflater.deflate(owned);
    const length = bytesOf(parts);
    if (length < owned.byteLength) bytes = putTogether(owned.subarray(0, length), parts);
    else skipped = 1 << deflated;
  }
  const checked = filters.some(({ id }) => id === filterId.fletcher32);
  return { bytes: checked ? withChecksum(bytes) : bytes, skipped, memory };
}
