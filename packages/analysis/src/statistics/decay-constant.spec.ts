import { describe, expect, it } from 'vitest';
import { decayConstant, modeOf } from './decay-constant.js';

function randomNumbers(seed: bigint): () => number {
  let state = seed;
  return () => {
    state = (state * 25214903917n + 11n) & 0xffffffffffffn;
    return (Number(state) + 0.5) / 2 ** 48;
  };
}

describe('decay constant', () => {
  const random = randomNumbers(5n);
  const normal = (): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
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

  it('is refused for pulses that rise, and for a handful', () => {
    expect(() => decayConstant(slopes.map((slope) => -slope))).toThrow('do not fall');
    expect(() => modeOf([1, 2, Number.NaN])).toThrow('2 values are too few');
  });
});
