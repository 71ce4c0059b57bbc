import { describe, expect, it } from 'vitest';
import { simulatedPulses } from '../testing/simulated-pulses.js';
import { decayCurve, decaysOf } from './decay-of-superpulse.js';
import { superpulse } from './superpulse.js';

const truth = {
  rows: 400,
  samples: 1200,
  start: 300,
  baseline: 10_000,
  noise: 4,
  height: (uniform: () => number) => 3000 + 5000 * uniform(),
  rise: [12, 20] as const,
  tau: [2500, 60, 0.05] as const,
  piled: 9,
};

describe('mean pulse', { timeout: 60_000 }, () => {
  const waveforms = simulatedPulses(truth);
  const pulse = superpulse(waveforms, { baseline: 200 });

  it('is made of the pulses that are alike', () => {
    // One in nine has another one on its tail.
    expect(pulse.pulses).toBeGreaterThan(0.8 * 400);
    expect(pulse.pulses).toBeLessThanOrEqual(400 - Math.ceil(400 / 9));
    expect(pulse.offered).toBe(400);
    expect(pulse.values[pulse.maximum]).toBeCloseTo(1, 2);
    expect(Math.abs(pulse.values[100]!)).toBeLessThan(5 * pulse.errors[100]!);
    expect(pulse.errors[600]).toBeLessThan(3e-4);
  });

  it('has the two decay constants that the pulses were made with', () => {
    const found = decaysOf(pulse, 0.016);
    expect(Math.abs(found.tau1 - 0.016 * 2500)).toBeLessThan(4 * found.tau1Error);
    expect(Math.abs(found.tau2 - 0.016 * 60)).toBeLessThan(4 * found.tau2Error);
    expect(found.tau1Error / found.tau1).toBeLessThan(0.01);
    expect(Math.abs(found.fractionAtRise / 0.05 - 1)).toBeLessThan(0.12);
    expect(found.single.chiSquare).toBeGreaterThan(found.chiSquare + 100);
    expect(found.chiSquare / found.degrees).toBeLessThan(1.3);
    expect(decayCurve(0, found, 0.016)).toBeCloseTo(pulse.values[found.start]!, 2);
  });

  it('with one constant says that the second is not seen', () => {
    const one = superpulse(simulatedPulses({ ...truth, tau: [2500], piled: 0 }), { baseline: 200 });
    let gain = 0;
    try {
      const found = decaysOf(one);
      gain = found.single.chiSquare - found.chiSquare;
      expect(Math.abs(found.single.tau / 2500 - 1)).toBeLessThan(0.01);
    } catch (error) {
      // Two constants that cannot be told apart may leave no minimum.
      expect(error).toBeInstanceOf(RangeError);
    }
    expect(gain).toBeLessThan(29);
  });

  it('takes heights within limits, and is refused for too few', () => {
    const high = superpulse(waveforms, { baseline: 200, from: 6000 });
    expect(high.pulses).toBeLessThan(pulse.pulses / 1.5);
    expect(() => superpulse(waveforms, { from: 1e9 })).toThrow('0 of 400 pulses are alike');
  });
});
