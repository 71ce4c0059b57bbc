import { describe, expect, it } from 'vitest';
import { numbers, table } from '../testing/sample-files.js';
import { shortValue } from './short-value.js';

const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

describe('shortValue', () => {
  it('keeps what JSON numbers cannot hold as text', () => {
    expect(shortValue(numbers('uint64', [2n ** 64n - 1n]), 0)).toBe('18446744073709551615');
    expect(shortValue(numbers('float32', [Number.NEGATIVE_INFINITY]), 0)).toBe('-Infinity');
    expect(shortValue(numbers('bool', [1]), 0)).toBe(true);
  });

  it('cuts inner arrays behind their 16th element, on every level', () => {
    expect(shortValue(numbers('int8', range(32), { inner: [16] }), 1)).toEqual(range(32).slice(16));
    expect(shortValue(numbers('int8', range(34), { inner: [17] }), 0)).toEqual([...range(16), '…']);
    const deep = shortValue(numbers('int16', range(17 * 17), { inner: [17, 17] }), 0) as unknown[][];
    expect(deep).toHaveLength(17);
    expect(deep[1]).toEqual([...range(16).map((k) => 17 + k), '…']);
    expect(deep[16]).toBe('…');
  });

  it('cuts vectors and long texts', () => {
    const vectors = {
      kind: 'vov',
      cumulative: numbers('uint32', [2, 22]),
      flattened: numbers('float64', range(22)),
      attrs: {},
    } as const;
    expect(shortValue(vectors, 0)).toEqual([0, 1]);
    expect(shortValue(vectors, 1)).toEqual([...range(16).map((k) => k + 2), '…']);
    const texts = { kind: 'strings', values: ['a'.repeat(5000)], attrs: {} } as const;
    expect(shortValue(texts, 0)).toBe(`${'a'.repeat(1000)}…`);
    expect(shortValue(table(1, { a: numbers('int64', [5n]) }), 0)).toEqual({ a: '5' });
  });
});
