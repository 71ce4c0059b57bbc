import { describe, expect, it } from 'vitest';
import { axisUnit, largestOf, tick } from './axis-format';

describe('unit of an axis', () => {
  it('has one prefix for all its ticks', () => {
    const small = axisUnit(0.02, 'V');
    expect(small.unit).toBe('mV');
    expect([0.02, 0.015, 0.005, 0, -0.02].map(small.tick)).toEqual(['20', '15', '5', '0', '-20']);
    const tiny = axisUnit(0.0011, 'V');
    expect([tiny.unit, tiny.tick(-0.0002), tiny.tick(0.0011)]).toEqual(['mV', '-0.2', '1.1']);
    expect(axisUnit(0, 'V').unit).toBe('V');
    expect(axisUnit(4, 'V').tick(0.5)).toBe('0.5');
  });
  it('has none where there is no unit to put it before', () => {
    for (const none of ['', 'adc']) {
      const { unit, tick: text } = axisUnit(20_000, none);
      expect([unit, text(20_000)]).toEqual([none, '20 k']);
    }
  });
  it('comes from the largest value of either sign', () => {
    expect(largestOf([0.1, -3, 2])).toBe(3);
    expect(largestOf([])).toBe(0);
  });
});

describe('tick', () => {
  it('writes tenths out and shortens thousands', () => {
    expect([0.8, 1500, 0].map(tick)).toEqual(['0.8', '1.5 k', '0']);
  });
});
