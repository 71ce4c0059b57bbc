import { describe, expect, it } from 'vitest';
import { bulkOf } from './min-covariance.js';
import { normalNumbers, uniformNumbers } from './random.js';

describe('bulk of a cloud', () => {
  const normal = normalNumbers(uniformNumbers(8n));

  it('has the slope of all points that belong together', () => {
    const pulls = Array.from({ length: 40 }, () => {
      const x = Float64Array.from({ length: 1500 }, () => 100 * normal());
      // Every tenth point lies apart.
      const y = x.map((at, i) => 0.3 * at + 20 * normal() + (i % 10 === 0 ? 900 : 0));
      const { covariance, points } = bulkOf(x, y);
      const slope = covariance[1] / covariance[0];
      const error = Math.sqrt((covariance[2] / covariance[0] - slope ** 2) / points);
      expect(points).toBeGreaterThan(0.95 * 1350);
      expect(points).toBeLessThanOrEqual(1350);
      return (slope - 0.3) / error;
    });
    const rms = Math.sqrt(pulls.reduce((sum, pull) => sum + pull * pull, 0) / pulls.length);
    expect(rms).toBeGreaterThan(0.6);
    expect(rms).toBeLessThan(1.5);
  });

  it('needs points that are no line', () => {
    const x = Float64Array.from({ length: 60 }, (_, i) => i);
    expect(() => bulkOf(x, x)).toThrow('on a line');
    expect(() => bulkOf([1, Number.NaN], [1, 2])).toThrow('1 points are too few');
  });
});
