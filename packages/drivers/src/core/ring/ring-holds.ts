import { maxConsumers } from './ring-layout.js';
import { consumerField, consumerState, holdsNothing, type RingMemory, wide } from './ring-memory.js';

/** Sequence of the first record that an obligatory consumer or a work group still holds or waits for; `head` when none. */
export function firstHeld(memory: RingMemory, head: bigint): bigint {
  const { consumers } = memory;
  const field = (id: number, name: keyof typeof consumerField): bigint =>
    Atomics.load(consumers, id * consumerField.width + consumerField[name]);
  let first = head;
  const holds = (sequence: bigint): void => {
    if (sequence < first) first = sequence;
  };
  for (let id = 0; id < maxConsumers; id++) {
    if (field(id, 'state') !== consumerState.attached || field(id, 'policy') !== 0n) continue;
    holds(field(id, field(id, 'shared') === 1n ? 'next' : 'released'));
  }
  // After the groups: a member notes what it takes before the group's cursor moves on.
  for (let id = 0; id < maxConsumers; id++) {
    if (field(id, 'state') !== consumerState.member) continue;
    const held = field(id, 'held');
    if (held !== holdsNothing) holds(held);
  }
  return first;
}

/** Records and rows put in so far. */
export function recordedIn(memory: RingMemory): { readonly records: bigint; readonly rows: bigint } {
  const { wides } = memory;
  return { records: Atomics.load(wides, wide.head), rows: Atomics.load(wides, wide.headRows) };
}
