import { describe, expect, it } from 'vitest';
import type { NdArray, StringArray, Table, VectorOfVectors } from './lgdo.js';
import { concatRows, endOffset, hasRows, rowsOf, sliceRows } from './rows.js';

function numbers(values: readonly number[], inner: readonly number[] = []): NdArray {
  const width = inner.reduce((total, extent) => total * extent, 1);
  const data = Float64Array.from(values);
  return {
    kind: 'array',
    flavor: 'array',
    dtype: 'float64',
    shape: [values.length / width, ...inner],
    data,
    attrs: { units: 'ns' },
  };
}

function vectors(rows: readonly (readonly number[])[]): VectorOfVectors {
  let end = 0;
  const ends = Uint32Array.from(rows, (row) => (end += row.length));
  return {
    kind: 'vov',
    cumulative: {
      kind: 'array',
      flavor: 'array',
      dtype: 'uint32',
      shape: [rows.length],
      data: ends,
      attrs: {},
    },
    flattened: numbers(rows.flat()),
    attrs: {},
  };
}

function lists(vov: VectorOfVectors): number[][] {
  const { flattened } = vov;
  if (flattened.kind !== 'array') throw new TypeError('not numbers');
  return Array.from({ length: rowsOf(vov) }, (_, row) =>
    Array.from(flattened.data.slice(endOffset(vov, row - 1), endOffset(vov, row)), Number),
  );
}

const texts: StringArray = { kind: 'strings', values: ['a', 'b', 'c'], attrs: {} };

function table(rows: number): Table {
  const columns = new Map([
    ['x', numbers(Array.from({ length: rows }, (_, k) => k))],
    [
      'w',
      numbers(
        Array.from({ length: rows * 2 }, (_, k) => k),
        [2],
      ),
    ],
  ]);
  return { kind: 'table', rows, columns, attrs: {} };
}

describe('rows', () => {
  it('counts the rows of every kind that has some', () => {
    expect(rowsOf(numbers([1, 2, 3, 4], [2]))).toBe(2);
    expect(rowsOf(texts)).toBe(3);
    expect(rowsOf(vectors([[1], [], [2, 3]]))).toBe(3);
    expect(rowsOf(table(5))).toBe(5);
    expect(hasRows({ kind: 'scalar', value: 1, attrs: {} })).toBe(false);
    expect(() => rowsOf({ kind: 'scalar', value: 1, attrs: {} })).toThrow('a scalar has no rows');
  });

  it('slices rows as views and keeps attributes', () => {
    const whole = numbers([0, 1, 2, 3, 4, 5], [2]);
    const part = sliceRows(whole, 1, 3);
    expect(part.data).toEqual(Float64Array.of(2, 3, 4, 5));
    expect(part.data.buffer).toBe(whole.data.buffer);
    expect(part.attrs).toEqual({ units: 'ns' });
    expect(sliceRows(whole, 2, 99).shape).toEqual([1, 2]);
    expect(sliceRows(whole, -5, -1).shape).toEqual([0, 2]);
  });

  it('slices vectors so that their offsets begin at 0', () => {
    const vov = vectors([[1, 2], [], [3], [4, 5, 6]]);
    expect(lists(sliceRows(vov, 1, 4))).toEqual([[], [3], [4, 5, 6]]);
    expect(lists(sliceRows(vov, 2, 2))).toEqual([]);
    expect(Array.from(sliceRows(vov, 3, 4).cumulative.data, Number)).toEqual([3]);
  });

  it('joins what it sliced', () => {
    const whole = table(7);
    const joined = concatRows([sliceRows(whole, 0, 2), sliceRows(whole, 2, 2), sliceRows(whole, 2, 7)]);
    expect(joined).toEqual(whole);
    const vov = vectors([[1, 2], [], [3], [4, 5, 6]]);
    expect(lists(concatRows([sliceRows(vov, 2, 4), sliceRows(vov, 0, 2)]))).toEqual([
      [3],
      [4, 5, 6],
      [1, 2],
      [],
    ]);
    expect(concatRows([texts, sliceRows(texts, 1, 2)]).values).toEqual(['a', 'b', 'c', 'b']);
  });

  it('slices and joins nested vectors', () => {
    const nested: VectorOfVectors = { ...vectors([[0, 0], [], [0]]), flattened: vectors([[1], [2, 3], [4]]) };
    const tail = sliceRows(nested, 2, 3);
    expect(lists(tail.flattened as VectorOfVectors)).toEqual([[4]]);
    const joined = concatRows([tail, nested]);
    expect(Array.from(joined.cumulative.data, Number)).toEqual([1, 3, 3, 4]);
    expect(lists(joined.flattened as VectorOfVectors)).toEqual([[4], [1], [2, 3], [4]]);
  });

  it('says why rows cannot be joined', () => {
    expect(() => concatRows([])).toThrow('no rows to join');
    expect(() => concatRows<NdArray | StringArray>([numbers([1]), texts])).toThrow('array and strings');
    expect(() => concatRows([numbers([1, 2], [2]), numbers([1])])).toThrow('shape [2] and []');
    expect(() => concatRows([table(1), { ...table(1), columns: new Map([['x', numbers([1])]]) }])).toThrow(
      'other columns',
    );
  });
});
