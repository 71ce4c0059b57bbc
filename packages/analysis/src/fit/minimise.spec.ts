import { describe, expect, it } from 'vitest';
import { minimise } from './minimise.js';

describe('minimise', () => {
  it('finds the minimum and the exact errors of a quadratic form', () => {
    // χ² with the covariance [[4, 1], [1, 9]].
    const fit = minimise(
      ([a, b]) => {
        const [x, y] = [a! - 3, b! + 2];
        return (9 * x * x - 2 * x * y + 4 * y * y) / 35;
      },
      [
        { name: 'a', start: 100 },
        { name: 'b', start: 0.01 },
      ],
    );
    expect(fit.valid).toBe(true);
    expect(fit.values['a']).toBeCloseTo(3, 2);
    expect(fit.values['b']).toBeCloseTo(-2, 2);
    expect(fit.errors['a']).toBeCloseTo(2, 4);
    expect(fit.errors['b']).toBeCloseTo(3, 4);
    expect(fit.covariance[0]![1]).toBeCloseTo(1, 4);
  });

  it('goes along a curved valley', () => {
    const fit = minimise(
      ([x, y]) => 100 * (y! - x! * x!) ** 2 + (1 - x!) ** 2,
      [
        { name: 'x', start: -1.2 },
        { name: 'y', start: 1 },
      ],
      { maxCalls: 2000 },
    );
    expect(fit.valid).toBe(true);
    expect(fit.values['x']).toBeCloseTo(1, 1);
    expect(fit.cost).toBeLessThan(1e-3);
  });

  it('keeps parameters inside limits and fixed ones where they are', () => {
    const cost = ([a, b, c]: readonly number[]): number => (a! - 5) ** 2 + (b! - 1) ** 2 + (c! - 7) ** 2;
    const fit = minimise(cost, [
      { name: 'a', start: 1, lower: 0, upper: 2 },
      { name: 'b', start: 4, lower: 0 },
      { name: 'c', start: 2, fixed: true },
    ]);
    expect(fit.values['a']).toBeCloseTo(2, 3);
    expect(fit.values['b']).toBeCloseTo(1, 2);
    expect(fit.values['c']).toBe(2);
    expect(fit.errors['c']).toBe(0);
    expect(fit.free).toEqual(['a', 'b']);
  });

  it('survives a cost that is not a number in places, and says what failed', () => {
    const fit = minimise(([x]) => x! - Math.log(x!), [{ name: 'x', start: 20 }]);
    expect(fit.values['x']).toBeCloseTo(1, 1);
    const flat = minimise(() => 1, [{ name: 'x', start: 1 }]);
    expect(flat).toMatchObject({
      valid: false,
      reason: 'the second derivatives at the minimum are not positive',
    });
    const none = minimise(() => Number.NaN, [{ name: 'x', start: 1 }]);
    expect(none).toMatchObject({ valid: false, reason: 'the cost has no finite value' });
    expect(() => minimise(() => 1, [{ name: 'x', start: 3, upper: 2 }])).toThrow('x starts at 3, outside');
  });
});
