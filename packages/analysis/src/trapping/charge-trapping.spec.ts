import { describe, expect, it } from 'vitest';
import { normalNumbers, uniformNumbers } from '../statistics/random.js';
import { chargeTrapping } from './charge-trapping.js';

const truth = { alpha: 1.6e-6, gain: 0.4, fwhm: 2.6 };

/** Events of the highest line of Tl-208, whose charge is lost in proportion to drift times of 300 to 1500 ns. */
function events(counts: number, seed = 5n, alpha = truth.alpha) {
  const uniform = uniformNumbers(seed);
  const normal = normalNumbers(uniform);
  const energies = new Float64Array(counts);
  const driftTimes = new Float64Array(counts);
  for (let i = 0; i < counts; i++) {
    const line = i % 8 !== 0;
    const energy = line ? 2614.511 + (truth.fwhm / 2.35482) * normal() : 2500 + 160 * uniform();
    const time = 300 + 1200 * uniform();
    driftTimes[i] = time;
    energies[i] = energy / (1 + alpha * time) / truth.gain;
  }
  return { energies, driftTimes };
}

const options = { line: { energy: 2614.511, below: 35, above: 35 }, guess: 0.41 };

describe('charge trapping', { timeout: 120_000 }, () => {
  it('is the correction with which the line is narrowest', () => {
    const { energies, driftTimes } = events(4000);
    const found = chargeTrapping(energies, driftTimes, options);
    expect(found.alphaError).toBeLessThan(2e-7);
    expect(Math.abs(found.alpha - truth.alpha)).toBeLessThan(4 * found.alphaError);
    expect(found.scan).toHaveLength(11);
    expect(found.before.fwhm).toBeGreaterThan(found.after.fwhm + 3 * found.after.fwhmError);
    expect(Math.abs(found.after.fwhm - truth.fwhm)).toBeLessThan(4 * found.after.fwhmError);
    // Of a Gaussian, at a fifth of its height.
    expect(found.after.width / found.after.fwhm).toBeCloseTo(Math.sqrt(Math.log(5) / Math.LN2), 1);
  });

  it('is nothing where no charge is lost', () => {
    const { energies, driftTimes } = events(2000, 8n, 0);
    const { alpha, alphaError, before, after } = chargeTrapping(energies, driftTimes, {
      ...options,
      steps: 8,
    });
    expect(alpha).toBeLessThan(3 * alphaError + 5e-8);
    expect(Math.abs(after.fwhm - before.fwhm)).toBeLessThan(2 * before.fwhmError);
  });

  it('is refused for too few events, and without drift times', () => {
    const { energies, driftTimes } = events(450);
    expect(() => chargeTrapping(energies, driftTimes, options)).toThrow('at least 500 are needed');
    const many = events(2000);
    expect(() => chargeTrapping(many.energies, many.driftTimes.fill(Number.NaN), options)).toThrow(
      '0 events around 2614.511 keV have a drift time',
    );
  });
});
