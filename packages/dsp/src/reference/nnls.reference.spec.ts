import { describe, expect, it } from 'vitest';
import { numbers } from '../testing/call-kernel.js';

const settings = { maxiter: 100, tol: 1e-9, allow_singularity: 1, min_value: 0 };

function solve(a: number[][], b: number[], more: object = {}) {
  return numbers('optimize_nnls', { a, b, ...settings, ...more, x: a[0]!.length });
}

describe('optimize_nnls', () => {
  it('is the solution itself when that is not negative', () => {
    const x = solve(
      [
        [2, 1],
        [1, 3],
        [0, 1],
      ],
      [4, 7, 2],
    );
    expect(x[0]).toBeCloseTo(1, 12);
    expect(x[1]).toBeCloseTo(2, 12);
  });

  it('leaves at zero what would be negative', () => {
    // Unbounded: x = (1, -1). With x1 = 0 the best x0 is b.a0 / a0.a0.
    const a = [
      [1, 0],
      [1, 1],
      [0, 1],
    ];
    const x = solve(a, [1, 0, -1]);
    expect(x[0]).toBeCloseTo(0.5, 12);
    expect(x[1]).toBe(0);
  });

  it('takes an unknown out again that turns negative on the way', () => {
    const a = [
      [1, 0.9, 0],
      [0.9, 1, 0.9],
      [0, 0.9, 1],
    ];
    const x = solve(a, [1, 0.2, 1]);
    expect(Math.min(...x)).toBeGreaterThanOrEqual(0);
    const residual = a.map(
      (row, i) => [1, 0.2, 1][i]! - row.reduce((sum, value, j) => sum + value * x[j]!, 0),
    );
    const gradient = x.map((_, j) => a.reduce((sum, row, i) => sum + row[j]! * residual[i]!, 0));
    gradient.forEach((value, j) => {
      if (x[j]! > 0) expect(value).toBeCloseTo(0, 10);
      else expect(value).toBeLessThanOrEqual(1e-9);
    });
  });

  it('gives NaN for a singular system, or refuses it', () => {
    const a = [
      [1, 1],
      [1, 1],
    ];
    // With a tolerance below 0 both unknowns are tried, although one is enough.
    expect(solve(a, [1, 1], { tol: -1 })).toEqual([Number.NaN, Number.NaN]);
    expect(() => solve(a, [1, 1], { tol: -1, allow_singularity: 0 })).toThrow('the system is singular');
    expect(solve(a, [1, 1])).toEqual([1, 0]);
  });

  it('is NaN for NaN', () => {
    expect(
      solve(
        [
          [1, 0],
          [0, Number.NaN],
        ],
        [1, 1],
      ),
    ).toEqual([Number.NaN, Number.NaN]);
  });
});
