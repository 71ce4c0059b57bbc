import { DriverError } from '../errors.js';
import { policyNumber, RingConsumer } from './ring-consumer.js';
import { type ConsumerPolicy, defaultRingSize, maxConsumers, type RingSize } from './ring-layout.js';
import {
  allocateRing,
  consumerField,
  mapRing,
  maxNameBytes,
  type RingMemory,
  slotField,
  slotIndex,
  wide,
  word,
} from './ring-memory.js';
import { RingProducer } from './ring-producer.js';

/**
 * Records from one producer to several consumers through shared memory. Every consumer has its own cursor;
 * only obligatory ones hold records back. One ring serves one run of one source.
 */
export class Ring {
  /** Hand this to another thread and `Ring.open` it there. */
  readonly buffer: SharedArrayBuffer;
  private readonly memory: RingMemory;

  private constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.memory = mapRing(buffer);
  }

  /** A new empty ring. Throws DriverError `ring` for sizes out of range. */
  static create(size: Partial<RingSize> = {}): Ring {
    const { slots, bytes } = { ...defaultRingSize, ...size };
    if (!Number.isInteger(slots) || slots < 16 || slots > 65_536) {
      throw new DriverError('ring', 'slots', `a ring takes 16 to 65536 slots, not ${slots}`);
    }
    if (!Number.isInteger(bytes) || bytes < 4096 || bytes % 8 !== 0 || bytes > 2 ** 30) {
      throw new DriverError(
        'ring',
        'bytes',
        `a ring takes 4096 bytes to 1 GiB in multiples of 8, not ${bytes}`,
      );
    }
    return new Ring(allocateRing({ slots, bytes }));
  }

  /** The same ring in another thread. */
  static open(buffer: SharedArrayBuffer): Ring {
    return new Ring(buffer);
  }

  /** The writing side; one thread may use it. */
  producer(): RingProducer {
    return new RingProducer(this.memory);
  }

  /**
   * A new consumer that gets what is put in from now on. Throws DriverError `ring` when there are too many
   * already, or for a sampling step below 1.
   */
  attach(name: string, policy: ConsumerPolicy): RingConsumer {
    const every = policy.kind === 'sampled' ? policy.every : 1;
    if (!Number.isInteger(every) || every < 1) {
      throw new DriverError(
        'ring',
        name,
        `consumer ${name} samples every ${every} records; it must be 1 or more`,
      );
    }
    const { consumers, wides } = this.memory;
    for (let id = 0; id < maxConsumers; id++) {
      const base = id * consumerField.width;
      if (Atomics.compareExchange(consumers, base + consumerField.state, 0n, 1n) !== 0n) continue;
      consumers.fill(0n, base + 1, base + consumerField.width);
      const head = Atomics.load(wides, wide.head);
      for (const field of ['next', 'released', 'startSequence'] as const)
        consumers[base + consumerField[field]] = head;
      consumers[base + consumerField.startRows] = this.rowsBefore(head);
      consumers[base + consumerField.policy] = policyNumber(policy);
      consumers[base + consumerField.every] = BigInt(every);
      this.writeName(base, name);
      Atomics.store(consumers, base + consumerField.state, 2n);
      return new RingConsumer(this.memory, id);
    }
    throw new DriverError(
      'ring',
      name,
      `the ring has ${maxConsumers} consumers already; ${name} finds no place`,
    );
  }

  /** An attached consumer by its number, to be used in this thread. */
  consumer(id: number): RingConsumer {
    return new RingConsumer(this.memory, id);
  }

  /** All consumers attached now. */
  consumers(): RingConsumer[] {
    const ids = Array.from({ length: maxConsumers }, (_, id) => id);
    return ids
      .filter(
        (id) => Atomics.load(this.memory.consumers, id * consumerField.width + consumerField.state) === 2n,
      )
      .map((id) => new RingConsumer(this.memory, id));
  }

  /** Records and rows put in since the ring was made. */
  recorded(): { readonly records: bigint; readonly rows: bigint } {
    const { wides } = this.memory;
    return { records: Atomics.load(wides, wide.head), rows: Atomics.load(wides, wide.headRows) };
  }

  /** True when the producer has closed it. */
  get closed(): boolean {
    return Atomics.load(this.memory.words, word.closed) === 1;
  }

  /** How full it is by what obligatory consumers hold: the larger of slots and bytes, 0..1. */
  fill(): number {
    const { memory } = this;
    const head = Atomics.load(memory.wides, wide.head);
    let first = head;
    for (const consumer of this.consumers()) {
      if (consumer.policy.kind !== 'obligatory') continue;
      const released = Atomics.load(
        memory.consumers,
        consumer.id * consumerField.width + consumerField.released,
      );
      if (released < first) first = released;
    }
    if (first === head) return 0;
    const begin = memory.slots[slotIndex(memory, first) + slotField.position]!;
    const bytes = Number(Atomics.load(memory.wides, wide.headPosition) - begin) / memory.byteCount;
    return Math.min(1, Math.max(bytes, Number(head - first) / memory.slotCount));
  }

  private rowsBefore(sequence: bigint): bigint {
    const { memory } = this;
    const last = sequence - 1n;
    if (last < 0n) return 0n;
    const at = slotIndex(memory, last);
    return memory.slots[at + slotField.rowsBefore]! + memory.slots[at + slotField.rows]!;
  }

  private writeName(base: number, name: string): void {
    const encoded = Buffer.from(name, 'utf8').subarray(0, maxNameBytes);
    const from = this.memory.consumers.byteOffset + (base + consumerField.name) * 8;
    new Uint8Array(this.buffer, from, encoded.length).set(encoded);
    this.memory.consumers[base + consumerField.nameLength] = BigInt(encoded.length);
  }
}
