import { describe, expect, it } from 'vitest';
import { sampleBatch, sampleSchema } from '../testing/sample-batches.js';
import { cloneBatch, decodeBatch } from './batch-codec.js';
import { BatchWriter, publishBatch } from './batch-writer.js';
import { systemClock } from './clock.js';
import { infoLines, infoSchema } from './info-table.js';
import { Ring } from './ring/ring.js';
import { RingSink } from './ring-sink.js';

/** Writes rows of the sample table one by one, as a driver does. */
function writeRows(writer: BatchWriter, first: number, rows: number): void {
  const { columns, schema } = sampleBatch(first, rows);
  for (let row = 0; row < rows; row++) {
    const at = writer.rows;
    writer.columns[0]!.data[at] = columns[0]!.data[row]!;
    writer.columns[1]!.data[at] = columns[1]!.data[row]!;
    writer.columns[2]!.data.set(columns[2]!.data.subarray(5 * row, 5 * row + 5) as never, 5 * at);
    const { data, offsets } = columns[3]!;
    const vector = data.subarray(offsets![row], offsets![row + 1]) as Uint8Array;
    if (vector.length > 0) writer.setVector(3, vector);
    writer.advance();
  }
  expect(schema).toBe(sampleSchema);
}

describe('BatchWriter', () => {
  it('collects rows to batches that equal those made at once', () => {
    const ring = Ring.create({ slots: 64, bytes: 65_536 });
    const consumer = ring.attach('test', { kind: 'obligatory' });
    const writer = new BatchWriter(sampleSchema, 1, ring.producer(), { rows: 10, bytes: 4096 });
    writeRows(writer, 0, 25);
    expect(writer.rows).toBe(5);
    expect(writer.flush()).toBe(true);
    for (const [first, rows] of [
      [0, 10],
      [10, 10],
      [20, 5],
    ] as const) {
      const { batch } = decodeBatch(sampleSchema, consumer.take()!.bytes);
      expect(cloneBatch(batch)).toEqual(cloneBatch(sampleBatch(first, rows)));
    }
    expect(consumer.take()).toBeUndefined();
  });

  it('closes a batch when its vectors grow too long', () => {
    const ring = Ring.create({ slots: 64, bytes: 65_536 });
    const writer = new BatchWriter(sampleSchema, 1, ring.producer(), { rows: 1000, bytes: 2048 });
    writer.setVector(3, new Uint8Array(3000).fill(7));
    writer.advance();
    expect(writer.rows).toBe(0);
    expect(ring.recorded()).toEqual({ records: 1n, rows: 1n });
  });

  it('closes by age', () => {
    const ring = Ring.create({ slots: 64, bytes: 65_536 });
    const writer = new BatchWriter(sampleSchema, 1, ring.producer());
    writeRows(writer, 0, 1);
    writer.flushOlderThan(3_600_000_000_000n);
    expect(writer.rows).toBe(1);
    writer.flushOlderThan(0n);
    expect(writer.rows).toBe(0);
  });

  it('is not ready, and refuses rows, while the ring is full', () => {
    const ring = Ring.create({ slots: 16, bytes: 65_536 });
    const consumer = ring.attach('test', { kind: 'obligatory' });
    const producer = ring.producer();
    for (let i = 0; i < 16; i++) publishBatch(producer, 1, sampleBatch(0, 1));
    const writer = new BatchWriter(sampleSchema, 1, producer, { rows: 3, bytes: 4096 });
    writeRows(writer, 0, 3);
    expect(writer.ready()).toBe(false);
    expect(() => writer.advance()).toThrow(/has no room: ask ready/);
    consumer.take();
    consumer.release();
    expect(writer.ready()).toBe(true);
    expect(writer.rows).toBe(0);
  });
});

describe('RingSink', () => {
  it('puts a line behind the rows written before it, also when the ring was full in between', () => {
    const ring = Ring.create({ slots: 16, bytes: 65_536 });
    const consumer = ring.attach('test', { kind: 'obligatory' });
    const producer = ring.producer();
    const sink = new RingSink([sampleSchema], producer, systemClock);
    for (let i = 0; i < 16; i++) publishBatch(producer, 1, sampleBatch(0, 1));
    writeRows(sink.writer(0), 100, 2);
    sink.info('something happened');
    expect(sink.blocked).toBe(true);
    for (let i = 0; i < 16; i++) consumer.take();
    consumer.release();
    expect(sink.blocked).toBe(false);
    expect(consumer.take()).toMatchObject({ schemaId: 1, rows: 2 });
    const { batch } = decodeBatch(infoSchema, consumer.take()!.bytes);
    expect(infoLines(batch).map(({ message }) => message)).toEqual(['something happened']);
  });

  it('shares the ring among many tables', () => {
    const ring = Ring.create({ slots: 64, bytes: 1 << 20 });
    const tables = Array.from({ length: 16 }, (_, i) => ({ ...sampleSchema, name: `ch${i}/raw` }));
    const sink = new RingSink(tables, ring.producer(), systemClock);
    const [one] = sampleSchema.columns;
    expect(one?.name).toBe('eventnumber');
    expect(sink.writer(0).capacity * 26).toBeLessThanOrEqual((1 << 20) / 2 / 16);
    expect(() => sink.writer(16)).toThrow(/there is no table 16/);
  });
});
