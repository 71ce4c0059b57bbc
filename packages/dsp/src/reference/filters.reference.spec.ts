import { describe, expect, it } from 'vitest';
import { callKernel, numbers, result, series } from '../testing/call-kernel.js';

const nan = Number.NaN;
const step = [0, 0, 4, 4, 4, 4, 4, 4];

function expectClose(found: readonly number[], expected: number, digits = 9): void {
  for (const value of found) expect(value).toBeCloseTo(expected, digits);
}

describe('pole_zero', () => {
  it('flattens an exponential tail', () => {
    expectClose(numbers('pole_zero', { w_in: series(500, (i) => 7 * Math.exp(-i / 90)), t_tau: 90 }), 7);
  });

  it('does not drift in float32', () => {
    const w_in = series(4000, (i) => 13_000 * Math.exp(-i / 300));
    const found = callKernel('pole_zero', { w_in, t_tau: 300 }, 'float32')['w_out'] as number[];
    expect(Math.max(...found.map((value) => Math.abs(value - 13_000)))).toBeLessThan(0.2);
  });

  it('is NaN for NaN, refuses infinite samples, and leaves nothing out', () => {
    expect(numbers('pole_zero', { w_in: [1, nan, 2], t_tau: 5 })).toEqual([nan, nan, nan]);
    expect(numbers('pole_zero', { w_in: [1, 2], t_tau: nan })).toEqual([nan, nan]);
    expect(() => numbers('pole_zero', { w_in: [1, Infinity, 2], t_tau: 5 })).toThrow('infinite sample');
    expect(numbers('pole_zero', { w_in: [3], t_tau: 5 })).toEqual([3]);
    expect(numbers('pole_zero', { w_in: [], t_tau: 5 })).toEqual([]);
  });
});

describe('double_pole_zero', () => {
  it('flattens the sum of two tails from the third sample on', () => {
    const w_in = [0, 0, 0, ...series(300, (i) => 0.9 * Math.exp(-i / 400) + 0.1 * Math.exp(-i / 20))];
    const found = numbers('double_pole_zero', { w_in, t_tau1: 400, t_tau2: 20, frac: 0.1 });
    expectClose(found.slice(3), 1);
  });

  it('needs more than 3 samples', () => {
    const run = (w_in: number[]) => () =>
      numbers('double_pole_zero', { w_in, t_tau1: 4, t_tau2: 2, frac: 0.1 });
    expect(run([1, 2, 3])).toThrow('more than 3');
    expect(run([1, nan, 3])()).toEqual([nan, nan, nan]);
  });
});

describe('rc_cr2', () => {
  it('copies three samples and ends at zero after a step', () => {
    const found = numbers('rc_cr2', { w_in: [1, 1, 1, ...series(500, () => 1)], t_tau: 5 });
    expect(found.slice(0, 3)).toEqual([1, 1, 1]);
    expect(found.at(-1)).toBeCloseTo(0, 9);
  });

  it('follows its recursion', () => {
    const a = Math.exp(-1 / 2);
    const [x0, x1, x2, x3] = [1, 2, 4, 8];
    const found = numbers('rc_cr2', { w_in: [x0, x1, x2, x3], t_tau: 2 });
    expect(found[3]).toBeCloseTo(3 * a * x2 - 3 * a * a * x1 + a ** 3 * x0 + x3 - 2 * x2 + x1, 12);
  });

  it('needs more than 3 samples, finite ones', () => {
    expect(() => numbers('rc_cr2', { w_in: [1, 2, 3], t_tau: 2 })).toThrow('more than 3');
    expect(() => numbers('rc_cr2', { w_in: [1, 2, 3, Infinity, 0, 0], t_tau: 2 })).toThrow('infinite');
  });
});

describe('trapezoids', () => {
  it('trap_filter answers a step with a trapezoid of sums', () => {
    expect(numbers('trap_filter', { w_in: step, rise: 2, flat: 1 })).toEqual([0, 0, 4, 8, 8, 4, 0, 0]);
  });

  it('trap_norm has the height of the step', () => {
    expect(numbers('trap_norm', { w_in: step, rise: 2, flat: 1 })).toEqual([0, 0, 2, 4, 4, 2, 0, 0]);
    expect(numbers('trap_norm', { w_in: step, rise: 1, flat: 0 })).toEqual([0, 0, 4, 0, 0, 0, 0, 0]);
  });

  it('asym_trap_filter falls at its own pace', () => {
    const found = numbers('asym_trap_filter', { w_in: step, rise: 2, flat: 1, fall: 4 });
    expect(found).toEqual([0, 0, 2, 4, 4, 3, 2, 1]);
  });

  it.each(['trap_filter', 'trap_norm'])('%s refuses what does not fit, after NaN', (name) => {
    expect(() => numbers(name, { w_in: step, rise: 4, flat: 1 })).toThrow('the filter is 9 samples long');
    expect(() => numbers(name, { w_in: step, rise: -1, flat: 1 })).toThrow('rise must not be negative');
    expect(() => numbers(name, { w_in: step, rise: 1, flat: -1 })).toThrow('flat must not be negative');
    expect(numbers(name, { w_in: step.with(7, nan), rise: 4, flat: 1 })).toEqual(step.map(() => nan));
  });
});

describe('trap_pickoff', () => {
  const pickoff = (t_pickoff: number, w_in: readonly number[] = step) =>
    result('trap_pickoff', { w_in, rise: 2, flat: 1, t_pickoff });

  it('is the value of trap_norm at one time, NaN where the averages do not fit', () => {
    expect([4, 5, 6, 7].map((time) => pickoff(time))).toEqual([4, 2, 0, 0]);
    expect(pickoff(3)).toBeNaN();
    expect(pickoff(8)).toBeNaN();
  });

  it('needs a whole time', () => {
    expect(() => pickoff(4.5)).toThrow('t_pickoff must be a whole number');
    expect(pickoff(4.5, step.with(0, nan))).toBeNaN();
  });
});

describe('avg_current', () => {
  it('divides differences by their distance; the index is the whole part', () => {
    expect(numbers('avg_current', { w_in: [1, 2, 4, 8, 16], length: 2, w_out: 3 })).toEqual([1.5, 3, 6]);
    expect(numbers('avg_current', { w_in: [1, 2, 4], length: 1.5, w_out: 2 })).toEqual([1 / 1.5, 2 / 1.5]);
  });

  it('refuses lengths and outputs that do not fit', () => {
    expect(() => numbers('avg_current', { w_in: [1, 2], length: 2, w_out: 1 })).toThrow('less than');
    expect(() => numbers('avg_current', { w_in: [1, 2], length: 1, w_out: 2 })).toThrow('only 1 exist');
  });
});
