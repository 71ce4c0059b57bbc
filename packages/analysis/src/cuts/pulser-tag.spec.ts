import { describe, expect, it } from 'vitest';
import { normalNumbers, uniformNumbers } from '../statistics/random.js';
import { distanceToTick, findPulser } from './pulser-tag.js';

describe('pulser', () => {
  const uniform = uniformNumbers(21n);
  const normal = normalNumbers(uniform);
  const truth = { period: 20.00037, phase: 1_700_000_003.25 };
  const ticks = Array.from({ length: 900 }, (_, n) => truth.phase + n * truth.period + 0.002 * normal());
  // A twentieth of the ticks is missed in dead time; every tenth event in the window is none of the pulser.
  const seen = ticks.filter(() => uniform() > 0.05);
  const chance = Array.from({ length: 90 }, () => truth.phase + 18_000 * uniform());
  const times = [...seen, ...chance].sort((a, b) => a - b);

  it('is found among other events, with ticks missing', () => {
    const pulser = findPulser(times);
    expect(Math.abs(pulser.period - truth.period)).toBeLessThan(5 * pulser.periodError);
    expect(pulser.periodError).toBeLessThan(1e-4);
    expect(ticks.every((time) => distanceToTick(time, pulser) < 0.1)).toBe(true);
    const tagged = chance.filter((time) => distanceToTick(time, pulser) < 0.1);
    expect(tagged.length).toBeLessThan(5);
  });

  it('is found when its ticks are not exact', () => {
    const off = Array.from({ length: 25 }, () => {
      const rough = Array.from({ length: 200 }, (_, n) => 3 + 0.5 * n + 0.006 * normal());
      const pulser = findPulser(rough.sort((a, b) => a - b));
      expect(pulser.pulses).toBeGreaterThan(190);
      return ((pulser.period - 0.5) / pulser.periodError) ** 2;
    });
    expect(Math.sqrt(off.reduce((sum, one) => sum + one, 0) / off.length)).toBeLessThan(1.5);
  });

  it('is not seen in a source', () => {
    const random = Array.from({ length: 500 }, () => 1000 * uniform()).sort((a, b) => a - b);
    expect(() => findPulser(random)).toThrow('no pulser is seen');
    expect(() => findPulser([1, 2, 3])).toThrow('3 pulses are too few');
    expect(() => findPulser([...ticks].reverse())).toThrow('go back');
  });
});
