import { describe, expect, it } from 'vitest';
import { BackOff } from './back-off.js';

describe('BackOff', () => {
  it('doubles up to its last value, and begins anew after a good while', () => {
    const backOff = new BackOff(500, 3_000, 60_000);
    expect([0, 0, 0, 0, 0].map((lived) => backOff.delayAfter(lived))).toEqual([
      500, 1_000, 2_000, 3_000, 3_000,
    ]);
    expect(backOff.delayAfter(60_000)).toBe(500);
    expect(backOff.delayAfter(59_999)).toBe(1_000);
  });
});
