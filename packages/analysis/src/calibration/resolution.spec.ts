import { describe, expect, it } from 'vitest';
import { normalNumbers, uniformNumbers } from '../statistics/random.js';
import { resolutionAt, resolutionCurve } from './resolution.js';

const energies = [238.6, 583.2, 727.3, 860.5, 1620.7, 2614.5];

function points(truth: { a: number; b: number; c: number }, error: number, seed = 3n) {
  const normal = normalNumbers(uniformNumbers(seed));
  return {
    x: energies,
    y: energies.map((energy) => resolutionAt(energy, truth) + error * normal()),
    errors: energies.map(() => error),
  };
}

describe('resolution curve', () => {
  const linear = { a: 0.8, b: 0.0022, c: 0 };
  const bent = { a: 0.8, b: 0.0012, c: 9e-7 };

  it('is the linear one where that is enough', () => {
    const found = resolutionCurve(points(linear, 0.01), 2039)!;
    expect(found.chosen.shape).toBe('linear');
    expect(found.others.map(({ shape }) => shape)).toEqual(['quadratic']);
    expect(Math.abs(found.chosen.a - linear.a)).toBeLessThan(4 * found.chosen.aError);
    expect(Math.abs(found.chosen.b - linear.b)).toBeLessThan(4 * found.chosen.bError);
    expect(found.chosen.degrees).toBe(4);
  });

  it('is the quadratic one where the widths are bent', () => {
    const { chosen, others } = resolutionCurve(points(bent, 0.01), 2039)!;
    expect(chosen.shape).toBe('quadratic');
    expect(Math.abs(chosen.c - bent.c)).toBeLessThan(4 * chosen.cError);
    expect(Math.abs(chosen.fwhm - resolutionAt(2039, bent))).toBeLessThan(4 * chosen.fwhmError);
    expect(others[0]!.pValue).toBeLessThan(chosen.pValue);
  });

  it('is the better one where neither is exact', () => {
    const { x, y } = points(bent, 1e-9);
    const wrong = { x, y: y.map((width, i) => width + (i === 2 ? 0.01 : 0)), errors: y.map(() => 1e-4) };
    const { chosen, others } = resolutionCurve(wrong, 2039)!;
    expect([chosen.pValue, others[0]!.pValue]).toEqual([0, 0]);
    expect(chosen.shape).toBe('quadratic');
  });

  it('tells how far it may be off at an energy', () => {
    const widths = Array.from(
      { length: 60 },
      (_, n) => resolutionCurve(points(linear, 0.03, BigInt(1000 + 77 * n)), 2039, 'linear')!.chosen,
    );
    const mean = widths.reduce((sum, { fwhm }) => sum + fwhm, 0) / widths.length;
    const spread = Math.sqrt(
      widths.reduce((sum, { fwhm }) => sum + (fwhm - mean) ** 2, 0) / (widths.length - 1),
    );
    const told = widths.reduce((sum, { fwhmError }) => sum + fwhmError, 0) / widths.length;
    expect(Math.abs(told / spread - 1)).toBeLessThan(0.3);
  });

  it('needs more points than coefficients to choose', () => {
    const three = points(linear, 0.01);
    const few = { x: three.x.slice(0, 3), y: three.y.slice(0, 3), errors: three.errors.slice(0, 3) };
    expect(resolutionCurve(few, 2039)!.others).toEqual([]);
    const one = { x: three.x.slice(0, 1), y: three.y.slice(0, 1), errors: three.errors.slice(0, 1) };
    expect(resolutionCurve(one, 2039)).toBeUndefined();
  });
});
