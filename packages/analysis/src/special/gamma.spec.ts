import { describe, expect, it } from 'vitest';
import { erfc } from './erf.js';
import { chiSquareProbability, gammaQ, logGamma } from './gamma.js';

describe('gamma functions', () => {
  it('is the factorial at integers and √π at a half', () => {
    let factorial = 1;
    for (let n = 1; n < 20; n++) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 10);
      factorial *= n;
    }
    expect(Math.exp(logGamma(0.5))).toBeCloseTo(Math.sqrt(Math.PI), 12);
    expect(logGamma(0.1)).toBeCloseTo(2.252712651734206, 11);
  });
  it.each([0.01, 0.5, 1, 3, 10, 40])('knows χ² of one and two degrees of freedom at %d', (x) => {
    expect(chiSquareProbability(x, 1) / erfc(Math.sqrt(x / 2))).toBeCloseTo(1, 11);
    expect(chiSquareProbability(x, 2) / Math.exp(-x / 2)).toBeCloseTo(1, 11);
  });
  it('is 1 at 0, 0 at infinity and NaN for what is not defined', () => {
    expect([gammaQ(3, 0), gammaQ(3, Infinity), gammaQ(0, 1), gammaQ(1, -1)]).toEqual([
      1,
      0,
      Number.NaN,
      Number.NaN,
    ]);
    expect(chiSquareProbability(1, 0)).toBeNaN();
  });
});
