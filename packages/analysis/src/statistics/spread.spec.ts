import { describe, expect, it } from 'vitest';
import { spreadOf } from './spread.js';

describe('spread of a distribution', () => {
  it('is that of a Gaussian, whatever lies far out', () => {
    let state = 7n;
    const random = (): number => {
      state = (state * 25214903917n + 11n) & 0xffffffffffffn;
      return (Number(state) + 0.5) / 2 ** 48;
    };
    const values = Array.from(
      { length: 20_000 },
      () => 5 + 2 * Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random()),
    );
    const { median, fwhm, fwhmError, entries } = spreadOf([...values, Number.NaN, 1e9]);
    expect(entries).toBe(20_001);
    expect(Math.abs(median - 5)).toBeLessThan(0.05);
    expect(Math.abs(fwhm - 2 * 2.35482)).toBeLessThan(3 * fwhmError);
    expect(fwhmError / fwhm).toBeCloseTo(0.0068, 4);
  });

  it('is refused for a handful of values', () => {
    expect(() => spreadOf([1, 2, 3])).toThrow('3 values are too few');
  });
});
