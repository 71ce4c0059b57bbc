import { describe, expect, it } from 'vitest';
import { normalNumbers, uniformNumbers } from '../statistics/random.js';
import { calibrate } from './calibrate.js';
import { guessScale } from './guess-scale.js';
import { type GammaLine, lineLists } from './line-lists.js';

interface Truth {
  readonly gain: number;
  readonly offset: number;
  /** FWHM = √(a + bE). */
  readonly a: number;
  readonly b: number;
}

/** Lines with counts, known gain and resolution, a small tail and a falling background. */
function spectrumOf(
  lines: readonly (readonly [energy: number, counts: number])[],
  { gain, offset, a, b }: Truth,
  background = 60_000,
): Float64Array {
  const random = uniformNumbers(42n);
  const normal = normalNumbers(random);
  const values: number[] = [];
  for (const [energy, counts] of lines) {
    const sigma = Math.sqrt(a + b * energy) / 2.35482;
    for (let n = 0; n < counts; n++) {
      const tail = random() < 0.05 ? Math.log(random()) * sigma : 0;
      values.push((energy + sigma * normal() + tail - offset) / gain);
    }
  }
  for (let n = 0; n < background; n++) values.push((-900 * Math.log(random()) - offset) / gain);
  return Float64Array.from(values);
}

/** A Th-228 spectrum, with Ra-224 beside Pb-212. */
function thorium(truth: Truth): Float64Array {
  const counts = [12_000, 9000, 2500, 2500, 1500, 1200, 1500, 8000];
  const lines = lineLists['Th-228']!.map(({ energy }, i) => [energy, counts[i]!] as const);
  return spectrumOf([...lines, [240.986, 1134]], truth);
}

describe('calibration', { timeout: 30_000 }, () => {
  const truth = { gain: 0.3127, offset: -1.7, a: 0.8, b: 0.0022 };
  const values = thorium(truth);

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
    const random = uniformNumbers(3n);
    const noise = Float64Array.from({ length: 20_000 }, () => 9000 * random());
    expect(() => calibrate(noise, { lines: lineLists['Co-60']!, guess: 0.3 })).toThrow('lines');
    expect(() => calibrate(values, { lines: lineLists['Co-60']!, guess: 0 })).toThrow('positive number');
  });
});

describe('lines of a source', { timeout: 30_000 }, () => {
  const own: GammaLine[] = [
    { name: 'K-40', energy: 1460.822, below: 20, above: 20 },
    { name: 'Bi-214', energy: 609.312, below: 15, above: 15 },
    { name: 'Tl-208', energy: 2614.511, below: 30, above: 30 },
  ];
  const truths: [name: string, lines: readonly GammaLine[], truth: Truth][] = [
    ['Th-228', lineLists['Th-228']!, { gain: 0.1201, offset: 2.2, a: 1.1, b: 0.0019 }],
    ['Co-60', lineLists['Co-60']!, { gain: 0.4105, offset: 0.9, a: 0.9, b: 0.002 }],
    ['Cs-137', lineLists['Cs-137']!, { gain: 0.0873, offset: 0, a: 0.7, b: 0.0025 }],
    ['a list of one’s own', own, { gain: 0.6034, offset: -1.1, a: 1, b: 0.0021 }],
  ];
  const simulated = (name: string, lines: readonly GammaLine[], truth: Truth): Float64Array =>
    name === 'Th-228'
      ? thorium(truth)
      : spectrumOf(
          lines.map(({ energy }) => [energy, 6000]),
          truth,
          40_000,
        );

  it.each(truths)('of %s give gain and resolution', (name, lines, truth) => {
    const { coefficients, lines: used } = calibrate(simulated(name, lines, truth), {
      lines,
      guess: 1.1 * truth.gain,
    });
    expect(Math.abs(coefficients[1]! / truth.gain - 1)).toBeLessThan(1e-3);
    expect(used.length).toBeGreaterThanOrEqual(Math.ceil(0.75 * lines.length));
    for (const { line, fwhm, fwhmError } of used.filter((one) => one.line.broad !== true)) {
      const expected = Math.sqrt(truth.a + truth.b * line.energy);
      expect(Math.abs(fwhm - expected), `${line.energy}`).toBeLessThan(0.05 * expected + 3 * fwhmError);
    }
  });

  it.each(truths.filter(([, lines]) => lines.length > 1))(
    'of %s are found without a guess',
    (name, lines, truth) => {
      const found = guessScale(
        simulated(name, lines, truth),
        lines.map(({ energy }) => energy).sort((a, b) => a - b),
      );
      expect(Math.abs(found! / truth.gain - 1)).toBeLessThan(0.02);
    },
  );
});
