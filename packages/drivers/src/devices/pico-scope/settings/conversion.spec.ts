import { describe, expect, it } from 'vitest';
import { chooseRange, toCounts, toVolts } from './conversion.js';

describe('conversion', () => {
  it('takes the next larger range, and one that is a tenth of a millivolt smaller', () => {
    const ranges = [0.1, 0.2, 0.5].map((volts, code) => ({ code, volts }));
    expect([0.05, 0.1, 0.1001, 0.1002, 0.5].map((volts) => chooseRange(volts, ranges)?.volts)).toEqual([
      0.1, 0.1, 0.1, 0.2, 0.5,
    ]);
    expect(chooseRange(0.6, ranges)).toBeUndefined();
  });

  it('cuts levels towards zero, divided by the step as the reference does', () => {
    expect(toCounts(-0.045, 0.5, 32_764, 0.4)).toBe(23_262);
    expect(toCounts(-0.045, 0.5, 32_512, 0.4)).toBe(23_083);
    expect(toCounts(0.0025, 0.01, 32_764, 0)).toBe(8190);
  });

  it('takes the offset off again', () => {
    expect(toVolts(16_256, 0.2, 32_512, 0.14)).toBeCloseTo(-0.04, 12);
  });
});
