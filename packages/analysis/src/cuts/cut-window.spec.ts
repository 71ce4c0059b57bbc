import { describe, expect, it } from 'vitest';
import { normalNumbers, uniformNumbers } from '../statistics/random.js';
import { coreOf, cutWindow } from './cut-window.js';

describe('window of a parameter', () => {
  const uniform = uniformNumbers(11n);
  const normal = normalNumbers(uniform);
  // Nine in ten pulses are good, the others lie on a long tail to one side.
  const values = Array.from({ length: 20_000 }, (_, i) =>
    i % 10 === 0 ? 12_000 - 300 * Math.log(uniform()) : 12_000 + 8 * normal(),
  );

  it('is that of good pulses, whatever the others are', () => {
    const { mean, sigma, entries } = coreOf([...values, Number.NaN, 1e12, -Infinity]);
    expect(entries).toBe(20_001);
    expect(Math.abs(mean - 12_000)).toBeLessThan(0.4);
    expect(Math.abs(sigma / 8 - 1)).toBeLessThan(0.03);
  });

  it('keeps what a Gaussian has within it', () => {
    const window = cutWindow(values, { below: 3, above: 3 });
    expect(Math.abs(window.high - 12_024)).toBeLessThan(1);
    expect(Math.abs(window.low - 11_976)).toBeLessThan(1);
    // Of the tail 1 − e^(−24/300) lies inside.
    expect(Math.abs(window.kept - (0.9 * 0.9973 + 0.1 * 0.077))).toBeLessThan(3 * window.keptError);
    expect(window.keptError).toBeCloseTo(0.0021, 3);
  });

  it('may be open on one side', () => {
    const window = cutWindow(values, { below: Infinity, above: 4 });
    expect(window.low).toBe(-Infinity);
    expect(window.kept).toBeGreaterThan(0.9);
  });

  it('is found from few values', () => {
    for (let trial = 0; trial < 50; trial++) {
      const few = Array.from({ length: 300 }, (_, i) =>
        i % 12 === 0 ? 5 - 9 * Math.log(uniform()) : 5 + 2 * normal(),
      );
      const { mean, sigma } = coreOf(few);
      expect(Math.abs(mean - 5)).toBeLessThan(0.7);
      expect(Math.abs(sigma / 2 - 1)).toBeLessThan(0.3);
    }
  });

  it('is found for whole numbers', () => {
    const whole = Array.from({ length: 5000 }, () => Math.round(100 + 3 * normal()));
    const { mean, sigma } = coreOf(whole);
    expect(Math.abs(mean - 100)).toBeLessThan(0.3);
    expect(Math.abs(sigma - 3)).toBeLessThan(0.3);
    const narrow = cutWindow(
      Array.from({ length: 5000 }, () => Math.round(100 + 0.4 * normal())),
      { below: 4, above: 4 },
    );
    expect(narrow.low).toBeGreaterThan(97);
    expect(narrow.low).toBeLessThan(99);
    expect(narrow.kept).toBeGreaterThan(0.99);
  });

  it('is refused for a handful, and for values that are all the same', () => {
    expect(() => coreOf(values.slice(0, 99))).toThrow('99 values are too few');
    expect(() => coreOf(new Float64Array(500).fill(7))).toThrow('all 7');
  });
});
