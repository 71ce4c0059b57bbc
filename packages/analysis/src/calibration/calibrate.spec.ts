import { describe, expect, it } from 'vitest';
import { calibrate } from './calibrate.js';
import { guessScale } from './guess-scale.js';
import { lineLists } from './line-lists.js';

/** Pseudo-random numbers, the same in every run (a linear congruential generator of 48 bits). */
function randomNumbers(seed: bigint): () => number {
  let state = seed;
  return () => {
    state = (state * 25214903917n + 11n) & 0xffffffffffffn;
    return Number(state) / 2 ** 48;
  };
}

/** A Th-228 spectrum with known gain and resolution FWHM = √(a + bE), a small tail and a falling background. */
function spectrum(gain: number, offset: number, a: number, b: number): Float64Array {
  const random = randomNumbers(42n);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const values: number[] = [];
  const rate = [12_000, 9000, 2500, 2500, 1500, 1200, 1500, 8000];
  lineLists['Th-228']!.forEach(({ energy }, i) => {
    const sigma = Math.sqrt(a + b * energy) / 2.35482;
    for (let n = 0; n < rate[i]!; n++) {
      const tail = random() < 0.05 ? Math.log(1 - random()) * sigma : 0;
      values.push((energy + sigma * normal() + tail - offset) / gain);
      // Ra-224 beside Pb-212.
      if (i === 0 && n % 1058 < 100) values.push((240.986 + sigma * normal() - offset) / gain);
    }
  });
  for (let n = 0; n < 60_000; n++) values.push((-900 * Math.log(1 - random()) - offset) / gain);
  return Float64Array.from(values);
}

describe('calibration', () => {
  const truth = { gain: 0.3127, offset: -1.7, a: 0.8, b: 0.0022 };
  const values = spectrum(truth.gain, truth.offset, truth.a, truth.b);

  it('recovers the gain to a thousandth and the resolution to a twentieth', () => {
    const result = calibrate(values, { lines: lineLists['Th-228']!, guess: 0.33 });
    expect(result.lines.length).toBeGreaterThanOrEqual(6);
    expect(Math.abs(result.coefficients[1]! / truth.gain - 1)).toBeLessThan(1e-3);
    expect(Math.abs(result.coefficients[0]! - truth.offset)).toBeLessThan(0.3);
    for (const { residual } of result.lines) expect(Math.abs(residual)).toBeLessThan(0.3);
    const expected = Math.sqrt(truth.a + truth.b * 2039);
    expect(Math.abs(result.resolution!.fwhm / expected - 1)).toBeLessThan(0.05);
  });

  it('finds the scale itself', () => {
    const found = guessScale(
      values,
      lineLists['Th-228']!.map(({ energy }) => energy),
    );
    expect(Math.abs(found! / truth.gain - 1)).toBeLessThan(0.01);
    const { coefficients, resolution } = calibrate(values, { lines: lineLists['Th-228']! });
    expect(Math.abs(coefficients[1]! / truth.gain - 1)).toBeLessThan(1e-3);
    expect(resolution!.fwhmError).toBeGreaterThan(0);
    expect(resolution!.fwhmError).toBeLessThan(0.1 * resolution!.fwhm);
  });

  it('takes a factor from a single line', () => {
    const line = lineLists['Th-228']!.at(-1)!;
    const { coefficients, errors } = calibrate(values, { lines: [line], guess: 0.3 });
    expect(coefficients[0]).toBe(0);
    expect(coefficients[1]! / truth.gain).toBeCloseTo(line.energy / (line.energy - truth.offset), 3);
    expect(errors[1]).toBeGreaterThan(0);
  });

  it('says which lines it could not use', () => {
    const lines = [...lineLists['Th-228']!, { name: 'none', energy: 1800, below: 15, above: 15 }];
    const { left } = calibrate(values, { lines, guess: 0.3 });
    expect(left.find(({ line }) => line.energy === 1800)?.reason).toBe('no maximum was found there');
  });

  it('refuses noise, and a guess that is no scale', () => {
    const random = randomNumbers(3n);
    const noise = Float64Array.from({ length: 20_000 }, () => 9000 * random());
    expect(() => calibrate(noise, { lines: lineLists['Co-60']!, guess: 0.3 })).toThrow('lines');
    expect(() => calibrate(values, { lines: lineLists['Co-60']!, guess: 0 })).toThrow('positive number');
  });
});
