import { describe, expect, it } from 'vitest';
import { skewNormalCdf, skewNormalPdf } from '../functions/skew-normal.js';
import { distributionBelow, distributionOf, distributionQuantile } from './distribution.js';
import { normalNumbers, uniformNumbers } from './random.js';

const uniform = uniformNumbers(31n);
const normal = normalNumbers(uniform);
const many = (make: () => number): Float64Array => Float64Array.from({ length: 20_000 }, make);

describe('shape of a distribution', { timeout: 60_000 }, () => {
  it('is found, with the fractions of its values', () => {
    const samples = {
      gauss: many(() => 12 + 2 * normal()),
      exgauss: many(() => 5 + normal() - 1.5 * Math.log(uniform())),
      skewed: many(() => {
        const [a, b] = [normal(), normal()];
        return 3 * (b < 4 * a ? a : -a);
      }),
    };
    for (const [name, values] of Object.entries(samples)) {
      const distribution = distributionOf(values);
      expect(distribution.pValue, name).toBeGreaterThan(1e-3);
      const sorted = [...values].sort((a, b) => a - b);
      for (const fraction of [0.01, 0.1, 0.5, 0.9, 0.99]) {
        const quantile = distributionQuantile(fraction, distribution);
        expect(distributionBelow(quantile, distribution)).toBeCloseTo(fraction, 9);
        // As many values as that lie below it, within four standard deviations of their number.
        const below = sorted.findIndex((value) => value > quantile) / sorted.length;
        const error = Math.sqrt((fraction * (1 - fraction)) / sorted.length);
        expect(Math.abs(below - fraction), `${name} at ${fraction}`).toBeLessThan(4 * error + 1e-3);
      }
    }
  });

  it('is the closest one where none is exact', () => {
    // Three peaks, and so many values that the probability of every shape is 0.
    const places = [4, -4, 0, 0, 4, 0, 0, 0];
    const values = Float64Array.from({ length: 200_000 }, (_, i) => places[i % 8]! + 0.5 * normal());
    const found = distributionOf(values);
    expect(found.pValue).toBe(0);
    expect(found.shape).not.toBe('gauss');
    expect(Math.abs(distributionBelow(2, found) - 0.75)).toBeLessThan(0.15);
  });

  it('is refused for a handful, equal values, and fractions that are none', () => {
    expect(() => distributionOf([1, 2, 3])).toThrow('too few');
    expect(() => distributionOf(new Float64Array(200).fill(4))).toThrow('no distribution');
    expect(() => distributionQuantile(1, distributionOf(many(normal)))).toThrow('between 0 and 1');
  });
});

describe('skew normal distribution', () => {
  it('is the integral of its density', () => {
    for (const alpha of [-8, -1, 0.3, 2, 15]) {
      let sum = 0;
      const step = 1e-3;
      for (let i = 0; i < 13_300; i++) sum += step * skewNormalPdf(-12 + (i + 0.5) * step, 0.4, 1.2, alpha);
      expect(Math.abs(skewNormalCdf(1.3, 0.4, 1.2, alpha) - sum)).toBeLessThan(1e-5);
    }
    expect(skewNormalCdf(0.7, 0, 1, 1)).toBeCloseTo(0.758036 ** 2, 5);
  });
});
