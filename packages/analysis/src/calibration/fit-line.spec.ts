import { describe, expect, it } from 'vitest';
import { histogramOf } from '../histogram/histogram.js';
import { normalNumbers, uniformNumbers } from '../statistics/random.js';
import { fitLine } from './fit-line.js';

const truth = { mu: 2614.5, sigma: 1.1, htail: 0.12, tau: 1.8, nSig: 3000, nBkg: 600 };

/** A line with a tail on a background that is twice as high below it as above. */
function simulated(seed: bigint, counts = truth.nSig, htail = truth.htail): Float64Array {
  const uniform = uniformNumbers(seed);
  const normal = normalNumbers(uniform);
  return Float64Array.from({ length: counts + truth.nBkg }, (_, i) => {
    if (i >= counts) {
      const below = uniform() < 2 / 3;
      return below ? truth.mu - 20 * uniform() : truth.mu + 20 * uniform();
    }
    const tail = uniform() < htail ? truth.tau * Math.log(uniform()) : 0;
    return truth.mu + truth.sigma * normal() + tail;
  });
}

const histogram = (values: ArrayLike<number>) => histogramOf(values, truth.mu - 20, truth.mu + 20, 0.2);

describe('fit of a line', { timeout: 60_000 }, () => {
  it('has errors that are as large as fits differ, of single values as of bins', () => {
    const pulls = { binned: [] as number[], unbinned: [] as number[] };
    for (let n = 0; n < 12; n++) {
      const values = simulated(BigInt(101 + 13 * n), 500, 0);
      for (const kind of ['binned', 'unbinned'] as const) {
        const fit = fitLine(
          histogram(values),
          [],
          kind === 'unbinned' ? { values, shape: 'gauss' } : { shape: 'gauss' },
        );
        expect(fit.valid).toBe(true);
        expect(fit.likelihood).toBe(kind);
        pulls[kind].push((fit.peak.mu - truth.mu) / fit.errors['mu']!);
      }
    }
    for (const some of Object.values(pulls)) {
      const mean = some.reduce((sum, pull) => sum + pull, 0) / some.length;
      const spread = Math.sqrt(some.reduce((sum, pull) => sum + pull * pull, 0) / some.length);
      expect(Math.abs(mean)).toBeLessThan(0.7);
      expect(spread).toBeGreaterThan(0.5);
      expect(spread).toBeLessThan(1.6);
    }
  });

  it('of single values finds what they were made from', () => {
    const values = simulated(5n, 12_000);
    const fit = fitLine(histogram(values), [], { values });
    expect(fit.likelihood).toBe('unbinned');
    for (const name of ['mu', 'sigma', 'htail', 'tau'] as const)
      expect(Math.abs(fit.peak[name] - truth[name]), name).toBeLessThan(3.5 * fit.errors[name]!);
    expect(fit.free).toContain('htail');
    expect(fit.pValue).toBeGreaterThan(1e-3);
  });

  it('stays with bins for more values than are wanted', () => {
    const values = simulated(5n);
    expect(fitLine(histogram(values), [], { values, mostValues: 1000 }).likelihood).toBe('binned');
  });

  it('has the tail that is there, also where so many counts leave no shape a probability', () => {
    const uniform = uniformNumbers(5n);
    const normal = normalNumbers(uniform);
    const values = Float64Array.from({ length: 260_000 }, () => {
      const tail = uniform() < truth.htail ? truth.tau * Math.log(uniform()) : 0;
      const shoulder = uniform() < 0.03 ? -6 : 0;
      return truth.mu + truth.sigma * normal() + tail + shoulder;
    });
    const fit = fitLine(histogramOf(values, truth.mu - 20, truth.mu + 20, 0.05));
    expect(fit.pValue).toBe(0);
    expect(fit.peak.htail).toBeGreaterThan(0.1);
    expect(fit.fwhm).toBeLessThan(3.2);
  });

  it('has no tail when it is told so, and a smaller one with a prior', () => {
    const values = simulated(9n, 12_000);
    const free = fitLine(histogram(values));
    expect(free.peak.htail).toBeGreaterThan(0.05);
    expect(fitLine(histogram(values), [], { shape: 'gauss' }).peak.htail).toBe(0);
    const held = fitLine(histogram(values), [], { tailPrior: 10 });
    expect(held.peak.htail).toBeLessThan(free.peak.htail);
  });

  it('is refused below the probability that is asked for only when χ² is large as well', () => {
    const twice = simulated(5n, 12_000).map((value, i) => (i % 2 === 0 ? value : value + 7));
    const fit = fitLine(histogram(twice));
    expect(fit.valid).toBe(false);
    expect(fit.reason).toMatch(/χ² is \d+ for/);
  });

  it('does without a background where there is none', () => {
    const normal = normalNumbers(uniformNumbers(6n));
    const values = Float64Array.from({ length: 2000 }, () => truth.mu + truth.sigma * normal());
    const fit = fitLine(histogram(values));
    expect(fit.valid).toBe(true);
    expect(Math.abs(fit.peak.nSig - 2000)).toBeLessThan(20);
    expect(fit.errors['mu']! / (truth.sigma / Math.sqrt(2000))).toBeCloseTo(1, 1);
  });
});
