import { describe, expect, it } from 'vitest';
import { decayConstant, modeOf } from './decay-constant.js';
import { normalNumbers, uniformNumbers } from './random.js';

describe('decay constant', () => {
  const random = uniformNumbers(5n);
  const normal = normalNumbers(random);
  // 180 us in samples of 16 ns; a fifth of the pulses sit on tails of others, which makes them fall faster.
  const truth = -16 / 180_000;
  const slopes = Array.from({ length: 8000 }, (_, i) =>
    i % 5 === 0 ? truth * (1 + 2 * random()) : truth * (1 + 0.02 * normal()),
  );

  it('is that of most pulses, with an error that tells how well it is known', () => {
    const { tau, tauError, slope } = decayConstant(slopes, 0.016);
    expect(Math.abs(tau - 180)).toBeLessThan(0.4);
    expect(tauError).toBeGreaterThan(0.01);
    expect(tauError).toBeLessThan(0.2);
    expect(slope.sigma / -truth).toBeCloseTo(0.02, 2);
  });

  it.each([200, 5000])('has the error by which it is off, for %d pulses', (count) => {
    const pulls = Array.from({ length: 60 }, () => {
      const { mode, modeError } = modeOf(Array.from({ length: count }, () => 7 + 3 * normal()));
      return (mode - 7) / modeError;
    });
    const rms = Math.sqrt(pulls.reduce((sum, pull) => sum + pull * pull, 0) / pulls.length);
    expect(rms).toBeGreaterThan(0.7);
    expect(rms).toBeLessThan(1.35);
  });

  it('is refused for pulses that rise, and for a handful', () => {
    expect(() => decayConstant(slopes.map((slope) => -slope))).toThrow('do not fall');
    expect(() => modeOf([1, 2, Number.NaN])).toThrow('2 values are too few');
  });
});
