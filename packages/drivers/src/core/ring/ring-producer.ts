import { DriverError } from '../errors.js';
import { firstHeld } from './ring-holds.js';
import { type RingMemory, slotField, slotIndex, waitForChange, wide, word } from './ring-memory.js';

/**
 * A writer of a ring. Usually there is one, in the driver's thread; with `shared` several threads may write: each has
 * the ring for itself between `reserve` and `publish`.
 */
export class RingProducer {
  /** Longest record that fits, bytes. */
  readonly maxRecordBytes: number;
  private readonly memory: RingMemory;
  private readonly shared: boolean;
  private reserved: { position: bigint; length: number } | undefined;

  constructor(memory: RingMemory, shared = false) {
    this.memory = memory;
    this.shared = shared;
    this.maxRecordBytes = memory.byteCount / 4;
  }

  /** Records put in so far; the next one gets this sequence. */
  get published(): bigint {
    return Atomics.load(this.memory.wides, wide.head);
  }

  /**
   * Room for a record of `length` bytes (a multiple of 8), to be filled and then `publish`ed; undefined when
   * obligatory consumers hold everything back. Throws DriverError `ring` for a record that can never fit.
   */
  reserve(length: number): Uint8Array | undefined {
    if (length > this.maxRecordBytes || length % 8 !== 0) {
      throw new DriverError(
        'ring',
        'record',
        `a record of ${length} bytes does not fit; at most ${this.maxRecordBytes}`,
      );
    }
    const { memory } = this;
    const capacity = BigInt(memory.byteCount);
    this.lock();
    const head = this.published;
    let position = Atomics.load(memory.wides, wide.headPosition);
    const within = position % capacity;
    if (within + BigInt(length) > capacity) position += capacity - within;
    const free = this.freeUpTo(head, position + BigInt(length) - capacity);
    if (!free) {
      this.unlock();
      return undefined;
    }
    this.reserved = { position, length };
    return new Uint8Array(memory.buffer, memory.dataOffset + Number(position % capacity), length);
  }

  /** Makes the reserved record visible to the consumers and wakes them. */
  publish(schemaId: number, rows: number, timeNs: bigint): void {
    const { memory, reserved } = this;
    if (reserved === undefined)
      throw new DriverError('ring', 'record', 'nothing was reserved before publish');
    const head = this.published;
    const rowsBefore = Atomics.load(memory.wides, wide.headRows);
    const at = slotIndex(memory, head);
    memory.slots[at + slotField.position] = reserved.position;
    memory.slots[at + slotField.length] = BigInt(reserved.length);
    memory.slots[at + slotField.rowsBefore] = rowsBefore;
    memory.slots[at + slotField.timeNs] = timeNs;
    memory.slots[at + slotField.schemaId] = BigInt(schemaId);
    memory.slots[at + slotField.rows] = BigInt(rows);
    Atomics.store(memory.wides, wide.headPosition, reserved.position + BigInt(reserved.length));
    Atomics.store(memory.wides, wide.headRows, rowsBefore + BigInt(rows));
    Atomics.store(memory.wides, wide.head, head + 1n);
    this.reserved = undefined;
    this.unlock();
    this.wakeConsumers();
  }

  /** No record follows; consumers that reach the end see `ended`. */
  close(): void {
    Atomics.store(this.memory.words, word.closed, 1);
    this.wakeConsumers();
  }

  /** Waits until a consumer gave a slot back, at most `timeoutMs`; true when one did. */
  async waitForSpace(timeoutMs: number): Promise<boolean> {
    const { words } = this.memory;
    const seen = Atomics.load(words, word.released);
    Atomics.add(words, word.producerWaits, 1);
    try {
      return await waitForChange(words, word.released, seen, timeoutMs);
    } finally {
      Atomics.sub(words, word.producerWaits, 1);
    }
  }

  /** Drops oldest records until a descriptor is free and no kept record begins before `firstKept`. */
  private freeUpTo(head: bigint, firstKept: bigint): boolean {
    const { memory } = this;
    const slotLimit = BigInt(memory.slotCount);
    let oldest = Atomics.load(memory.wides, wide.oldest);
    const begins = (sequence: bigint): bigint =>
      memory.slots[slotIndex(memory, sequence) + slotField.position]!;
    const roomy = (): boolean =>
      oldest === head || (head - oldest < slotLimit && begins(oldest) >= firstKept);
    if (roomy()) return true;
    const heldFrom = firstHeld(memory, head);
    while (oldest < heldFrom && !roomy()) oldest += 1n;
    // Published before the bytes are overwritten: a reader that copied meanwhile sees that its copy is void.
    Atomics.store(memory.wides, wide.oldest, oldest);
    return roomy();
  }

  /** Held for microseconds only, so the thread may sleep for it. */
  private lock(): void {
    if (!this.shared || this.reserved !== undefined) return;
    const { words } = this.memory;
    while (Atomics.compareExchange(words, word.producerLock, 0, 1) !== 0)
      Atomics.wait(words, word.producerLock, 1, 10);
  }

  private unlock(): void {
    if (!this.shared) return;
    const { words } = this.memory;
    Atomics.store(words, word.producerLock, 0);
    Atomics.notify(words, word.producerLock, 1);
  }

  private wakeConsumers(): void {
    const { words } = this.memory;
    Atomics.add(words, word.published, 1);
    if (Atomics.load(words, word.consumersWait) > 0) Atomics.notify(words, word.published);
  }
}
