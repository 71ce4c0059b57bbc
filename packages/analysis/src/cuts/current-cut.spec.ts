import { describe, expect, it } from 'vitest';
import { exgaussCdf } from '../functions/exgauss.js';
import { gaussCdf } from '../functions/gauss.js';
import { simulatedEvents, simulatedTruth } from '../testing/simulated-source.js';
import { survivalCut } from './current-cut.js';
import { currentClassifier, currentMean, currentOverEnergy, currentSigma } from './current-energy.js';
import { currentPeakCounts, fitCurrentPeak } from './current-peak.js';
import { lineBefore, lineSurvival, windowSurvival } from './line-survival.js';

const { energies, currents } = simulatedEvents();
const { mean, sigma, single } = simulatedTruth;
const double = { energy: 1592.513, below: 20, above: 15 };
const full = { energy: 1620.738, below: 15, above: 20 };
const dependence = currentOverEnergy(currents, energies, { lines: [double.energy, full.energy] });
const classifier = Float64Array.from(currents, (current, i) =>
  currentClassifier(current, energies[i]!, dependence),
);

describe('A/E', { timeout: 60_000 }, () => {
  it('of a band is a Gaussian with a tail below it', () => {
    const band = currents.filter((_, i) => energies[i]! >= 1000 && energies[i]! < 1050);
    const peak = fitCurrentPeak(band);
    expect(Math.abs(peak.mean - (mean[0] + mean[1] * 1025))).toBeLessThan(4 * peak.meanError);
    expect(Math.abs(peak.sigma - Math.hypot(Math.sqrt(sigma[0]), sigma[1] / 1025))).toBeLessThan(
      4 * peak.sigmaError,
    );
    expect(peak.pValue).toBeGreaterThan(1e-3);
    const { from, width, counts } = peak.histogram;
    const inside = currentPeakCounts(from + width * counts.length, peak) - currentPeakCounts(from, peak);
    expect(Math.abs(inside / counts.reduce((sum, count) => sum + count, 0) - 1)).toBeLessThan(0.02);
  });

  it('of single sites over energy is what the events were made from', () => {
    expect(dependence.bands.length).toBeGreaterThan(60);
    expect(dependence.bands.some(({ from, to }) => from < 1597 && to > 1588)).toBe(false);
    for (const energy of [1000, 1592.5, 2300]) {
      expect(Math.abs(currentMean(energy, dependence) / (mean[0] + mean[1] * energy) - 1)).toBeLessThan(1e-3);
      const truth = Math.hypot(Math.sqrt(sigma[0]), sigma[1] / energy);
      expect(Math.abs(currentSigma(energy, dependence) / truth - 1)).toBeLessThan(0.06);
    }
  });

  it('is refused with too few events', () => {
    expect(() => currentOverEnergy(currents.subarray(0, 500), energies, { lines: [] })).toThrow('too few');
    expect(() => fitCurrentPeak(new Float64Array(200).fill(1))).toThrow();
  });

  it('is cut where nine tenths of the double escape peak survive', () => {
    const { cut, cutError, curve, scan } = survivalCut(classifier, energies, { line: double });
    expect(curve).toBeDefined();
    expect(cutError).toBeLessThan(0.3);
    expect(scan[0]!.fraction).toBeGreaterThan(0.95);
    const survival = lineSurvival(energies, (i) => classifier[i]! > cut, lineBefore(energies, double));
    expect(Math.abs(survival.fraction - 0.9)).toBeLessThan(2 * survival.error);
    expect(survival.error).toBeLessThan(0.02);
    expect(Math.abs(survival.counts - 6000)).toBeLessThan(400);
  });

  it('leaves of a full energy peak what its events are made from', () => {
    const cut = -2;
    const passes = (i: number): boolean => classifier[i]! > cut;
    // Of A/E of several sites, a Gaussian less an exponential loss, so much lies above the cut.
    const expected = (fraction: number, energy: number): number => {
      const width = Math.hypot(Math.sqrt(sigma[0]), sigma[1] / energy);
      const several = 1 - exgaussCdf(cut * width, 0, width, simulatedTruth.loss);
      return fraction * (1 - gaussCdf(cut, 0, 1)) + (1 - fraction) * several;
    };
    const survival = lineSurvival(energies, passes, lineBefore(energies, full));
    expect(Math.abs(survival.fraction - expected(single.full, full.energy))).toBeLessThan(3 * survival.error);
    const compton = windowSurvival(energies, passes, { from: 2000, to: 2080 });
    expect(Math.abs(compton.fraction - expected(single.compton, 2040))).toBeLessThan(3 * compton.error);
    expect(compton.error).toBeCloseTo(
      Math.sqrt((compton.fraction * (1 - compton.fraction)) / compton.counts),
      10,
    );
  });
});

describe('survival of a line', () => {
  it('is that of its events, whatever the background does', () => {
    // Three quarters of the line pass by their index, and a tenth of the background.
    const near = Array.from(energies).flatMap((energy, i) =>
      Math.abs(energy - full.energy) < 20 ? [{ energy, isLine: i < 12_000, i }] : [],
    );
    const passes = (event: number): boolean => {
      const { isLine, i } = near[event]!;
      return isLine ? Math.floor(i / 2) % 4 !== 0 : i % 10 === 0;
    };
    const values = near.map(({ energy }) => energy);
    const survival = lineSurvival(values, passes, lineBefore(values, full));
    expect(Math.abs(survival.fraction - 0.75)).toBeLessThan(3 * survival.error);
    expect(survival.error).toBeGreaterThan(0.003);
    expect(survival.error).toBeLessThan(0.02);
  });

  it('is refused without a line', () => {
    expect(() => lineBefore([1592, 1593], double)).toThrow('fewer than 100 events around 1592.513 keV');
    expect(() => windowSurvival([1], () => true, { from: 5, to: 6 })).toThrow('no events between 5 and 6');
  });
});
