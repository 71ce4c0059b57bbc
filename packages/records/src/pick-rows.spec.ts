import { describe, expect, it } from 'vitest';
import type { NdArray, RowObject, Table, VectorOfVectors } from './index.js';
import { concatRows, pickRows, sliceRows } from './index.js';

const numbers = (data: NdArray['data'], dtype: NdArray['dtype'], shape = [data.length]): NdArray => ({
  kind: 'array',
  flavor: 'array',
  dtype,
  shape,
  data,
  attrs: { units: 'ns' },
});
const lists: VectorOfVectors = {
  kind: 'vov',
  cumulative: numbers(Uint32Array.of(2, 2, 3), 'uint32'),
  flattened: numbers(Float32Array.of(1, 2, 3), 'float32'),
  attrs: {},
};
const table: Table = {
  kind: 'table',
  rows: 3,
  attrs: {},
  columns: new Map<string, RowObject>([
    ['big', numbers(BigInt64Array.of(2n ** 60n, -1n, 7n), 'int64')],
    ['small', numbers(Uint8Array.of(1, 0, 1), 'bool')],
    ['pair', numbers(Int16Array.of(1, 2, 3, 4, 5, 6), 'int16', [3, 2])],
    ['text', { kind: 'strings', values: ['a', 'b', 'c'], attrs: {} }],
    ['lists', lists],
    [
      'nested',
      { kind: 'vov', cumulative: numbers(Uint32Array.of(1, 3, 3), 'uint32'), flattened: lists, attrs: {} },
    ],
    [
      'bytes',
      {
        kind: 'opaque',
        datatype: undefined,
        elementType: 'x',
        elementBytes: 2,
        shape: [3],
        bytes: Uint8Array.of(1, 2, 3, 4, 5, 6),
        attrs: {},
      },
    ],
  ]),
};

describe('rows by number', () => {
  it.each([[[2, 0, 0, 1]], [[]], [[1]]])('%j are those of single rows put together', (at) => {
    const picked = pickRows(table, at);
    const rows = at.map((row) => sliceRows(table, row, row + 1));
    expect(picked).toEqual(rows.length === 0 ? pickRows(table, Int32Array.of()) : concatRows(rows));
    expect(picked.rows).toBe(at.length);
  });
});
