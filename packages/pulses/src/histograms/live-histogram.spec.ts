import { describe, expect, it } from 'vitest';
import { histogramDescriptor, LiveHistogram } from './live-histogram.js';

describe('live histogram', () => {
  const axis = histogramDescriptor([0, 10, 5, 2, 'heights', 0]);
  it('counts what is inside, and what is below and above', () => {
    const histogram = new LiveHistogram(axis);
    for (const value of [-0.1, 0, 1.9, 2, 9.99, 10, Number.NaN]) histogram.fill(value);
    expect([...histogram.counts]).toEqual([2, 1, 0, 0, 1]);
    expect(histogram).toMatchObject({ entries: 7, inside: 4, underflow: 1, overflow: 1 });
    expect([...histogram.heights()]).toEqual([0.5, 0.25, 0, 0, 0.25]);
    expect(histogram.moments().mean).toBe(3.5);
    expect(histogram.yLimits()).toEqual([0, 0.4]);
    expect(histogram.momentsText()).toBe('  Σ  4\n<> 3.5\n  σ  3.28');
  });
  it('has the faults of the originals only on demand', () => {
    const log = histogramDescriptor([0, 10, 5, 2, 'tau', 1]);
    const [own, theirs] = [new LiveHistogram(log), new LiveHistogram(log, { compatible: true })];
    for (const histogram of [own, theirs]) histogram.fill(-1);
    expect([own.counts[0], own.underflow]).toEqual([0, 1]);
    expect(theirs.counts[0]).toBeCloseTo(1 + 4e-5, 12);
    expect([...new LiveHistogram(log).heights()]).toEqual([0, 0, 0, 0, 0]);
  });
  it('writes and adds as the originals to the last digit', () => {
    const wide = histogramDescriptor([0, 10_000, 2000, 2, 'x', 0]);
    const text = (...values: number[]): string => {
      const histogram = new LiveHistogram(wide);
      for (const value of values) histogram.fill(value);
      return histogram.momentsText();
    };
    expect(text(4622, 4627)).toBe('  Σ  2\n<> 4.62e+03\n  σ  2.5');
    expect(text(4632, 4637)).toBe('  Σ  2\n<> 4.64e+03\n  σ  2.5');
    const negative = histogramDescriptor([-5, -1, 7, 3, 'x', 0]);
    const [own, theirs] = [new LiveHistogram(negative), new LiveHistogram(negative, { compatible: true })];
    for (const histogram of [own, theirs]) for (let i = 0; i < 3; i++) histogram.fill(-1.2);
    expect([own.moments().sigma, theirs.moments().sigma]).toEqual([0, Number.NaN]);
    const log = histogramDescriptor([0, 10, 5, 2, 'tau', 1]);
    expect(new LiveHistogram(log, { compatible: true }).heights()[0]).toBeCloseTo(4e-5, 12);
  });
  it('needs an axis', () => {
    expect(() => histogramDescriptor([1, 1, 5, 2, 'x', 0])).toThrow('is no axis');
    expect(new LiveHistogram(axis).momentsText()).toContain('nan');
  });
});
