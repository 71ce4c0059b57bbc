import type { RecordBatch, TableSchema } from '@countroom/records';
import { scalarColumn } from '@countroom/records';
import { publishBatch } from '../core/batch-writer.js';
import { infoSchema } from '../core/info-table.js';
import type { RingProducer } from '../core/ring/ring-producer.js';
import type { SpoolFacts } from '../core/spool/spool-writer.js';

/** A table with every kind of column: whole numbers, 64-bit, arrays, vectors. */
export const sampleSchema: TableSchema = {
  name: 'ch0000001/raw',
  columns: [
    scalarColumn('eventnumber', 'int64'),
    scalarColumn('energy', 'float32', { units: 'keV' }),
    { name: 'waveform/values', dtype: 'uint16', shape: [5], variableLength: false, units: 'adc' },
    { name: 'hits', dtype: 'uint8', shape: [], variableLength: true },
  ],
};

/** Facts of a spool that holds sample batches as schema id 1. */
export const sampleFacts: SpoolFacts = {
  source: 'sample',
  schemas: [infoSchema, sampleSchema],
  run: {
    runId: '00000000-0000-4000-8000-000000000001',
    runNumber: 3,
    detector: 'demo',
    facts: { mode: 'test' },
  },
  device: { model: 'sample' },
};

/** A batch of `rows` rows numbered from `first`; every value follows from its row number. */
export function sampleBatch(first: number, rows: number): RecordBatch {
  const numbers = Array.from({ length: rows }, (_, i) => first + i);
  const offsets = new Uint32Array(rows + 1);
  numbers.forEach((number, i) => {
    offsets[i + 1] = offsets[i]! + (number % 4);
  });
  return {
    schema: sampleSchema,
    rows,
    columns: [
      { data: BigInt64Array.from(numbers, (n) => BigInt(n) + 2n ** 60n) },
      { data: Float32Array.from(numbers, (n) => n / 4) },
      { data: Uint16Array.from(numbers.flatMap((n) => [n, n + 1, n + 2, n + 3, n + 4])) },
      {
        data: Uint8Array.from(numbers.flatMap((n) => Array.from({ length: n % 4 }, (_, k) => (n + k) % 256))),
        offsets,
      },
    ],
  };
}

/** Puts a sample batch into a ring as schema id 1. Throws a RangeError when there is no room. */
export function putSample(producer: RingProducer, first: number, rows: number): void {
  if (!publishBatch(producer, 1, sampleBatch(first, rows))) throw new RangeError('the ring is full');
}
