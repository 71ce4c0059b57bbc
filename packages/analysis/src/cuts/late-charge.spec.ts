import { describe, expect, it } from 'vitest';
import { simulatedEvents, simulatedTruth } from '../testing/simulated-source.js';
import { lateCharge } from './late-charge.js';

describe('LQ', () => {
  const { energies, charges } = simulatedEvents();
  const double = { energy: 1592.513, below: 20, above: 15 };

  it('of single sites is what the events of the double escape peak were made from', () => {
    const { mean, meanError, sigma, sigmaError, counts, edges } = lateCharge(charges, energies, double);
    const { late } = simulatedTruth;
    // The twentieth of several sites in the peak pulls a little.
    expect(Math.abs(mean - late.mean)).toBeLessThan(3 * meanError + 0.03 * late.sigma);
    expect(Math.abs(sigma / late.sigma - 1)).toBeLessThan(3 * (sigmaError / sigma) + 0.03);
    expect(edges.length).toBe(counts.length + 1);
    // The side bands hold half several sites; without them the sum would be about a tenth larger.
    const sum = counts.reduce((total, count) => total + count, 0);
    expect(Math.abs(sum / 6000 - 0.97)).toBeLessThan(0.04);
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
