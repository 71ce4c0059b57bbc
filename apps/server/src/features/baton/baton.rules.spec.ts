import { describe, expect, it } from 'vitest';
import { toBatonStatus } from './baton.mapper.js';
import { type BatonRow, batonMinutes, given, isFree, isHeldBy, laidDown, used } from './baton.rules.js';

const now = new Date('2026-01-01T12:00:00Z');
const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
const free: BatonRow = {
  detectorId: 'd',
  holderId: null,
  holderName: null,
  note: '',
  token: 7n,
  since: null,
  expiresAt: null,
};
const held: BatonRow = { ...free, ...given(free, { id: 'a', name: 'ada' }, 'night shift', now) };

describe('the baton', () => {
  it('gets a larger token with every holder, and keeps it otherwise', () => {
    expect(held.token).toBe(8n);
    expect(given(held, { id: 'a', name: 'ada' }, '', now).token).toBe(9n);
    expect(laidDown(held).token).toBe(8n);
    expect(used(held, later(5)).token).toBe(8n);
  });

  it('runs out when it is not used, and is kept by using it', () => {
    expect(isHeldBy(held, 'a', later(batonMinutes - 1))).toBe(true);
    expect(isHeldBy(held, 'b', now)).toBe(false);
    expect(isFree(held, later(batonMinutes))).toBe(true);
    const again = { ...held, ...used(held, later(20)) };
    expect(isHeldBy(again, 'a', later(20 + batonMinutes - 1))).toBe(true);
  });

  it('shows nobody when it ran out, and to its holder that it is hers', () => {
    expect(toBatonStatus(held, 'a', now)).toMatchObject({
      holder: { name: 'ada' },
      note: 'night shift',
      mine: true,
    });
    expect(toBatonStatus(held, 'b', now).mine).toBe(false);
    expect(toBatonStatus(held, 'a', later(batonMinutes))).toMatchObject({
      holder: null,
      mine: false,
      token: '8',
    });
  });
});
