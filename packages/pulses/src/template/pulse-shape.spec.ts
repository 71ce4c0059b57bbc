import { describe, expect, it } from 'vitest';
import { makeTemplate } from './pulse-shape.js';

const shape = { taur: 20e-9, tauon: 10e-9, tauf: 30e-9, pheight: -0.1 };

describe('template', () => {
  it('has samples from the beginning to the end of the shape, and what a record must reach', () => {
    const made = makeTemplate(shape, 10e-9);
    const wanted = [0, -0.05, -0.1, -0.1, -2 / 30, -1 / 30, 0];
    expect(made.samples).toHaveLength(7);
    made.samples.forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 12));
    expect(made.threshold).toBeCloseTo(
      wanted.reduce((sum, value) => sum + value * value, 0),
      12,
    );
    expect(made.centered.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
  });

  it('gives both lobes the same area', () => {
    const { samples } = makeTemplate({ ...shape, mode: 1, tauf2: 10e-9, tauoff: 20e-9, taur2: 30e-9 }, 1e-9);
    expect(samples.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 9);
  });

  it('is a single zero for a shape that falls between two samples', () => {
    const { samples, threshold } = makeTemplate(shape, 1e-6);
    expect([samples.length, Math.abs(samples[0]!), threshold]).toEqual([1, 0, 0]);
    expect(() => makeTemplate(shape, 0)).toThrow('a sampling time above 0');
  });
});
