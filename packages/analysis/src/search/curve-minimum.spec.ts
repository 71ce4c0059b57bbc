import { describe, expect, it } from 'vitest';
import { normalNumbers, uniformNumbers } from '../statistics/random.js';
import { curveMinimum } from './curve-minimum.js';

describe('the lowest place of a curve', () => {
  const normal = normalNumbers(uniformNumbers(9n));
  const x = Array.from({ length: 13 }, (_, i) => 2 + i);
  const noise = 0.004;
  // Series noise falls with the length of a filter, parallel noise rises.
  const y = x.map((at) => Math.sqrt(8 / at + 0.12 * at) + noise * normal());
  const errors = x.map(() => noise);

  it('lies between the points that were measured, with an error', () => {
    const found = curveMinimum({ x, y, errors });
    const truth = Math.sqrt(8 / 0.12);
    expect(Math.abs(found.x - truth)).toBeLessThan(3 * found.error + 0.1);
    expect(found.error).toBeLessThan(0.5);
    expect(Math.abs(found.value - Math.sqrt(2 * Math.sqrt(8 * 0.12)))).toBeLessThan(0.01);
  });

  it('leaves points without a value out, and needs four', () => {
    const some = y.map((value, i) => (i % 2 === 0 ? value : Number.NaN));
    expect(Math.abs(curveMinimum({ x, y: some, errors }).x - 8.2)).toBeLessThan(1);
    expect(() => curveMinimum({ x: [1, 2, 3], y: [1, 2, 3], errors: [1, 1, 1] })).toThrow(
      '3 points are too few',
    );
  });
});
