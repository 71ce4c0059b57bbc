import { membersOf } from './ring-counters.js';
import { RingEntry } from './ring-entry.js';
import { recordedIn } from './ring-holds.js';
import { maxConsumers } from './ring-layout.js';
import { consumerState, holdsNothing, type RingMemory, slotField, slotIndex } from './ring-memory.js';

/** A consumer that was dropped, and what it did not get. */
export interface DroppedConsumer {
  readonly id: number;
  readonly name: string;
  /** Why: for a person, with what to do. */
  readonly reason: string;
  /** Records and rows that waited for it, and a record that it had in hand and never gave back. */
  readonly lostRecords: bigint;
  readonly lostRows: bigint;
  readonly unfinishedRecords: bigint;
  /** Time without a sign of life, ns. */
  readonly silentNs: bigint;
}

/**
 * Drops obligatory consumers, groups and members of groups that hold the ring back and show no sign of life for longer
 * than their deadline. Time is handed in (monotonic ns), never read.
 */
export class RingWatchdog {
  private readonly memory: RingMemory;

  constructor(memory: RingMemory) {
    this.memory = memory;
  }

  /** Looks at all consumers and drops the dead ones; to be called a few times per deadline. */
  look(nowNs: bigint): DroppedConsumer[] {
    const dropped: DroppedConsumer[] = [];
    for (let id = 0; id < maxConsumers; id++) {
      const silentNs = this.silence(id, nowNs);
      const deadlineNs = new RingEntry(this.memory, id).field('deadlineNs');
      if (silentNs <= deadlineNs || deadlineNs === 0n) continue;
      const seconds = (ns: bigint): string => (Number(ns) / 1e9).toFixed(1);
      const reason = `no sign of life for ${seconds(silentNs)} s while data waited for it (limit ${seconds(deadlineNs)} s)`;
      const found = this.drop(id, reason, silentNs);
      if (found !== undefined) dropped.push(found);
    }
    return dropped;
  }

  /** Drops a consumer, whatever it does; undefined when it is none any more. */
  drop(id: number, reason: string, silentNs = 0n): DroppedConsumer | undefined {
    const entry = new RingEntry(this.memory, id);
    const name = entry.name();
    const facts = { id, name, reason, silentNs };
    if (entry.exchange('state', consumerState.member, consumerState.free)) {
      const held = entry.field('held') === holdsNothing ? 0n : 1n;
      entry.store('held', holdsNothing);
      entry.wakeProducer();
      return { ...facts, lostRecords: 0n, lostRows: 0n, unfinishedRecords: held };
    }
    if (!entry.exchange('state', consumerState.attached, consumerState.dropped)) return undefined;
    const { records, rows } = recordedIn(this.memory);
    entry.store('endSequence', records);
    entry.store('endRows', rows);
    let unfinished = entry.field('takenNs') === 0n ? 0n : 1n;
    for (const member of membersOf(this.memory, id))
      unfinished += this.drop(member, reason)?.unfinishedRecords ?? 0n;
    entry.wakeProducer();
    const lostRecords = records - entry.field('startSequence') - entry.field('delivered');
    const lostRows = rows - entry.field('startRows') - entry.field('deliveredRows');
    return { ...facts, lostRecords, lostRows, unfinishedRecords: unfinished };
  }

  /** How long an entry has been silent while something waited for it, ns; 0 when nothing does. */
  private silence(id: number, nowNs: bigint): bigint {
    const entry = new RingEntry(this.memory, id);
    const state = entry.field('state');
    const since = (ns: bigint): bigint => (nowNs > ns ? nowNs - ns : 0n);
    const beatNs = entry.field('beatNs');
    if (state === consumerState.member) return entry.field('held') === holdsNothing ? 0n : since(beatNs);
    if (state !== consumerState.attached || entry.field('policy') !== 0n) return 0n;
    if (entry.field('takenNs') !== 0n) return since(beatNs);
    const next = entry.field('next');
    if (next >= recordedIn(this.memory).records) return 0n;
    const waitingNs = this.memory.slots[slotIndex(this.memory, next) + slotField.timeNs]!;
    return since(waitingNs > beatNs ? waitingNs : beatNs);
  }
}
