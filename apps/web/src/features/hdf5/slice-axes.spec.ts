import { describe, expect, it } from 'vitest';
import { axesText, extent, leadingIndices, numberOf, part, rowsOf, thinned } from './slice-axes';

describe('what is shown of a dataset', () => {
  it('is the last axes, at places of those before', () => {
    expect(leadingIndices([5, 6, 7, 8], 2, [9, -1])).toEqual([4, 0]);
    expect(leadingIndices([5, 6], 2, [3])).toEqual([]);
    expect(leadingIndices([5], 2, [])).toEqual([]);
    expect(axesText([4, 0], [part(7, 5, 50), thinned(8, 3)])).toBe('4;0;5:7:1;0:8:3');
    expect(part(10, 99, 5)).toEqual({ start: 9, stop: 10, step: 1 });
    expect(part(0, 0, 5)).toEqual({ start: 0, stop: 0, step: 1 });
  });

  it('comes in rows', () => {
    expect(rowsOf({ shape: [2, 2], data: [1, 2, 3, 4] })).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(rowsOf({ shape: [3], data: [1, 2, 3] })).toEqual([[1], [2], [3]]);
    expect(rowsOf({ shape: [], data: ['x'] })).toEqual([['x']]);
    expect(rowsOf({ shape: [2, 0], data: [] })).toEqual([]);
  });

  it('has numbers, also those that come as text', () => {
    expect([numberOf('4611686018427387904'), numberOf('NaN'), numberOf(true), numberOf({})]).toEqual([
      2 ** 62,
      Number.NaN,
      1,
      Number.NaN,
    ]);
    expect(extent([3, Number.NaN, -1, Infinity])).toEqual([-1, 3]);
    expect(extent([Number.NaN])).toEqual([0, 1]);
  });
});
