import { describe, expect, it } from 'vitest';
import { CarriedColumns } from './carried-columns.js';

const map = (table: number[], row: number[]) => ({
  table: Int32Array.from(table),
  row: Int32Array.from(row),
  ends: Int32Array.of(table.length),
});

describe('columns that are carried into a map', () => {
  it('follow the hits over blocks and maps', () => {
    const carried = new CarriedColumns(2, ['int16', 'float64']);
    carried.push(0, 0, [Int16Array.of(1, 2), Float64Array.of(0.1, 0.2)]);
    carried.push(1, 0, [Int16Array.of(10), Float64Array.of(1.5)]);
    const [first, second] = carried.take(map([1, 0], [0, 0]));
    expect([...(first as Int16Array)]).toEqual([10, 1]);
    expect([...(second as Float64Array)]).toEqual([1.5, 0.1]);
    carried.push(0, 2, [Int16Array.of(3), Float64Array.of(0.3)]);
    expect([...(carried.take(map([0, 0], [1, 2]))[0] as Int16Array)]).toEqual([2, 3]);
  });

  it('say when a row is missing', () => {
    const carried = new CarriedColumns(1, ['int16']);
    expect(() => carried.take(map([0], [0]))).toThrow('row 0 of table 0 was not given');
  });
});
