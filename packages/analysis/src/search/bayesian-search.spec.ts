import { describe, expect, it } from 'vitest';
import { normalNumbers, uniformNumbers } from '../statistics/random.js';
import { acquisitionAt, type BayesianOptions, bayesianSearch } from './bayesian-search.js';
import { GaussianProcess } from './gaussian-process.js';

/** A valley with noise, lowest at (6.2, 1.4), on 2…14 and 0.5…4. */
function search(options: Partial<BayesianOptions> = {}) {
  const normal = normalNumbers(uniformNumbers(3n));
  const trials: { point: readonly number[]; value: number }[] = [];
  bayesianSearch(
    (point) => {
      const [rise, flat] = point as [number, number];
      const value = 2.3 + 0.02 * (rise - 6.2) ** 2 + 0.3 * (flat - 1.4) ** 2 + 0.01 * normal();
      trials.push({ point, value });
      return rise > 13 ? { value: Number.NaN, error: Number.NaN } : { value, error: 0.01 };
    },
    {
      ranges: [
        [2, 14],
        [0.5, 4],
      ],
      points: 30,
      ...options,
    },
  );
  const best = trials.reduce((one, other) => (other.value < one.value ? other : one));
  return { trials, best };
}

describe('Bayesian search', () => {
  it.each(['ei', 'ucb', 'lcb'] as const)('finds a minimum under noise with few points: %s', (acquisition) => {
    const { best, trials } = search({ acquisition });
    expect(trials).toHaveLength(30);
    expect(Math.abs(best.point[0]! - 6.2)).toBeLessThan(1.2);
    expect(Math.abs(best.point[1]! - 1.4)).toBeLessThan(0.4);
  });

  it('is the same again with the same seed, and not with another', () => {
    expect(search().trials).toEqual(search().trials);
    expect(search({ seed: 2 }).trials[0]).not.toEqual(search().trials[0]);
  });

  it('keeps to steps and ranges, and tries no point twice', () => {
    const { trials } = search({ steps: [0.5, 0.25], points: 24 });
    for (const { point } of trials) {
      expect((point[0]! / 0.5) % 1).toBeCloseTo(0, 9);
      expect(point[0]! >= 2 && point[0]! <= 14 && point[1]! >= 0.5 && point[1]! <= 4).toBe(true);
    }
    expect(new Set(trials.map(({ point }) => point.join())).size).toBe(24);
  });
});

describe('a Gaussian process', () => {
  const points = Array.from({ length: 12 }, (_, i) => [i / 11]);
  const process = new GaussianProcess({
    points,
    values: points.map(([x]) => Math.sin(5 * x!)),
    errors: points.map(() => 1e-4),
  });

  it('goes through what was seen, and knows less between and beyond', () => {
    expect(process.at([3 / 11]).mean).toBeCloseTo(Math.sin(15 / 11), 3);
    expect(Math.abs(process.at([0.5]).mean - Math.sin(2.5))).toBeLessThan(0.01);
    expect(process.at([1.4]).sigma).toBeGreaterThan(10 * process.at([0.5]).sigma);
  });

  it('needs two observations', () => {
    expect(() => new GaussianProcess({ points: [[0]], values: [1], errors: [0] })).toThrow(
      'two observations',
    );
  });

  it('is worth a try where less is expected, or less is known', () => {
    const worth = (mean: number, sigma: number): number => acquisitionAt({ mean, sigma }, 1, 'ei');
    expect(worth(0.5, 0.1)).toBeLessThan(worth(0.9, 0.1));
    expect(worth(1.2, 0.5)).toBeLessThan(worth(1.2, 0.1));
    expect(worth(1, 0)).toBe(0);
  });
});
