import { type RecordBatch, scalarColumn } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { TableBuffer } from './table-buffer.js';

const schema = {
  name: 't',
  columns: [
    scalarColumn('a', 'uint16'),
    scalarColumn('b', 'float64'),
    { ...scalarColumn('c', 'int32'), variableLength: true },
  ],
};

function filled(): { buffer: TableBuffer; out: { batch: RecordBatch; release: () => void }[] } {
  const out: { batch: RecordBatch; release: () => void }[] = [];
  return { buffer: new TableBuffer(schema, 2, (batch, release) => out.push({ batch, release })), out };
}

const valuesOf = ({ batch }: { batch: RecordBatch }): unknown[] =>
  batch.columns.map(({ data }) => Array.from<number | bigint>(data).slice(0, batch.rows));

describe('rows under construction', () => {
  it('come out in batches whose arrays are left alone', () => {
    const { buffer, out } = filled();
    for (let k = 1; k <= 5; k += 1) buffer.append({ a: k, b: k / 2, c: [k] });
    buffer.flush();
    expect(out.map(valuesOf)).toEqual([
      [
        [1, 2],
        [0.5, 1],
        [1, 2],
      ],
      [
        [3, 4],
        [1.5, 2],
        [3, 4],
      ],
      [[5], [2.5], [5]],
    ]);
  });

  it('are made in the arrays of a batch that was given back, without what stood there', () => {
    const { buffer, out } = filled();
    for (let k = 1; k <= 2; k += 1) buffer.append({ a: k, b: k / 2, c: [k, k] });
    buffer.flush();
    const before = buffer.generation;
    out[0]!.release();
    buffer.append({ c: [7] });
    buffer.append({ a: 9 });
    buffer.flush();
    expect(buffer.generation).toBe(before + 1);
    expect(out[1]!.batch.columns[0]!.data === out[0]!.batch.columns[0]!.data).toBe(true);
    expect(valuesOf(out[1]!).slice(0, 2)).toEqual([
      [0, 9],
      [0, 0],
    ]);
    expect(Array.from(out[1]!.batch.columns[2]!.offsets!)).toEqual([0, 1, 1]);
    expect(out[1]!.batch.columns[2]!.data[0]).toBe(7);
  });
});
