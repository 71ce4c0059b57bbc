import { describe, expect, it } from 'vitest';
import { rangeAfter, rangeOf, timeScales, within } from './window';

const whole = [-1000, 9000] as const;

describe('time window', () => {
  it('is changed by keys and stays within the record', () => {
    expect(rangeAfter('+', whole, whole)).toEqual([1500, 6500]);
    expect(rangeAfter('-', [1500, 6500], whole)).toEqual([-1000, 9000]);
    expect(rangeAfter('ArrowRight', [0, 1000], whole)).toEqual([100, 1100]);
    expect(rangeAfter('ArrowLeft', [-1000, 0], whole)).toEqual([-1000, 0]);
    expect(rangeAfter('x', whole, whole)).toBeNull();
  });

  it('is so many times ten divisions', () => {
    expect(rangeOf(100, [0, 2000], whole)).toEqual([500, 1500]);
    expect(within([8500, 9500], whole)).toEqual([8000, 9000]);
    expect(timeScales(whole).slice(0, 3)).toEqual([500, 200, 100]);
    expect(timeScales([0, 1])).toEqual([]);
  });
});
