import { describe, expect, it } from 'vitest';
import { simulatedPulses } from '../testing/simulated-pulses.js';
import { dplmsFilter, filterHeights } from './dplms-filter.js';
import { noiseMatrix } from './noise-matrix.js';
import { choosePulses, signalMatrix } from './signal-matrix.js';

const truth = {
  rows: 600,
  samples: 700,
  start: 400,
  baseline: 10_000,
  noise: 6,
  slowNoise: 8,
  height: (_: () => number, normal: () => number) => 5000 + 3 * normal(),
  rise: [8, 16] as const,
  tau: [3000] as const,
};
const cuts = { baseline: 380, from: 4000, to: 6000 };

function spreadOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

describe('optimum filter', { timeout: 60_000 }, () => {
  const waveforms = simulatedPulses(truth);
  const { pulses } = choosePulses(waveforms, cuts);
  const baselines = new Float64Array(truth.rows * 380);
  for (let row = 0; row < truth.rows; row++)
    baselines.set(waveforms.values.subarray(row * 700, row * 700 + 380), row * 380);
  const noise = noiseMatrix({ values: baselines, samples: 380 }, 64);

  it('knows the noise of baselines', () => {
    expect(noise.variance / (36 + 64)).toBeCloseTo(1, 1);
    // White noise is in the diagonal alone, the other falls by a tenth with every sample.
    // The mean of a baseline, which is taken off, has a variance of 3.
    expect(noise.values[1]! / (64 * 0.9 - 3)).toBeCloseTo(1, 1);
    expect(noise.values[10]! / (64 * 0.9 ** 10 - 3)).toBeCloseTo(1, 0);
    expect(noise.values[64]).toBe(noise.values[1]);
    expect(noise.blocks).toBe(600 * 5);
  });

  it('leaves out pulses that are not alike', () => {
    const piled = simulatedPulses({ ...truth, piled: 10 });
    const choice = choosePulses(piled, cuts);
    expect(choice.left.piled + choice.left.place + choice.left.rise).toBeGreaterThanOrEqual(50);
    expect(choice.pulses.some(({ row }) => row % 10 === 0)).toBe(false);
    expect(() => choosePulses(waveforms, { ...cuts, from: 5e5, to: 1e6 })).toThrow('at least 100 are needed');
  });

  it('has less noise than a mean over as many samples, and the height of the pulse', () => {
    const signal = signalMatrix(waveforms, pulses, 64, 1);
    const filter = dplmsFilter(signal, noise, {
      noise: noise.variance / 5000 ** 2,
      zeroArea: 1,
      poleZero: 0,
    });
    const heights = filterHeights(waveforms, pulses, filter.kernel);
    const mean = heights.reduce((sum, height) => sum + height, 0) / heights.length;
    expect(Math.abs(mean / 5000 - 1)).toBeLessThan(0.01);
    // The noise that it promises is what the heights differ by, beside what the pulses themselves do.
    const promised = filter.noise / 2.35482;
    expect(spreadOf(heights) / Math.hypot(promised, 3)).toBeLessThan(1.25);
    expect(spreadOf(heights) / Math.hypot(promised, 3)).toBeGreaterThan(0.8);
    // The difference of the means of 31 samples on both sides has the noise of two such means.
    const box = Float64Array.from({ length: 64 }, (_, i) => (i < 31 ? 1 / 31 : i < 33 ? 0 : -1 / 31));
    expect(promised).toBeLessThan(0.95 * spreadOf(filterHeights(waveforms, pulses, box)));
  });

  it('gives nothing for a constant and for a tail when these count', () => {
    const signal = signalMatrix(waveforms, pulses, 64, 1);
    const answer = (zeroArea: number, poleZero: number): [number, number] => {
      const { kernel } = dplmsFilter(signal, noise, { noise: 1e-3, zeroArea, poleZero }, 20);
      const weights = [...kernel].reverse();
      return [
        weights.reduce((sum, weight) => sum + weight, 0),
        weights.reduce((sum, weight, i) => sum + weight * Math.exp(-i / 20), 0),
      ];
    };
    const [area, tail] = answer(0, 0);
    expect(Math.abs(answer(1000, 0)[0])).toBeLessThan(Math.abs(area) / 50 + 1e-4);
    expect(Math.abs(answer(0, 1000)[1])).toBeLessThan(Math.abs(tail) / 50 + 1e-4);
  });

  it('solves its equations', () => {
    // Without correlations of noise and of one pulse, by hand: k = s / (s·s + a), scaled to k·s = 1.
    const one = {
      length: 3,
      products: Float64Array.of(1, 2, 0, 2, 4, 0, 0, 0, 0),
      mean: Float64Array.of(1, 2, 0),
    };
    const white = { length: 3, values: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), variance: 1, blocks: 9 };
    const { kernel, noise: told } = dplmsFilter(one, white, { noise: 0.1, zeroArea: 0, poleZero: 0 });
    expect([...kernel]).toEqual([expect.closeTo(0, 12), expect.closeTo(0.4, 12), expect.closeTo(0.2, 12)]);
    expect(told).toBeCloseTo(2.35482 * Math.sqrt(0.2), 4);
    expect(() => dplmsFilter(one, noise, { noise: 1, zeroArea: 0, poleZero: 0 })).toThrow('does not fit');
  });

  it('is refused where baselines are too short or too few', () => {
    expect(() => noiseMatrix({ values: baselines, samples: 380 }, 400)).toThrow('shorten it');
    expect(() => noiseMatrix({ values: baselines.subarray(0, 3800), samples: 380 }, 64)).toThrow('too few');
  });
});
