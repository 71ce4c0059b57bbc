import { describe, expect, it } from 'vitest';
import { HitSorter } from './sort-hits.js';

function order(...columns: number[][]): number[] {
  return [
    ...new HitSorter().sort(
      columns.map((column) => Float64Array.from(column)),
      columns[0]!.length,
    ),
  ];
}

describe('order of hits', () => {
  it.each<[string, number[][], number[]]>([
    ['nothing', [[]], []],
    ['one', [[5]], [0]],
    ['all equal: as they were', [[1, 1, 1]], [0, 1, 2]],
    ['negative, zeros of both signs, large', [[0, -5, 1e300, -0, -1e300]], [4, 1, 0, 3, 2]],
    ['too far apart to tell slots', [[1.7e308, -1.7e308, 0]], [1, 2, 0]],
    ['neighbouring numbers', [[1 + Number.EPSILON, 1, 1 + 2 * Number.EPSILON]], [1, 0, 2]],
    [
      'the second column decides',
      [
        [2, 1, 1, 1],
        [0, 3, 2, 2],
      ],
      [2, 3, 1, 0],
    ],
  ])('%s', (_, columns, expected) => {
    expect(order(...columns)).toEqual(expected);
  });

  it('puts many hits of one slot in order', () => {
    const times = Array.from({ length: 500 }, (_, i) => ((i * 7919) % 500) * 1e-9);
    const sorted = order([...times, 1e6]);
    expect(sorted.map((hit) => [...times, 1e6][hit]!)).toEqual([...times, 1e6].sort((a, b) => a - b));
  });
});
