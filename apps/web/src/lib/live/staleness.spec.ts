import { describe, expect, it } from 'vitest';
import { ageOf, oldText } from './staleness';

describe('age of live data', () => {
  it('is fresh up to three periods, and stale after', () => {
    expect(ageOf(1000, 4000, 1000)).toEqual({ ageMs: 3000, stale: false, text: '' });
    expect(ageOf(1000, 4001, 1000).stale).toBe(true);
    expect(ageOf(1000, 13_000, 1000).text).toBe('12 s old');
  });

  it('never makes values stale that come only when something happens', () => {
    expect(ageOf(0, 1e9, 0).stale).toBe(false);
  });

  it('takes data from the future of a clock that was set for new', () => {
    expect(ageOf(5000, 4000, 1000)).toEqual({ ageMs: 0, stale: false, text: '' });
  });

  it('is not known before the first frame', () => {
    expect(ageOf(null, 4000, 1000)).toEqual({ ageMs: null, stale: false, text: '' });
  });

  it('is said in the unit that fits', () => {
    expect(oldText(119_000)).toBe('119 s old');
    expect(oldText(300_000)).toBe('5 min old');
    expect(oldText(7_200_000)).toBe('2 h old');
    expect(oldText(345_600_000)).toBe('4 d old');
  });
});
