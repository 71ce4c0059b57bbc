import { describe, expect, it } from 'vitest';
import { decodeBatch, encodeBatch } from './batch-bytes.js';
import type { RecordBatch } from './record-batch.js';

const batch: RecordBatch = {
  schema: {
    name: 'ch1/raw',
    columns: [
      { name: 'wf/values', dtype: 'uint16', shape: [3], variableLength: false, units: 'adc' },
      { name: 'time', dtype: 'int64', shape: [], variableLength: false },
      { name: 'hits', dtype: 'float32', shape: [], variableLength: true },
    ],
  },
  rows: 2,
  columns: [
    // More than the rows need.
    { data: Uint16Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9) },
    { data: BigInt64Array.of(-(2n ** 62n), 5n) },
    { data: Float32Array.of(9, 1.5, Number.NaN, 3), offsets: Uint32Array.of(1, 3, 4) },
  ],
};

describe('batches as bytes', () => {
  it('come back with their schema and the elements of their rows', () => {
    const back = decodeBatch(encodeBatch(batch).buffer);
    expect(back.schema).toEqual(batch.schema);
    expect(back.rows).toBe(2);
    expect(back.columns).toEqual([
      { data: Uint16Array.of(1, 2, 3, 4, 5, 6) },
      { data: BigInt64Array.of(-(2n ** 62n), 5n) },
      { data: Float32Array.of(1.5, Number.NaN, 3), offsets: Uint32Array.of(0, 2, 3) },
    ]);
  });

  it('may have no rows', () => {
    const empty = { ...batch, rows: 0 };
    expect(decodeBatch(encodeBatch(empty).buffer).columns.map(({ data }) => data.length)).toEqual([0, 0, 0]);
  });

  it('that are cut or something else are refused', () => {
    const { buffer } = encodeBatch(batch);
    expect(() => decodeBatch(buffer.slice(0, buffer.byteLength - 8))).toThrow('ends too early');
    expect(() => decodeBatch(buffer.slice(0, 20))).toThrow('within its header');
    expect(() => decodeBatch(new ArrayBuffer(16))).toThrow('no batch');
  });
});
