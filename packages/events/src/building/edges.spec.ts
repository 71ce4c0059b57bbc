import { describe, expect, it } from 'vitest';
import { buildEvents, lists, numbers } from '../testing/small-events.js';

const nan = Number.NaN;

describe('at the edges', () => {
  it('an event of very many hits keeps the order of its channels, and in them that of the map', () => {
    const channels = Array.from({ length: 3 }, () => ({
      e: numbers(...Array.from({ length: 40 }, (_, i) => i)),
    }));
    const event = Array.from({ length: 120 }, (_, i) => [3 - (i % 3), Math.floor(i / 3)] as const);
    const { keys, rows } = buildEvents(channels, [event], {
      keys: { expression: 'tcm.table_key', aggregationMode: 'gather' },
      rows: { expression: 'tcm.row_in_table', aggregationMode: 'gather' },
    });
    expect(keys).toEqual([[1, 2, 3].flatMap((key) => Array<number>(40).fill(key))]);
    expect(rows).toEqual([Array.from({ length: 120 }, (_, i) => i % 40)]);
  });

  it('an initial value that does not fit the type of the values makes the type wider', () => {
    const none = { channels: ['all'], query: 'tcm.index < 0' };
    const made = buildEvents([{ e: numbers(1) }], [[[1, 0]]], {
      wide: {
        ...none,
        expression: 'tcm.row_in_table',
        aggregationMode: 'first_at:hit.e',
        initial: 4294967295,
      },
      huge: { ...none, expression: 'tcm.row_in_table', aggregationMode: 'first_at:hit.e', initial: 1e30 },
      low: { ...none, expression: 'tcm.row_in_table', aggregationMode: 'sum', initial: -2147483648 },
    });
    expect(made).toEqual({ wide: [4294967295], huge: [1e30], low: [-2147483648] });
  });

  it('a list without channels gives initial values', () => {
    const list = { channels: ['all'], excludeChannels: ['all'] };
    const made = buildEvents([{ e: numbers(1), p: lists([1, 2]) }], [[[1, 0]], []], {
      n: { ...list, expression: 'hit.e > 0', aggregationMode: 'sum' },
      good: { ...list, expression: 'hit.e > 0', aggregationMode: 'all' },
      e: { ...list, expression: 'ak.sum(hit.p, axis=-1)', aggregationMode: 'gather' },
      first: { ...list, expression: 'hit.e', aggregationMode: 'first_at:hit.e' },
    });
    expect(made).toEqual({ n: [0, 0], good: [1, 1], e: [[], []], first: [nan, nan] });
    const unknown = { ...list, expression: 'hit.none', aggregationMode: 'sum' };
    expect(() => buildEvents([{ e: numbers(1) }], [[[1, 0]]], { unknown })).toThrow('no channel is chosen');
  });
});
