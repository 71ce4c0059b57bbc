import { describe, expect, it } from 'vitest';
import { noiseWidth } from './noise-width.js';
import { normalNumbers, uniformNumbers } from './random.js';

describe('width of noise', () => {
  const uniform = uniformNumbers(12n);
  const normal = normalNumbers(uniform);

  it('is that of the Gaussian, whatever pulses there are', () => {
    const values = Array.from({ length: 12_000 }, (_, i) =>
      i % 5 === 0 ? 100 + 80 * (uniform() - 0.5) : 100 + 1.5 * normal(),
    );
    const { mean, fwhm, fwhmError } = noiseWidth(values);
    expect(Math.abs(mean - 100)).toBeLessThan(0.1);
    expect(Math.abs(fwhm - 1.5 * 2.35482)).toBeLessThan(4 * fwhmError);
    expect(fwhmError / fwhm).toBeLessThan(0.015);
  });

  it('has an error without any background, too, and needs some values', () => {
    const { fwhm, fwhmError } = noiseWidth(Array.from({ length: 4000 }, () => 3 * normal()));
    expect(Math.abs(fwhm / (3 * 2.35482) - 1)).toBeLessThan(0.05);
    expect(fwhmError / fwhm).toBeCloseTo(1 / Math.sqrt(8000), 2);
    expect(() => noiseWidth([1, 2, 3])).toThrow('too few');
    expect(() => noiseWidth(new Float64Array(300).fill(2))).toThrow('no width');
  });
});
