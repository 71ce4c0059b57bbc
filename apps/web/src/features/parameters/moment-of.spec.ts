import { describe, expect, it } from 'vitest';
import { momentOf } from './moment-of';

describe('times that people write', () => {
  it.each([
    ['2026-03-18T01:21:44Z', '2026-03-18T01:21:44.000Z'],
    ['2026-03-18 01:21', '2026-03-18T01:21:00.000Z'],
    ['20260318T012144Z', '2026-03-18T01:21:44.000Z'],
    ['yesterday', undefined],
    ['2026-13-18T01:21:44Z', undefined],
  ])('%s', (text, moment) => {
    expect(momentOf(text)).toBe(moment);
  });
});
