import { DriverError } from '../errors.js';
import { RingConsumer } from './ring-consumer.js';
import { type EntryField, RingEntry } from './ring-entry.js';
import { RingMember } from './ring-group.js';
import { firstHeld, recordedIn } from './ring-holds.js';
import {
  type AttachOptions,
  type ConsumerPolicy,
  defaultRingSize,
  maxConsumers,
  policyNumbers,
  type RingSize,
} from './ring-layout.js';
import {
  allocateRing,
  consumerField,
  consumerState,
  holdsNothing,
  mapRing,
  maxNameBytes,
  type RingMemory,
  slotField,
  slotIndex,
  wide,
  word,
} from './ring-memory.js';
import { RingProducer } from './ring-producer.js';
import { RingWatchdog } from './ring-watchdog.js';

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
    if (!Number.isInteger(slots) || slots < 1 || slots > 65_536) {
      throw new DriverError('ring', 'slots', `a ring takes 1 to 65536 slots, not ${slots}`);
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

  /** The writing side; one thread may use it, or several when all ask for a shared one. */
  producer(options: { readonly shared?: boolean } = {}): RingProducer {
    return new RingProducer(this.memory, options.shared ?? false);
  }

  /**
   * A new consumer that gets what is put in from now on. Throws DriverError `ring` when there are too many
   * already, or for a step or pace out of range.
   */
  attach(name: string, policy: ConsumerPolicy, options: AttachOptions = {}): RingConsumer {
    const { kind, value } = policyNumbers(policy);
    if (!Number.isInteger(value) || value < 1) {
      const what = policy.kind === 'paced' ? `${value} records per second` : `every ${value} records`;
      throw new DriverError('ring', name, `consumer ${name} samples ${what}; it must be 1 or more`);
    }
    const id = this.enter(name, consumerState.attached, options, (put) => {
      put('policy', BigInt(kind));
      put('every', BigInt(value));
    });
    return new RingConsumer(this.memory, id);
  }

  /** A new obligatory consumer whose work several threads share; threads `join` it by the number that is returned. */
  attachGroup(name: string, options: AttachOptions = {}): number {
    return this.enter(name, consumerState.attached, options, (put) => put('shared', 1n));
  }

  /** A new member of a work group. Throws DriverError `ring` when there is no such group. */
  join(group: number, name: string): RingMember {
    const entry = new RingEntry(this.memory, group);
    if (entry.field('state') !== consumerState.attached || entry.field('shared') !== 1n) {
      throw new DriverError(
        'ring',
        name,
        `${name} cannot join: consumer ${group} is no work group of this ring`,
      );
    }
    const deadlineNs = entry.field('deadlineNs');
    const id = this.enter(name, consumerState.member, { deadlineNs }, (put) => {
      put('group', BigInt(group));
      put('held', holdsNothing);
    });
    return new RingMember(this.memory, id);
  }

  /** A member by its number, to be used in this thread. */
  member(id: number): RingMember {
    return new RingMember(this.memory, id);
  }

  /** Drops consumers that died. */
  watchdog(): RingWatchdog {
    return new RingWatchdog(this.memory);
  }

  /** An attached consumer by its number, to be used in this thread. */
  consumer(id: number): RingConsumer {
    return new RingConsumer(this.memory, id);
  }

  /** All consumers and work groups attached now. */
  consumers(): RingConsumer[] {
    return this.inState(consumerState.attached);
  }

  /** Those that were dropped and whose place nobody took since; their counters tell what they did not get. */
  dropped(): RingConsumer[] {
    return this.inState(consumerState.dropped);
  }

  /** Records and rows put in since the ring was made. */
  recorded(): { readonly records: bigint; readonly rows: bigint } {
    return recordedIn(this.memory);
  }

  /** True when the producer has closed it. */
  get closed(): boolean {
    return Atomics.load(this.memory.words, word.closed) === 1;
  }

  /** How full it is by what obligatory consumers hold: the larger of slots and bytes, 0..1. */
  fill(): number {
    const { memory } = this;
    const head = Atomics.load(memory.wides, wide.head);
    const first = firstHeld(memory, head);
    if (first === head) return 0;
    const begin = memory.slots[slotIndex(memory, first) + slotField.position]!;
    const bytes = Number(Atomics.load(memory.wides, wide.headPosition) - begin) / memory.byteCount;
    return Math.min(1, Math.max(bytes, Number(head - first) / memory.slotCount));
  }

  /** Takes a free place, or that of a consumer that was dropped, and gives it to a new user. */
  private enter(
    name: string,
    state: bigint,
    { deadlineNs = 0n }: AttachOptions,
    fill: (put: (field: EntryField, value: bigint) => void) => void,
  ): number {
    const { consumers, wides } = this.memory;
    for (const reusable of [consumerState.free, consumerState.dropped]) {
      for (let id = 0; id < maxConsumers; id++) {
        const base = id * consumerField.width;
        const at = base + consumerField.state;
        if (Atomics.compareExchange(consumers, at, reusable, consumerState.joining) !== reusable) continue;
        const generation = consumers[base + consumerField.generation]! + 1n;
        consumers.fill(0n, base + 1, base + consumerField.width);
        const put = (field: EntryField, value: bigint): void => {
          consumers[base + consumerField[field]] = value;
        };
        put('generation', generation);
        const head = Atomics.load(wides, wide.head);
        for (const field of ['next', 'released', 'startSequence'] as const) put(field, head);
        put('startRows', this.rowsBefore(head));
        put('deadlineNs', deadlineNs);
        put('beatNs', process.hrtime.bigint());
        fill(put);
        this.writeName(base, name);
        Atomics.store(consumers, at, state);
        return id;
      }
    }
    throw new DriverError(
      'ring',
      name,
      `the ring has ${maxConsumers} consumers already; ${name} finds no place`,
    );
  }

  private inState(state: bigint): RingConsumer[] {
    const { consumers } = this.memory;
    return Array.from({ length: maxConsumers }, (_, id) => id)
      .filter((id) => Atomics.load(consumers, id * consumerField.width + consumerField.state) === state)
      .map((id) => new RingConsumer(this.memory, id));
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
