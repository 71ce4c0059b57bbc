import { describe, expect, it } from 'vitest';
import { planMemory } from './memory-plan.js';
import type { Operation } from './operation.js';
import { Storage } from './storage.js';

function step(reads: readonly Storage[], writes: readonly Storage[]): Operation {
  return { label: '', reads, writes, scratchBytes: 0, bind: () => () => undefined };
}

describe('the memory of a chain', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => new Storage('float32', 100, name)) as [
    Storage,
    Storage,
    Storage,
    Storage,
  ];
  const operations = [step([], [a]), step([a], [b]), step([b], [c]), step([c], [d])];
  const bytes = Math.ceil((100 * 4 * 4) / 64) * 64;

  it('is shared by variables that are not needed at the same time', () => {
    expect(planMemory(operations, new Set([d])).bytesPerTile).toBe(2 * bytes);
  });

  it('keeps apart what is needed at the same time, outputs until the end', () => {
    const { places } = planMemory(operations, new Set([a, d]));
    const at = (storage: Storage) => places.get(storage) ?? -1;
    for (const other of [b, c, d]) expect(Math.abs(at(a) - at(other))).toBeGreaterThanOrEqual(bytes);
    for (const [x, y] of [
      [b, c],
      [c, d],
    ] as const)
      expect(Math.abs(at(x) - at(y))).toBeGreaterThanOrEqual(bytes);
  });

  it('does not count constants among the rows', () => {
    const constant = new Storage('float32', 1000, 'k');
    constant.constant = new Float32Array(4000);
    const plan = planMemory([step([constant], [a])], new Set([a]));
    expect(plan.bytesPerTile).toBe(bytes);
    expect(plan.constants).toEqual([constant]);
  });
});
