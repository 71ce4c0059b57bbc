import { describe, expect, it } from 'vitest';
import { erf, erfc } from './erf.js';

/** The series 2/√π e^(−x²) Σ 2ⁿ x^(2n+1)/(2n+1)!!: all terms positive, so nothing cancels. */
function erfBySeries(x: number): number {
  let term = x;
  let sum = 0;
  for (let n = 0; term > sum * 1e-18; n++) {
    sum += term;
    term *= (2 * x * x) / (2 * n + 3);
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** The continued fraction of erfc, from the inside out. */
function erfcByFraction(x: number): number {
  let fraction = 0;
  for (let k = 200; k > 0; k--) fraction = k / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}

describe('error function', () => {
  it('agrees with its series', () => {
    for (let x = 0.01; x < 5; x += 0.0173) {
      expect(Math.abs(erf(x) / erfBySeries(x) - 1)).toBeLessThan(2e-15);
      expect(erf(-x)).toBe(-erf(x));
    }
  });
  it('keeps its digits where the complement is tiny', () => {
    for (let x = 2; x < 26; x += 0.0713) {
      expect(Math.abs(erfc(x) / erfcByFraction(x) - 1)).toBeLessThan(1e-13);
      expect(erfc(-x)).toBe(2 - erfc(x));
    }
  });
  it.each([
    [erf(0), 0],
    [erfc(0), 1],
    [erf(Infinity), 1],
    [erf(-Infinity), -1],
    [erfc(Infinity), 0],
    [erfc(-Infinity), 2],
    [erf(Number.NaN), Number.NaN],
    [erfc(Number.NaN), Number.NaN],
  ])('%d', (value, expected) => {
    expect(value).toBe(expected);
  });
});
