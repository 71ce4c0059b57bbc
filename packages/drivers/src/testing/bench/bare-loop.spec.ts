import { expect, it } from 'vitest';
import { latenessOf } from './bare-loop.js';

it('tells how late a loop that stands still now and then sees what happens', () => {
  expect(latenessOf(Float64Array.of(100), 1000, 0.95)).toBeCloseTo(50, 6);
  expect(latenessOf(Float64Array.of(100, 100), 1000, 0.9)).toBeCloseTo(50, 6);
  expect(latenessOf(Float64Array.of(10, 200), 100_000, 0.999)).toBeCloseTo(100, 6);
  expect(latenessOf(new Float64Array(0), 1000, 0.999)).toBe(0);
});
