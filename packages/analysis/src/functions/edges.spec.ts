import { describe, expect, it } from 'vitest';
import { exgaussCdf } from './exgauss.js';
import { gaussCdf } from './gauss.js';
import { peakMode, peakWidth } from './peak-widths.js';

describe('peak functions at their edges', () => {
  it('keep their digits where they are tiny', () => {
    // scipy.stats.norm.cdf
    expect(gaussCdf(-10, 0, 1) / 7.61985302416e-24).toBeCloseTo(1, 10);
    expect(gaussCdf(-5, 0, 1) / 2.86651571879e-7).toBeCloseTo(1, 10);
  });

  it('without a tail are Gaussians', () => {
    for (const x of [-3, 0, 1.2]) expect(exgaussCdf(x, 0.1, 1.1, 0)).toBeCloseTo(gaussCdf(x, 0.1, 1.1), 14);
  });

  it('have a highest place wherever they lie', () => {
    const shape = { sigma: 1, htail: 0.3, tau: 0.8 };
    const mode = peakMode({ ...shape, mu: 0 });
    expect(mode).toBeLessThan(0);
    expect(peakMode({ ...shape, mu: 2614.5 }) - 2614.5).toBeCloseTo(mode, 6);
    // A width of few rounding errors, and tails to both sides.
    expect(peakMode({ ...shape, mu: 1e16 })).toBeCloseTo(1e16, -1);
    expect(peakMode({ ...shape, mu: 0, tau: -0.8 })).toBeCloseTo(-mode, 6);
    expect(peakWidth({ ...shape, mu: 0, tau: -0.8 })).toBeCloseTo(peakWidth({ ...shape, mu: 0 }), 6);
  });
});
