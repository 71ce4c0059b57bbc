import { describe, expect, it } from 'vitest';
import { energyScale } from './energy-scale.js';

const energies = [238.632, 583.187, 727.33, 860.53, 1620.738, 2614.511];
const points = energies.map((energy) => ({ energy, position: (energy + 1.7) / 0.31, error: 0.1 }));

describe('energy scale', () => {
  it('goes through lines without residuals', () => {
    const { coefficients, errors } = energyScale(points, 1, [0, 0.3]);
    expect(coefficients[0]).toBeCloseTo(-1.7, 6);
    expect(coefficients[1]).toBeCloseTo(0.31, 8);
    expect(errors[1]).toBeGreaterThan(0);
  });

  it('is not bent by one line that lies far off', () => {
    const off = points.map((one, i) => (i === 3 ? { ...one, position: one.position + 12 } : one));
    const { coefficients } = energyScale(off, 1, [0, 0.3]);
    expect(Math.abs(coefficients[1]! / 0.31 - 1)).toBeLessThan(3e-5);
    expect(Math.abs(coefficients[0]! + 1.7)).toBeLessThan(0.05);
  });

  it('may be an offset or a factor alone', () => {
    expect(energyScale(points, -1, [0, 0.31]).coefficients[0]).toBeCloseTo(-1.7, 9);
    const factor = points.map((one) => ({ ...one, position: one.energy / 0.31 }));
    expect(energyScale(factor, 0, [0, 0.3]).coefficients).toEqual([0, expect.closeTo(0.31, 9)]);
  });
});
