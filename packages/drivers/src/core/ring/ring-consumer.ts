import { takeRecord, waitForRecord } from './ring-access.js';
import { ringCounters } from './ring-counters.js';
import { RingEntry } from './ring-entry.js';
import { type ConsumerCounters, type ConsumerPolicy, policyOf, type RingRecord } from './ring-layout.js';
import { type RingMemory, wide, word } from './ring-memory.js';

/** One reader of a ring. It belongs to one thread at a time; its counters can be read from any. */
export class RingConsumer {
  /** Number of the entry in the ring; opens the same consumer in another thread (`Ring.consumer(id)`). */
  readonly id: number;
  readonly name: string;
  readonly policy: ConsumerPolicy;
  private readonly memory: RingMemory;
  private readonly entry: RingEntry;
  /** For `random`: records before this one are older than the request. */
  private askedAt: bigint | undefined;
  /** For `paced`: when the last record was given. */
  private givenNs = 0n;

  constructor(memory: RingMemory, id: number) {
    this.memory = memory;
    this.id = id;
    this.entry = new RingEntry(memory, id);
    this.name = this.entry.name();
    this.policy = policyOf(Number(this.entry.field('policy')), Number(this.entry.field('every')));
  }

  /** True when the producer closed the ring and everything was taken. */
  get ended(): boolean {
    return Atomics.load(this.memory.words, word.closed) === 1 && this.entry.field('next') >= this.head();
  }

  /** False once the watchdog or an operator dropped it. */
  get attached(): boolean {
    return this.entry.mine;
  }

  /**
   * The next record by the policy, or undefined when there is none now. Gives the record before it back to the
   * producer. Throws DriverError `dropped` when it was dropped from the ring.
   */
  take(): RingRecord | undefined {
    this.entry.expectMine(this.name);
    const nowNs = process.hrtime.bigint();
    this.giveBack(nowNs);
    this.entry.store('beatNs', nowNs);
    for (;;) {
      const sequence = this.choose(this.head(), nowNs);
      if (sequence === undefined) return undefined;
      const record = takeRecord(this.memory, sequence, this.policy.kind === 'obligatory');
      if (record !== undefined) return this.deliver(record, nowNs);
    }
  }

  /** Gives the record in hand back; does nothing when there is none. */
  release(): void {
    if (!this.entry.mine) return;
    const nowNs = process.hrtime.bigint();
    this.giveBack(nowNs);
    this.entry.store('beatNs', nowNs);
  }

  /** A sign of life for the watchdog, from a consumer that works long on one record. */
  beat(): void {
    if (this.entry.mine) this.entry.store('beatNs', process.hrtime.bigint());
  }

  /** Waits until there is something to take or the ring was closed, at most `timeoutMs`; never blocks the thread. */
  async wait(timeoutMs: number): Promise<boolean> {
    const until = performance.now() + timeoutMs;
    for (;;) {
      const left = until - performance.now();
      const pause = this.pauseMs(process.hrtime.bigint());
      if (pause <= 0) return waitForRecord(this.memory, this.entry, () => this.hasNext(), left);
      if (left <= 0) return false;
      await new Promise((resolve) => setTimeout(resolve, Math.ceil(Math.min(pause, left))));
    }
  }

  /** Counters now; consistent enough for people, exact once the ring is closed or the consumer was dropped. */
  counters(): ConsumerCounters {
    return ringCounters(this.entry, this.name, this.policy);
  }

  /** Leaves the ring: nothing is held back any more. */
  detach(): void {
    if (this.entry.mine) this.entry.free();
  }

  private hasNext(): boolean {
    return this.choose(this.head(), process.hrtime.bigint()) !== undefined || this.ended;
  }

  private giveBack(nowNs: bigint): void {
    if (!this.entry.settleService(nowNs)) return;
    this.entry.store('released', this.entry.field('next'));
    if (this.policy.kind === 'obligatory') this.entry.wakeProducer();
  }

  private pauseMs(nowNs: bigint): number {
    if (this.policy.kind !== 'paced' || this.givenNs === 0n) return 0;
    return 1000 / this.policy.perSecond - Number(nowNs - this.givenNs) / 1e6;
  }

  private choose(head: bigint, nowNs: bigint): bigint | undefined {
    const oldest = Atomics.load(this.memory.wides, wide.oldest);
    const mine = this.entry.field('next');
    const next = mine < oldest ? oldest : mine;
    switch (this.policy.kind) {
      case 'latest':
        return next >= head ? undefined : head - 1n;
      case 'paced':
        return next >= head || this.pauseMs(nowNs) > 0 ? undefined : head - 1n;
      case 'sampled':
        return this.chooseSampled(next, head, BigInt(this.policy.every));
      case 'random':
        return this.chooseRandom(next, head);
      case 'obligatory':
      case 'lossy':
        return next >= head ? undefined : next;
    }
  }

  private chooseSampled(next: bigint, head: bigint, every: bigint): bigint | undefined {
    const sampled = next + ((every - (next % every)) % every);
    if (sampled < head) return sampled;
    if (next < head) this.entry.store('next', head);
    return undefined;
  }

  private chooseRandom(next: bigint, head: bigint): bigint | undefined {
    this.askedAt ??= head;
    const wanted = next < this.askedAt ? this.askedAt : next;
    return wanted < head ? wanted : undefined;
  }

  private deliver(record: RingRecord, nowNs: bigint): RingRecord {
    this.askedAt = undefined;
    this.givenNs = nowNs;
    this.entry.store('next', record.sequence + 1n);
    this.entry.add('delivered', 1n);
    this.entry.add('deliveredRows', BigInt(record.rows));
    this.entry.store('takenNs', nowNs);
    return record;
  }

  private head(): bigint {
    return Atomics.load(this.memory.wides, wide.head);
  }
}
