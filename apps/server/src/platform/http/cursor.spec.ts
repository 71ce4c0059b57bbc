import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeCursor, encodeCursor, toPage } from './cursor.js';

describe('cursors', () => {
  it('come back as they went', () => {
    const key = { value: '2026-01-01 00:00:00.123456', id: 'ü' };
    const schema = z.strictObject({ value: z.string(), id: z.string() });
    expect(decodeCursor(schema, encodeCursor(key))).toEqual(key);
  });

  it('of another list, or made up, are refused', () => {
    for (const text of ['', 'x', encodeCursor(7), encodeCursor(null), '%%%'])
      expect(() => decodeCursor(z.string(), text), text).toThrow(/begin again without one/);
  });
});

describe('toPage', () => {
  const page = (rows: readonly number[]): unknown => toPage(rows, 2, String, (row) => row);
  it('has a next one only when a row too many was found', () => {
    expect(page([])).toEqual({ items: [], next: null, total: null });
    expect(page([1, 2])).toEqual({ items: ['1', '2'], next: null, total: null });
    expect(page([1, 2, 3])).toEqual({ items: ['1', '2'], next: encodeCursor(2), total: null });
  });
});
