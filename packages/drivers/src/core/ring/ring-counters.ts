import type { RingEntry } from './ring-entry.js';
import { recordedIn } from './ring-holds.js';
import { type ConsumerCounters, type ConsumerPolicy, maxConsumers } from './ring-layout.js';
import { consumerField, consumerState, type RingMemory, slotField, slotIndex, wide } from './ring-memory.js';

/** Counters of a consumer or a work group: offered = delivered + dropped + lag, always. */
export function ringCounters(entry: RingEntry, name: string, policy: ConsumerPolicy): ConsumerCounters {
  const { memory } = entry;
  const dropped = entry.field('state') === consumerState.dropped;
  const recorded = recordedIn(memory);
  const head = dropped ? entry.field('endSequence') : recorded.records;
  const headRows = dropped ? entry.field('endRows') : recorded.rows;
  const oldest = Atomics.load(memory.wides, wide.oldest);
  const mine = entry.field('next');
  const waitingFrom = mine < oldest ? oldest : mine;
  const waits = !dropped && waitingFrom < head;
  const slot = waits ? memory.slots.subarray(slotIndex(memory, waitingFrom)) : undefined;
  const rowsBefore = slot?.[slotField.rowsBefore] ?? headRows;
  const offered = head - entry.field('startSequence');
  const offeredRows = headRows - entry.field('startRows');
  const delivered = entry.field('delivered');
  const deliveredRows = entry.field('deliveredRows');
  const lag = waits ? head - waitingFrom : 0n;
  return {
    name,
    policy,
    offered,
    delivered,
    dropped: offered - delivered - lag,
    offeredRows,
    deliveredRows,
    droppedRows: offeredRows - deliveredRows - (headRows - rowsBefore),
    lag,
    lagNs: slot === undefined ? 0n : process.hrtime.bigint() - slot[slotField.timeNs]!,
    serviceNs: entry.field('serviceNs'),
    serviceMaxNs: entry.field('serviceMaxNs'),
    members: membersOf(memory, entry.id).length,
    attached: !dropped,
  };
}

/** Numbers of the entries that are members of a group now. */
export function membersOf(memory: RingMemory, group: number): number[] {
  const field = (id: number, name: keyof typeof consumerField): bigint =>
    Atomics.load(memory.consumers, id * consumerField.width + consumerField[name]);
  return Array.from({ length: maxConsumers }, (_, id) => id).filter(
    (id) => field(id, 'state') === consumerState.member && field(id, 'group') === BigInt(group),
  );
}
