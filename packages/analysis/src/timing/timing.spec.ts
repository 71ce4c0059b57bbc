import { describe, expect, it } from 'vitest';
import { fitLifetime } from './lifetime.js';
import { rateStatistics } from './rate.js';

describe('lifetime', () => {
  it('comes out of evenly spread quantiles of an exponential with background', () => {
    const delays: number[] = [];
    for (let n = 0; n < 4000; n++) delays.push(-2.2 * Math.log(1 - (n + 0.5) / 4000));
    for (let n = 0; n < 1000; n++) delays.push((n + 0.5) / 50);
    const fit = fitLifetime(delays, { min: 1, max: 20 });
    expect(fit.tau).toBeGreaterThan(2.15);
    expect(fit.tau).toBeLessThan(2.25);
    expect(fit.tauInterval[0]).toBeLessThan(2.2);
    expect(fit.tauInterval[1]).toBeGreaterThan(2.2);
  });
  it('refuses too little', () => {
    expect(() => fitLifetime([1, 2], { min: 0, max: 10 })).toThrow('2 delays from 0 to 10 are too few');
    expect(() => fitLifetime([], { min: 5, max: 5 })).toThrow('no window');
  });
});

describe('rate', () => {
  it('counts in whole intervals from the first event', () => {
    const found = rateStatistics([10, 10.5, 11, 12.4, 13.1], 1);
    expect([...found.counts]).toEqual([2, 1, 1]);
    expect(found.meanWait).toBeCloseTo(0.775, 12);
    expect(found.meanRate).toBeCloseTo(1 / 0.775, 12);
  });
  it('refuses what is no series of events', () => {
    expect(() => rateStatistics([1], 1)).toThrow('at least two');
    expect(() => rateStatistics([2, 1, 3], 1)).toThrow('event 1 comes before event 0');
    expect(() => rateStatistics([1, 2], 0)).toThrow('above 0');
    expect(() => rateStatistics([1, Number.NaN, 2], 1)).toThrow('event 1');
    expect(() => rateStatistics([0, 1.7e9], 1e-3)).toThrow(
      'intervals of 0.001 s cannot be counted from 0 to 1700000000 s',
    );
  });
});
