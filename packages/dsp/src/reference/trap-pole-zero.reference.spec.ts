import { describe, expect, it } from 'vitest';
import { callKernel, numbers, series } from '../testing/call-kernel.js';

const w_in = series(400, (i) => 150 + (i < 100 ? 0 : 1000 * Math.exp(-(i - 100) / 80)));
const settings = { a_baseline: 150, t_tau: 80, rise: 40, flat: 20 };

describe('trap_pole_zero', () => {
  it('makes a trapezoid of a decaying pulse on a baseline, as high as the pulse', () => {
    const found = numbers('trap_pole_zero', { w_in, ...settings });
    for (const value of found.slice(0, 100)) expect(value).toBeCloseTo(0, 9);
    for (const value of found.slice(139, 160)) expect(value).toBeCloseTo(1000, 9);
    for (const value of found.slice(200)) expect(value).toBeCloseTo(0, 9);
  });

  it('is what the three processors give one after the other', () => {
    const level = numbers('bl_subtract', { w_in, a_baseline: 150 });
    const corrected = numbers('pole_zero', { w_in: level, t_tau: 80 });
    const expected = numbers('trap_norm', { w_in: corrected, rise: 40, flat: 20 });
    numbers('trap_pole_zero', { w_in, ...settings }).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 9);
    });
  });

  it('keeps its digits in float32 on a high baseline', () => {
    const high = w_in.map((value) => value + 13_000);
    const found = callKernel('trap_pole_zero', { w_in: high, ...settings, a_baseline: 13_150 }, 'float32');
    expect(Math.abs((found['w_out'] as number[])[150]! - 1000)).toBeLessThan(0.01);
  });

  it('is NaN for NaN, and refuses what does not fit and infinite samples', () => {
    expect(numbers('trap_pole_zero', { w_in: [1, Number.NaN], ...settings })).toEqual([
      Number.NaN,
      Number.NaN,
    ]);
    expect(() => numbers('trap_pole_zero', { w_in: [1, 2], ...settings })).toThrow(
      'the filter is 100 samples',
    );
    expect(() => numbers('trap_pole_zero', { w_in, ...settings, rise: -1 })).toThrow(
      'rise must not be negative',
    );
    const infinite = w_in.with(50, Number.POSITIVE_INFINITY);
    expect(() => numbers('trap_pole_zero', { w_in: infinite, ...settings })).toThrow('infinite sample');
  });
});
