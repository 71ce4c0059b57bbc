import { describe, expect, it } from 'vitest';
import { buildEvents, numbers } from '../testing/small-events.js';
import type { EventOperation } from './event-config.js';

const nan = Number.NaN;
// Event 0: channel 1 twice and channel 2; event 1: channels 1 and 2; event 2: channel 2 without an energy.
const channels = [
  { energy: numbers(10, 20, 40), rank: numbers(-1, -2, 3) },
  { energy: numbers(7, 50, nan), rank: numbers(-3, -4, -5) },
];
const events = [
  [
    [1, 0],
    [1, 1],
    [2, 0],
  ],
  [
    [1, 2],
    [2, 1],
  ],
  [[2, 2]],
] as const;

function field(operation: EventOperation, before: Record<string, EventOperation> = {}): unknown[][] {
  const build = (compat?: 'pygama'): unknown[] =>
    buildEvents(channels, events, { ...before, field: operation }, { compat })['field']!;
  return [build(), build('pygama')];
}

describe('defects of the reference, when they are asked for', () => {
  it('E3: a second hit of a channel is not added', () => {
    const sum: EventOperation = { expression: '1*(hit.energy > 0)', aggregationMode: 'sum', initial: 0 };
    expect(field(sum)).toEqual([
      [3, 2, 0],
      [2, 2, 0],
    ]);
    expect(field({ expression: 'hit.rank', aggregationMode: 'sum' })[1]).toEqual([nan, nan, nan]);
  });

  it('E2: only values above 0 can be the last', () => {
    expect(field({ expression: 'hit.energy', aggregationMode: 'last_at:hit.rank', initial: -1 })).toEqual([
      [10, 40, nan],
      [-1, 40, -1],
    ]);
  });

  it('E4: of two hits the last one is gathered, and NaN never', () => {
    expect(field({ expression: 'hit.energy', aggregationMode: 'gather' })).toEqual([
      [[10, 20, 7], [40, 50], [nan]],
      [[20, 7], [40, 50], []],
    ]);
  });

  it('E1: what a channel of any event names is put into all events that have it', () => {
    const before = {
      leading: {
        expression: 'tcm.table_key',
        aggregationMode: 'last_at:hit.energy',
        initial: 0,
      },
    };
    const keep: EventOperation = { expression: 'hit.energy', aggregationMode: 'keep_at_ch:evt.leading' };
    expect(field(keep, before)).toEqual([
      [10, 50, nan],
      [7, 50, nan],
    ]);
    const places = {
      place: { expression: 'tcm.index', aggregationMode: 'last_at:hit.energy', initial: -1 },
    };
    const keepPlace: EventOperation = { expression: 'hit.energy', aggregationMode: 'keep_at_idx:evt.place' };
    expect(field(keepPlace, places)[0]).toEqual([20, 50, nan]);
  });
});
