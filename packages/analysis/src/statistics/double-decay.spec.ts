import { describe, expect, it } from 'vitest';
import { doubleDecay } from './double-decay.js';
import { normalNumbers, uniformNumbers } from './random.js';

const uniform = uniformNumbers(8n);
const normal = normalNumbers(uniform);
const count = 4000;
const tau1 = Array.from({ length: count }, () => 480 + 6 * normal());
const tau2 = tau1.map(() => 2.4 + 0.3 * normal());
const share = tau1.map(() => 0.03 + 0.004 * normal());

describe('two decay constants', () => {
  it('are the middles of those of single pulses, whatever some of them are', () => {
    // Every tenth fit has gone astray, and every seventh has the constants the other way round.
    const astray = (values: number[], far: number): number[] =>
      values.map((one, i) => (i % 10 === 0 ? far : one));
    const long = astray(tau1, 5000).map((one, i) => (i % 7 === 0 ? tau2[i]! : one));
    const short = astray(tau2, 40).map((one, i) => (i % 7 === 0 ? tau1[i]! : one));
    const fraction = share.map((one, i) => (i % 7 === 0 ? 1 - one : one));
    const found = doubleDecay(long, short, fraction);
    expect(Math.abs(found.tau1.median - 480)).toBeLessThan(1.5);
    expect(Math.abs(found.tau2.median - 2.4)).toBeLessThan(0.06);
    expect(Math.abs(found.fraction.median - 0.03)).toBeLessThan(5e-4);
  });

  it('come with a width and an error', () => {
    const { tau1: long } = doubleDecay(tau1, tau2, share);
    expect(Math.abs(long.halfWidth / (0.4754 * 6) - 1)).toBeLessThan(0.1);
    expect(Math.abs(long.error / ((1.2533 * 6) / Math.sqrt(count)) - 1)).toBeLessThan(0.1);
    expect(Math.abs(long.median - 480)).toBeLessThan(4 * long.error);
  });

  it('are refused for a handful, and for fits that failed', () => {
    expect(() => doubleDecay([1], [2], [0])).toThrow('1 pulses with two decay constants are too few');
    expect(() =>
      doubleDecay(
        tau1,
        tau2.map(() => Number.NaN),
        share,
      ),
    ).toThrow('0 pulses');
  });
});
