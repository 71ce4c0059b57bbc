import { describe, expect, it } from 'vitest';
import { uniformNumbers } from '../statistics/random.js';
import { type LinesTruth, simulatedLines } from '../testing/simulated-lines.js';
import { calibrate } from './calibrate.js';
import { findScale } from './find-scale.js';
import { type GammaLine, lineLists } from './line-lists.js';

/** A Th-228 spectrum, with Ra-224 beside Pb-212. */
function thorium(truth: LinesTruth): Float64Array {
  const counts = [12_000, 9000, 2500, 2500, 1500, 1200, 1500, 8000];
  const lines = lineLists['Th-228']!.map(({ energy }, i) => [energy, counts[i]!] as const);
  return simulatedLines([...lines, [240.986, 1134]], truth);
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
    const energies = lineLists['Th-228']!.map(({ energy }) => energy);
    const [, gain] = findScale(values, energies, 1).coefficients;
    expect(Math.abs(gain! / truth.gain - 1)).toBeLessThan(0.002);
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

  it('comes to the same with every value fitted by itself', () => {
    const options = { lines: lineLists['Th-228']!, guess: 0.33 };
    const binned = calibrate(values, options);
    const unbinned = calibrate(values, { ...options, unbinned: 8000 });
    const kinds = unbinned.lines.map(({ fit }) => fit.likelihood);
    expect(kinds).toContain('unbinned');
    // Lines with more values stay in bins.
    expect(kinds).toContain('binned');
    expect(Math.abs(unbinned.coefficients[1]! / truth.gain - 1)).toBeLessThan(1e-3);
    for (const [i, { fit }] of unbinned.lines.entries()) {
      const before = binned.lines[i]!.fit;
      expect(Math.abs(fit.peak.mu - before.peak.mu)).toBeLessThan(0.2 * before.errors['mu']!);
      expect(Math.abs(fit.fwhmError / before.fwhmError - 1)).toBeLessThan(0.15);
    }
  });

  it('may take the tops of lines for their places', () => {
    const { coefficients, lines } = calibrate(values, {
      lines: lineLists['Th-228']!,
      guess: 0.33,
      positions: 'tops',
    });
    expect(Math.abs(coefficients[1]! / truth.gain - 1)).toBeLessThan(1e-3);
    // A Gaussian without a tail lies a little lower than one with it.
    expect(lines.some(({ position, fit }) => position !== fit.peak.mu)).toBe(true);
  });

  it('leaves a scale in keV as it is', () => {
    const keV = values.map((value) => truth.offset + truth.gain * value);
    const kept = calibrate(keV, { lines: lineLists['Th-228']!, degree: 'keep' });
    expect(kept.coefficients).toEqual([0, 1]);
    expect(kept.lines.length).toBeGreaterThanOrEqual(6);
    for (const { residual } of kept.lines) expect(Math.abs(residual)).toBeLessThan(0.3);
    expect(kept.resolution!.fwhm / Math.sqrt(truth.a + truth.b * 2039)).toBeCloseTo(1, 1);
  });

  it('finds an offset beside a gain that is known', () => {
    const lines = lineLists['Th-228']!;
    const found = calibrate(values, { lines, degree: -1, guess: truth.gain });
    expect(found.coefficients[1]).toBe(truth.gain);
    expect(Math.abs(found.coefficients[0]! - truth.offset)).toBeLessThan(0.2);
    const alone = calibrate(values, { lines: [lines.at(-1)!], degree: -1, guess: truth.gain });
    expect(Math.abs(alone.coefficients[0]! - truth.offset)).toBeLessThan(0.3);
    expect(() => calibrate(values, { lines, degree: -1 })).toThrow('an offset alone needs the gain');
  });

  it('is not moved by values that are whole numbers', () => {
    const whole = values.map((value) => Math.round(value));
    const { coefficients } = calibrate(whole, { lines: lineLists['Th-228']!, guess: 0.33 });
    expect(Math.abs(coefficients[1]! / truth.gain - 1)).toBeLessThan(1e-3);
    expect(Math.abs(coefficients[0]! - truth.offset)).toBeLessThan(0.1);
  });

  it('finds weak lines where the others say that they are', () => {
    const lines = [...lineLists['Th-228']!, { name: 'weak', energy: 2204.1, below: 20, above: 20 }];
    const more = Float64Array.from([...values, ...simulatedLines([[2204.1, 250]], truth, 0, 7n)]);
    const { lines: used, left } = calibrate(more, { lines, guess: 0.33 });
    expect(left.map(({ line }) => line.name)).not.toContain('weak');
    const weak = used.find(({ line }) => line.name === 'weak')!;
    expect(Math.abs(weak.residual)).toBeLessThan(1);
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
  const truths: [name: string, lines: readonly GammaLine[], truth: LinesTruth][] = [
    ['Th-228', lineLists['Th-228']!, { gain: 0.1201, offset: 2.2, a: 1.1, b: 0.0019 }],
    ['Co-60', lineLists['Co-60']!, { gain: 0.4105, offset: 0.9, a: 0.9, b: 0.002 }],
    ['Cs-137', lineLists['Cs-137']!, { gain: 0.0873, offset: 0, a: 0.7, b: 0.0025 }],
    ['a list of one’s own', own, { gain: 0.6034, offset: -1.1, a: 1, b: 0.0021 }],
  ];
  const simulated = (name: string, lines: readonly GammaLine[], truth: LinesTruth): Float64Array =>
    name === 'Th-228'
      ? thorium(truth)
      : simulatedLines(
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
      const energies = lines.map(({ energy }) => energy).sort((a, b) => a - b);
      const [, gain] = findScale(simulated(name, lines, truth), energies, 1).coefficients;
      expect(Math.abs(gain! / truth.gain - 1)).toBeLessThan(0.01);
    },
  );
});
