import { describe, expect, it } from 'vitest';
import { batchFromTable, tableFromBatch } from './batch-table.js';
import type { Table, VectorOfVectors } from './lgdo.js';
import type { RecordBatch } from './record-batch.js';
import { scalarColumn } from './table-schema.js';

const batch: RecordBatch = {
  schema: {
    name: 'ch0000001/raw',
    columns: [
      scalarColumn('timestamp', 'int64', { units: 'ns' }),
      scalarColumn('waveform/dt', 'float32', { units: 'ns' }),
      {
        name: 'waveform/values',
        dtype: 'uint16',
        shape: [3],
        variableLength: false,
        units: 'adc',
        description: 'samples',
      },
      { name: 'hits', dtype: 'int32', shape: [], variableLength: true, units: 'mV' },
    ],
  },
  rows: 2,
  columns: [
    { data: BigInt64Array.of(2n ** 60n, -1n, 99n) },
    { data: Float32Array.of(16, 16, 0, 0) },
    { data: Uint16Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9) },
    { data: Int32Array.of(-9, 7, 8, 9), offsets: Uint32Array.of(1, 1, 3, 9) },
  ],
};

describe('tables from batches', () => {
  it('nests paths, cuts unused room away and keeps units', () => {
    const table = tableFromBatch(batch);
    expect(table.rows).toBe(2);
    expect([...table.columns.keys()].sort()).toEqual(['hits', 'timestamp', 'waveform']);
    expect(table.columns.get('timestamp')).toMatchObject({
      shape: [2],
      data: BigInt64Array.of(2n ** 60n, -1n),
      attrs: { units: 'ns' },
    });
    const waveform = table.columns.get('waveform') as Table;
    expect(waveform.columns.get('values')).toMatchObject({
      flavor: 'aoesa',
      shape: [2, 3],
      attrs: { units: 'adc', description: 'samples' },
    });
    const hits = table.columns.get('hits') as VectorOfVectors;
    expect(hits.cumulative.data).toEqual(Uint32Array.of(0, 2));
    expect(hits.flattened).toMatchObject({ data: Int32Array.of(7, 8), attrs: { units: 'mV' } });
  });

  it('comes back as the same rows', () => {
    const table = tableFromBatch(batch);
    const back = batchFromTable('ch0000001/raw', table);
    expect(tableFromBatch(back)).toEqual(table);
    expect([...back.schema.columns].map((column) => column.name).sort()).toEqual(
      batch.schema.columns.map((column) => column.name).sort(),
    );
  });

  it('refuses a name that is a column and a nested table', () => {
    const columns = [scalarColumn('a', 'int8'), scalarColumn('a/b', 'int8')];
    const clash: RecordBatch = {
      schema: { name: 't', columns },
      rows: 0,
      columns: columns.map(() => ({ data: new Int8Array(0) })),
    };
    expect(() => tableFromBatch(clash)).toThrow('a is a column and a nested table');
  });

  it('refuses columns that a batch cannot hold', () => {
    const table: Table = {
      kind: 'table',
      rows: 1,
      columns: new Map([['text', { kind: 'strings', values: ['x'], attrs: {} }]]),
      attrs: {},
    };
    expect(() => batchFromTable('t', table)).toThrow('column text is of kind strings');
  });
});
