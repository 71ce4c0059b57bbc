import type { RingEntry } from './ring-entry.js';
import type { RingRecord } from './ring-layout.js';
import { type RingMemory, slotField, slotIndex, waitForChange, wide, word } from './ring-memory.js';

/** Longest time between two signs of life of a waiting consumer, ms. */
const beatMs = 500;

/**
 * The record of a sequence: as a view of the ring (only for those who hold it back), or as a copy; undefined when it
 * was overwritten meanwhile.
 */
export function takeRecord(memory: RingMemory, sequence: bigint, asView: boolean): RingRecord | undefined {
  const at = slotIndex(memory, sequence);
  const position = memory.slots[at + slotField.position]!;
  const length = Number(memory.slots[at + slotField.length]);
  const offset = memory.dataOffset + Number(position % BigInt(memory.byteCount));
  const header = {
    sequence,
    schemaId: Number(memory.slots[at + slotField.schemaId]),
    rows: Number(memory.slots[at + slotField.rows]),
    timeNs: memory.slots[at + slotField.timeNs]!,
  };
  if (asView) return { ...header, bytes: new Uint8Array(memory.buffer, offset, length) };
  if (offset + length > memory.buffer.byteLength) return undefined;
  const bytes = new Uint8Array(length);
  bytes.set(new Uint8Array(memory.buffer, offset, length));
  // A read-modify-write, so that the copy above cannot be ordered behind this look.
  const oldest = Atomics.or(memory.wides, wide.oldest, 0n);
  return sequence < oldest ? undefined : { ...header, bytes };
}

/** Waits until `ready`, at most `timeoutMs`, and shows signs of life meanwhile; never blocks the thread. */
export async function waitForRecord(
  memory: RingMemory,
  entry: RingEntry,
  ready: () => boolean,
  timeoutMs: number,
): Promise<boolean> {
  const { words } = memory;
  const until = performance.now() + timeoutMs;
  Atomics.add(words, word.consumersWait, 1);
  try {
    for (;;) {
      const seen = Atomics.load(words, word.published);
      entry.store('beatNs', process.hrtime.bigint());
      if (ready()) return true;
      const left = until - performance.now();
      if (left <= 0) return false;
      const changed = await waitForChange(words, word.published, seen, Math.min(beatMs, left));
      if (changed) return ready();
    }
  } finally {
    Atomics.sub(words, word.consumersWait, 1);
  }
}
