import { describe, expect, it } from 'vitest';
import { sampleBatch, sampleSchema } from '../testing/sample-batches.js';
import { cloneBatch, decodeBatch, encodeBatch, encodedLength } from './batch-codec.js';

function encoded(rows: number): Uint8Array {
  const batch = sampleBatch(7, rows);
  const bytes = new Uint8Array(encodedLength(batch.schema, batch.columns, rows));
  encodeBatch(batch, 2n ** 53n + 1n, bytes);
  return bytes;
}

describe('batch codec', () => {
  it.each([0, 1, 2, 3, 17])('gives %i rows back bit by bit, with a sequence beyond 2^53', (rows) => {
    const { batch, sequence } = decodeBatch(sampleSchema, encoded(rows));
    expect(sequence).toBe(2n ** 53n + 1n);
    expect(cloneBatch(batch)).toEqual(cloneBatch(sampleBatch(7, rows)));
  });

  it('reads bytes that are not aligned', () => {
    const bytes = encoded(5);
    const moved = new Uint8Array(bytes.length + 3).subarray(3);
    moved.set(bytes);
    expect(cloneBatch(decodeBatch(sampleSchema, moved).batch)).toEqual(cloneBatch(sampleBatch(7, 5)));
  });

  it('does not copy aligned bytes, and a clone shares nothing', () => {
    const bytes = encoded(2);
    const { batch } = decodeBatch(sampleSchema, bytes);
    expect(batch.columns[0]?.data.buffer).toBe(bytes.buffer);
    expect(cloneBatch(batch).columns[0]?.data.buffer).not.toBe(bytes.buffer);
  });

  it('refuses bytes that are cut, too long, or claim other sizes', () => {
    const bytes = encoded(3);
    expect(() => decodeBatch(sampleSchema, bytes.subarray(0, bytes.length - 8))).toThrow(
      /no batch of table ch0000001/,
    );
    expect(() => decodeBatch(sampleSchema, new Uint8Array(bytes.length + 8))).toThrow(/no batch/);
    expect(() => decodeBatch(sampleSchema, bytes.subarray(0, 8))).toThrow(/no batch/);
    const lying = bytes.slice();
    lying[0] = 200;
    expect(() => decodeBatch(sampleSchema, lying)).toThrow(/no batch/);
    const huge = bytes.slice();
    huge.fill(0xff, 0, 4);
    expect(() => decodeBatch(sampleSchema, huge)).toThrow(/no batch/);
  });
});
