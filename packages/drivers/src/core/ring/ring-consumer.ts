import type { ConsumerCounters, ConsumerPolicy, RingRecord } from './ring-layout.js';
import {
  consumerField,
  type RingMemory,
  slotField,
  slotIndex,
  waitForChange,
  wide,
  word,
} from './ring-memory.js';

const policyKinds = ['obligatory', 'lossy', 'latest', 'sampled'] as const;

/** Number under which a policy is kept in the ring's memory. */
export function policyNumber(policy: ConsumerPolicy): bigint {
  return BigInt(policyKinds.indexOf(policy.kind));
}

/** One reader of a ring. It belongs to one thread at a time; its counters can be read from any. */
export class RingConsumer {
  /** Number of the entry in the ring; opens the same consumer in another thread (`Ring.consumer(id)`). */
  readonly id: number;
  readonly name: string;
  readonly policy: ConsumerPolicy;
  private readonly memory: RingMemory;
  private readonly base: number;

  constructor(memory: RingMemory, id: number) {
    this.memory = memory;
    this.id = id;
    this.base = id * consumerField.width;
    this.name = this.readName();
    const kind = policyKinds[Number(this.field('policy'))] ?? 'lossy';
    this.policy = kind === 'sampled' ? { kind, every: Number(this.field('every')) } : { kind };
  }

  /** True when the producer closed the ring and everything was taken. */
  get ended(): boolean {
    return Atomics.load(this.memory.words, word.closed) === 1 && this.field('next') >= this.head();
  }

  /**
   * The next record by the policy, or undefined when there is none now. Gives the record before it back to the
   * producer.
   */
  take(): RingRecord | undefined {
    this.release();
    for (;;) {
      const head = this.head();
      const sequence = this.choose(head);
      if (sequence === undefined) return undefined;
      const record = this.read(sequence);
      if (record !== undefined) return this.deliver(record);
    }
  }

  /** Gives the record in hand back; does nothing when there is none. */
  release(): void {
    const takenNs = this.field('takenNs');
    if (takenNs === 0n) return;
    const held = process.hrtime.bigint() - takenNs;
    this.add('serviceNs', held);
    if (held > this.field('serviceMaxNs')) this.store('serviceMaxNs', held);
    this.store('takenNs', 0n);
    this.store('released', this.field('next'));
    if (this.policy.kind === 'obligatory') this.wakeProducer();
  }

  /** Waits until there is something to take or the ring was closed, at most `timeoutMs`; never blocks the thread. */
  async wait(timeoutMs: number): Promise<boolean> {
    const { words } = this.memory;
    Atomics.add(words, word.consumersWait, 1);
    try {
      const seen = Atomics.load(words, word.published);
      if (this.hasNext()) return true;
      await waitForChange(words, word.published, seen, timeoutMs);
      return this.hasNext();
    } finally {
      Atomics.sub(words, word.consumersWait, 1);
    }
  }

  /** Counters now; consistent enough for people, exact once the ring is closed. */
  counters(): ConsumerCounters {
    const { memory } = this;
    const head = this.head();
    const headRows = Atomics.load(memory.wides, wide.headRows);
    const oldest = Atomics.load(memory.wides, wide.oldest);
    const mine = this.field('next');
    const waitingFrom = mine < oldest ? oldest : mine;
    const waiting = waitingFrom < head ? memory.slots.subarray(slotIndex(memory, waitingFrom)) : undefined;
    const rowsBefore = waiting?.[slotField.rowsBefore] ?? headRows;
    const offered = head - this.field('startSequence');
    const offeredRows = headRows - this.field('startRows');
    const delivered = this.field('delivered');
    const deliveredRows = this.field('deliveredRows');
    const lag = head - waitingFrom;
    return {
      name: this.name,
      policy: this.policy,
      offered,
      delivered,
      dropped: offered - delivered - lag,
      offeredRows,
      deliveredRows,
      droppedRows: offeredRows - deliveredRows - (headRows - rowsBefore),
      lag,
      lagNs: waiting === undefined ? 0n : process.hrtime.bigint() - waiting[slotField.timeNs]!,
      serviceNs: this.field('serviceNs'),
      serviceMaxNs: this.field('serviceMaxNs'),
    };
  }

  /** Leaves the ring: nothing is held back any more. An operator may do this for a consumer that died. */
  detach(): void {
    this.store('state', 0n);
    this.wakeProducer();
  }

  private hasNext(): boolean {
    return this.choose(this.head()) !== undefined || this.ended;
  }

  private choose(head: bigint): bigint | undefined {
    const oldest = Atomics.load(this.memory.wides, wide.oldest);
    const mine = this.field('next');
    let next = mine < oldest ? oldest : mine;
    if (next >= head) return undefined;
    if (this.policy.kind === 'latest') return head - 1n;
    if (this.policy.kind === 'sampled') {
      const every = BigInt(this.policy.every);
      next += (every - (next % every)) % every;
      if (next >= head) {
        this.store('next', head);
        return undefined;
      }
    }
    return next;
  }

  private read(sequence: bigint): RingRecord | undefined {
    const { memory } = this;
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
    if (this.policy.kind === 'obligatory') {
      return { ...header, bytes: new Uint8Array(memory.buffer, offset, length) };
    }
    if (offset + length > memory.buffer.byteLength) return undefined;
    const bytes = new Uint8Array(length);
    bytes.set(new Uint8Array(memory.buffer, offset, length));
    // A read-modify-write, so that the copy above cannot be ordered behind this look.
    const oldest = Atomics.or(memory.wides, wide.oldest, 0n);
    return sequence < oldest ? undefined : { ...header, bytes };
  }

  private deliver(record: RingRecord): RingRecord {
    this.store('next', record.sequence + 1n);
    this.add('delivered', 1n);
    this.add('deliveredRows', BigInt(record.rows));
    this.store('takenNs', process.hrtime.bigint());
    return record;
  }

  private wakeProducer(): void {
    const { words } = this.memory;
    Atomics.add(words, word.released, 1);
    if (Atomics.load(words, word.producerWaits) > 0) Atomics.notify(words, word.released);
  }

  private head(): bigint {
    return Atomics.load(this.memory.wides, wide.head);
  }

  private field(name: keyof typeof consumerField): bigint {
    return Atomics.load(this.memory.consumers, this.base + consumerField[name]);
  }

  private store(name: keyof typeof consumerField, value: bigint): void {
    Atomics.store(this.memory.consumers, this.base + consumerField[name], value);
  }

  private add(name: keyof typeof consumerField, value: bigint): void {
    Atomics.add(this.memory.consumers, this.base + consumerField[name], value);
  }

  private readName(): string {
    const length = Number(this.field('nameLength'));
    const from = this.memory.consumers.byteOffset + (this.base + consumerField.name) * 8;
    return Buffer.from(new Uint8Array(this.memory.buffer, from, length)).toString('utf8');
  }
}
