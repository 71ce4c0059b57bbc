import { takeRecord, waitForRecord } from './ring-access.js';
import { RingEntry } from './ring-entry.js';
import type { RingRecord } from './ring-layout.js';
import { holdsNothing, type RingMemory, slotField, slotIndex, wide, word } from './ring-memory.js';

/**
 * One of several threads that share the work of an obligatory consumer: each record goes to exactly one of them, first
 * come first served. It belongs to one thread.
 */
export class RingMember {
  readonly id: number;
  readonly name: string;
  private readonly memory: RingMemory;
  private readonly entry: RingEntry;
  private readonly group: RingEntry;

  constructor(memory: RingMemory, id: number) {
    this.memory = memory;
    this.id = id;
    this.entry = new RingEntry(memory, id);
    this.name = this.entry.name();
    this.group = new RingEntry(memory, Number(this.entry.field('group')));
  }

  /** True when the producer closed the ring and the group took everything. */
  get ended(): boolean {
    return Atomics.load(this.memory.words, word.closed) === 1 && this.group.field('next') >= this.head();
  }

  /** False once the watchdog or an operator dropped it or its group. */
  get attached(): boolean {
    return this.entry.mine && this.group.mine;
  }

  /** Records that this member took. */
  get delivered(): bigint {
    return this.entry.field('delivered');
  }

  /**
   * The next record that no other member took, as a view of the ring, or undefined when there is none now. Gives the
   * one before back. Throws DriverError `dropped` when it was dropped.
   */
  take(): RingRecord | undefined {
    this.entry.expectMine(this.name);
    this.group.expectMine(this.name);
    this.release();
    for (;;) {
      const next = this.group.field('next');
      if (next >= this.head()) {
        this.letGo();
        return undefined;
      }
      // Held before the cursor moves, so that the producer never sees the record free in between.
      this.entry.store('held', next);
      const rows = this.memory.slots[slotIndex(this.memory, next) + slotField.rows]!;
      if (!this.group.exchange('next', next, next + 1n)) continue;
      const nowNs = process.hrtime.bigint();
      for (const one of [this.entry, this.group]) {
        one.add('delivered', 1n);
        one.add('deliveredRows', rows);
      }
      this.entry.store('takenNs', nowNs);
      return takeRecord(this.memory, next, true);
    }
  }

  /** Gives the record in hand back; does nothing when there is none. */
  release(): void {
    if (!this.entry.mine) return;
    const nowNs = process.hrtime.bigint();
    const takenNs = this.entry.field('takenNs');
    if (this.entry.settleService(nowNs)) {
      this.group.add('serviceNs', nowNs - takenNs);
      if (nowNs - takenNs > this.group.field('serviceMaxNs'))
        this.group.store('serviceMaxNs', nowNs - takenNs);
      this.letGo();
    }
    this.beat();
  }

  /** A sign of life for the watchdog. */
  beat(): void {
    if (!this.entry.mine) return;
    const nowNs = process.hrtime.bigint();
    this.entry.store('beatNs', nowNs);
    this.group.store('beatNs', nowNs);
  }

  /** Waits until there is something to take or the ring was closed, at most `timeoutMs`; never blocks the thread. */
  wait(timeoutMs: number): Promise<boolean> {
    const ready = (): boolean => {
      this.group.store('beatNs', process.hrtime.bigint());
      return this.ended || this.group.field('next') < this.head();
    };
    return waitForRecord(this.memory, this.entry, ready, timeoutMs);
  }

  /** Leaves the group; a record in hand counts as done. */
  detach(): void {
    if (this.entry.mine) this.entry.free();
  }

  private letGo(): void {
    if (this.entry.field('held') === holdsNothing) return;
    this.entry.store('held', holdsNothing);
    this.entry.wakeProducer();
  }

  private head(): bigint {
    return Atomics.load(this.memory.wides, wide.head);
  }
}
