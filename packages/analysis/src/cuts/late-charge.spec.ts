import { describe, expect, it } from 'vitest';
import { simulatedEvents, simulatedTruth } from '../testing/simulated-source.js';
import { lateCharge } from './late-charge.js';
import { lateChargeBelow } from './late-charge-fit.js';

describe('LQ', () => {
  const { energies, charges } = simulatedEvents();
  const double = { energy: 1592.513, below: 20, above: 15 };

  it('of single sites is what the events of the double escape peak were made from', () => {
    const found = lateCharge(charges, energies, double);
    const { late, lag } = simulatedTruth;
    expect(Math.abs(found.mean - late.mean)).toBeLessThan(3 * found.meanError);
    expect(Math.abs(found.sigma - late.sigma)).toBeLessThan(3 * found.sigmaError);
    expect(found.pValue).toBeGreaterThan(1e-3);
    // The twentieth of several sites in the line itself is in no side band: it is the tail.
    expect(found.multiSite / (found.singleSite + found.multiSite)).toBeCloseTo(0.05, 1);
    expect(Math.abs(Math.log(found.tau / lag))).toBeLessThan(1);
    expect(found.edges.length).toBe(found.counts.length + 1);
    // The side bands hold half several sites; without them the sum would be about a tenth larger.
    const sum = found.counts.reduce((total, count) => total + count, 0);
    expect(Math.abs(sum / 6000 - 0.98)).toBeLessThan(0.03);
    const last = found.edges.at(-1)!;
    expect(lateChargeBelow(last, found) - lateChargeBelow(found.edges[0]!, found)).toBeCloseTo(sum, -3);
  });

  it.each([0.95, 1])('has no bias over many sources with a share of %f of single sites', (single) => {
    const pulls = Array.from({ length: 10 }, (_, i) => {
      const source = simulatedEvents(6000, 20_000, BigInt(1000 * i + 5), single);
      const { mean, meanError } = lateCharge(source.charges, source.energies, double);
      return (mean - simulatedTruth.late.mean) / meanError;
    });
    const sum = pulls.reduce((total, pull) => total + pull, 0);
    // The mean of ten is within a third of a standard deviation, as a rule.
    expect(Math.abs(sum / pulls.length)).toBeLessThan(0.9);
    expect(Math.max(...pulls.map(Math.abs))).toBeLessThan(3.5);
  });

  it('is found from a few hundred events', () => {
    for (const counts of [300, 600]) {
      const few = simulatedEvents(counts, 50 * counts);
      const { mean, meanError, sigma, sigmaError } = lateCharge(few.charges, few.energies, double);
      const { late } = simulatedTruth;
      expect(Math.abs(mean - late.mean)).toBeLessThan(4 * meanError);
      expect(Math.abs(sigma - late.sigma)).toBeLessThan(4 * sigmaError);
      expect(sigmaError / sigma).toBeLessThan(0.25);
    }
  });

  it('is refused without a line, without LQ, and without side bands', () => {
    expect(() => lateCharge([], [], double)).toThrow('fewer than 100 events');
    const none = new Float64Array(charges.length).fill(Number.NaN);
    expect(() => lateCharge(none, energies, double)).toThrow('0 events of the line at 1592.513 keV have LQ');
    expect(() => lateCharge(charges, energies, { ...double, below: 5, above: 5 })).toThrow('side bands');
  });
});
