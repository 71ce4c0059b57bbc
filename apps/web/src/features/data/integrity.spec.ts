import { describe, expect, it } from 'vitest';
import { readIntegrity, verdict } from './integrity';

const clean = {
  format: 'fcio',
  bytes: 1000,
  records: { Event: 10 },
  rows: 10,
  unrequested: {},
  garbageBytes: 0,
  garbageCount: 0,
  garbage: [],
  truncatedEnd: null,
  anomalyCounts: {},
  anomalies: [],
  clean: true,
};

describe('readIntegrity', () => {
  it('finds the report of decoding beside the tables that it made', () => {
    expect(readIntegrity({ tables: [], input: clean })).toEqual(clean);
    expect(readIntegrity(clean)).toEqual(clean);
  });

  it('finds none in other reports', () => {
    expect(readIntegrity(null)).toBeNull();
    expect(readIntegrity({ name: 'a.lh5', sha256: 'ff' })).toBeNull();
    expect(readIntegrity({ tables: [], input: null })).toBeNull();
  });
});

describe('verdict', () => {
  it('says in one line what is wrong', () => {
    expect(verdict(clean)).toBe('Nothing is wrong');
    const damaged = {
      ...clean,
      clean: false,
      garbageBytes: 12,
      garbageCount: 1,
      anomalyCounts: { 'event-number-gap': 2 },
      truncatedEnd: { offset: 990, length: 10 },
    };
    expect(verdict(damaged)).toBe(
      '12 bytes not decoded at 1 place; 2 oddities; cut off at byte 990 (10 bytes left over)',
    );
  });
});
