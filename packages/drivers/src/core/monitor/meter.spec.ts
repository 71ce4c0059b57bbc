import { describe, expect, it } from 'vitest';
import { meterOf } from './meter.js';

describe('meterOf', () => {
  it('knows mean, effective value, deviation and peak in volts', () => {
    const found = meterOf(Int16Array.of(-100, 100, -100, 100), 0.01, 0.5);
    expect(found.mean).toBeCloseTo(0.5, 12);
    expect(found.sigma).toBeCloseTo(1, 12);
    expect(found.effective).toBeCloseTo(Math.sqrt(1.25), 12);
    expect(found.peak).toBeCloseTo(1.5, 12);
    expect(meterOf([3, 1], -1).peak).toBe(-3);
    expect(meterOf([]).mean).toBeNaN();
  });
});
