import { maxConsumers, type RingSize } from './ring-layout.js';

/** Indices into the 32-bit control words of a ring. */
export const word = {
  published: 0,
  released: 1,
  closed: 2,
  slots: 3,
  bytes: 4,
  producerWaits: 5,
  consumersWait: 6,
  producerLock: 7,
} as const;

/** State of a consumer's entry. A dropped one keeps its counters until its place is needed. */
export const consumerState = { free: 0n, joining: 1n, attached: 2n, member: 3n, dropped: 4n } as const;

/** A member of a work group that holds no record. */
export const holdsNothing = -1n;

/** Indices into the 64-bit control words: counters of records, rows and byte positions. */
export const wide = { head: 0, oldest: 1, headRows: 2, headPosition: 3 } as const;

/** Fields of one record's descriptor. `position` counts bytes since the start of the ring, never wrapped. */
export const slotField = {
  position: 0,
  length: 1,
  rowsBefore: 2,
  timeNs: 3,
  schemaId: 4,
  rows: 5,
  width: 6,
} as const;

/** Fields of one consumer's entry. */
export const consumerField = {
  state: 0,
  policy: 1,
  every: 2,
  next: 3,
  released: 4,
  delivered: 5,
  deliveredRows: 6,
  serviceNs: 7,
  serviceMaxNs: 8,
  takenNs: 9,
  startSequence: 10,
  startRows: 11,
  /** Sequence and rows at which a dropped consumer left. */
  endSequence: 12,
  endRows: 13,
  /** Last sign of life and how long it may be silent (0: for ever), ns. */
  beatNs: 14,
  deadlineNs: 15,
  /** Counts the users of the entry: one that was given away is not theirs any more. */
  generation: 16,
  /** 1 for a work group; for a member the number of its group, and the record in its hands. */
  shared: 17,
  group: 18,
  held: 19,
  nameLength: 20,
  name: 21,
  width: 28,
} as const;

/** Bytes of a consumer's name that are kept. */
export const maxNameBytes = (consumerField.width - consumerField.name) * 8;

const controlBytes = 64;
const wideBytes = 64;

/** Typed views of the parts of a ring's shared memory; every thread makes its own. */
export interface RingMemory {
  readonly buffer: SharedArrayBuffer;
  readonly words: Int32Array;
  readonly wides: BigInt64Array;
  readonly slots: BigInt64Array;
  readonly consumers: BigInt64Array;
  readonly slotCount: number;
  readonly byteCount: number;
  /** Byte offset of the data area in the buffer. */
  readonly dataOffset: number;
}

function bytesFor(size: RingSize): number {
  const descriptors = size.slots * slotField.width * 8;
  return controlBytes + wideBytes + maxConsumers * consumerField.width * 8 + descriptors + size.bytes;
}

/** Shared memory for a ring of this size, zero-filled, with the size written in. */
export function allocateRing(size: RingSize): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(bytesFor(size));
  const words = new Int32Array(buffer, 0, controlBytes / 4);
  words[word.slots] = size.slots;
  words[word.bytes] = size.bytes;
  return buffer;
}

/** Views of a ring's memory. */
export function mapRing(buffer: SharedArrayBuffer): RingMemory {
  const words = new Int32Array(buffer, 0, controlBytes / 4);
  const slotCount = words[word.slots]!;
  const byteCount = words[word.bytes]!;
  const consumersOffset = controlBytes + wideBytes;
  const slotsOffset = consumersOffset + maxConsumers * consumerField.width * 8;
  return {
    buffer,
    words,
    wides: new BigInt64Array(buffer, controlBytes, wideBytes / 8),
    consumers: new BigInt64Array(buffer, consumersOffset, maxConsumers * consumerField.width),
    slots: new BigInt64Array(buffer, slotsOffset, slotCount * slotField.width),
    slotCount,
    byteCount,
    dataOffset: slotsOffset + slotCount * slotField.width * 8,
  };
}

/** Index of the first field of a record's descriptor. */
export function slotIndex(memory: RingMemory, sequence: bigint): number {
  return Number(sequence % BigInt(memory.slotCount)) * slotField.width;
}

/**
 * Waits until a signal word differs from `seen`, or the time is up; true when it changed. Keeps the event loop
 * alive meanwhile, which Atomics.waitAsync alone does not.
 */
export async function waitForChange(
  words: Int32Array,
  index: number,
  seen: number,
  timeoutMs: number,
): Promise<boolean> {
  const waiting = Atomics.waitAsync(words, index, seen, timeoutMs);
  if (!waiting.async) return waiting.value === 'not-equal';
  const alive = setTimeout(() => undefined, timeoutMs + 1000);
  try {
    return (await waiting.value) === 'ok';
  } finally {
    clearTimeout(alive);
  }
}
