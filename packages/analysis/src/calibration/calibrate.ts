import { leastSquares } from '../fit/costs.js';
import { minimise } from '../fit/minimise.js';
import { fitPolynomial, polynomial, polynomialSlope } from '../fit/polynomial.js';
import { binCenter, type Histogram, histogramOf, localMaxima, partOf } from '../histogram/histogram.js';
import { type Companion, fitLine, type LineFit } from './fit-line.js';
import { guessScale } from './guess-scale.js';
import type { GammaLine } from './line-lists.js';
import { type LineMatch, matchLines } from './match-lines.js';

/** How a spectrum is calibrated. */
export interface CalibrationOptions {
  readonly lines: readonly GammaLine[];
  /** Roughly keV per unit of the values, within 20 %; looked for when absent, for which it takes two lines. */
  readonly guess?: number;
  /** Degree of the polynomial from values to keV; 1 when absent, for a single line a factor without offset (0). */
  readonly degree?: number;
  /** Energy at which the resolution is told; 2039 keV when absent. */
  readonly resolutionAt?: number;
}

/** A line that took part in a calibration. */
export interface CalibratedLine {
  readonly line: GammaLine;
  /** In the unit of the values. */
  readonly fit: LineFit;
  /** The counts that were fitted. */
  readonly histogram: Histogram;
  readonly companions: readonly Companion[];
  /** Calibrated energy of the line minus its true one, keV. */
  readonly residual: number;
  /** keV. */
  readonly fwhm: number;
  readonly fwhmError: number;
}

/** FWHM = √(a + bE) in keV, and its value at one energy, with standard deviations. */
export interface ResolutionCurve {
  readonly a: number;
  readonly b: number;
  readonly aError: number;
  readonly bError: number;
  readonly at: number;
  readonly fwhm: number;
  readonly fwhmError: number;
}

/** Energy scale and resolution of a spectrum. */
export interface Calibration {
  /** Energy in keV = c₀ + c₁x + … */
  readonly coefficients: readonly number[];
  readonly errors: readonly number[];
  readonly lines: readonly CalibratedLine[];
  /** Lines that were looked for and could not be used, and why. */
  readonly left: readonly { readonly line: GammaLine; readonly reason: string }[];
  /** FWHM = √(a + bE) in keV; undefined when fewer than two lines are sharp. */
  readonly resolution: ResolutionCurve | undefined;
}

/** Width of the bins in which maxima are looked for, keV. */
const searchBin = 1;
/** How much a maximum must stand out, in standard deviations of its count. */
const standOut = 5;

/**
 * Calibrates a spectrum of a germanium detector: finds the lines, fits each with tail and step, fits energy as a polynomial
 * of position and the resolution as a function of energy. (Specification: hit and event tiers, chapter 6.3.)
 * Throws a RangeError when too few lines are found.
 */
export function calibrate(values: ArrayLike<number>, options: CalibrationOptions): Calibration {
  const { resolutionAt = 2039 } = options;
  const lines = [...options.lines].sort((a, b) => a.energy - b.energy);
  const energies = lines.map(({ energy }) => energy);
  const degree = options.degree ?? (lines.length === 1 ? 0 : 1);
  const guess = options.guess ?? guessScale(values, energies);
  if (guess === undefined)
    throw new RangeError(
      'no scale puts lines on maxima of the spectrum; say roughly how many keV a unit is (guess)',
    );
  if (!(guess > 0)) throw new RangeError(`the guess must be a positive number of keV per unit, not ${guess}`);
  const match =
    degree === 0
      ? matchScale(values, energies, guess)
      : matchLines(maxima(values, energies, guess), energies, { degree, guess });
  const used: Omit<CalibratedLine, 'residual' | 'fwhm' | 'fwhmError'>[] = [];
  const left: { line: GammaLine; reason: string }[] = [];
  for (const line of lines) {
    const position = match.pairs.find(({ energy }) => energy === line.energy)?.position;
    if (position === undefined) {
      left.push({ line, reason: 'no maximum was found there' });
      continue;
    }
    const slope = polynomialSlope(position, match.coefficients);
    const histogram = lineHistogram(values, position, line, slope);
    const companions = (line.companions ?? []).map(({ energy, ratio }) => ({
      shift: (energy - line.energy) / slope,
      ratio,
    }));
    const fit = fitLine(histogram, companions);
    if (fit.valid) used.push({ line, fit, histogram, companions });
    else left.push({ line, reason: fit.reason ?? 'the fit failed' });
  }
  if (used.length < degree + 1) {
    const why = left.map(({ line, reason }) => `${line.energy} keV: ${reason}`).join('; ');
    throw new RangeError(
      `${used.length} lines could be fitted, a polynomial of degree ${degree} needs more (${why})`,
    );
  }
  const scale = energyScale(used, degree, match.coefficients);
  const calibrated = used.map((one): CalibratedLine => {
    const { line, fit } = one;
    const slope = polynomialSlope(fit.peak.mu, scale.coefficients);
    const residual = polynomial(fit.peak.mu, scale.coefficients) - line.energy;
    return { ...one, residual, fwhm: fit.fwhm * slope, fwhmError: fit.fwhmError * slope };
  });
  return { ...scale, lines: calibrated, left, resolution: resolutionCurve(calibrated, resolutionAt) };
}

/** Lines on a scale without offset: the most significant maximum near the highest line fixes it. */
function matchScale(values: ArrayLike<number>, energies: readonly number[], guess: number): LineMatch {
  const highest = energies.at(-1)!;
  const [from, to] = [(0.8 * highest) / guess, (1.2 * highest) / guess];
  const histogram = histogramOf(values, from, to, searchBin / guess);
  const significance = histogram.counts.map((count) => Math.sqrt(count));
  const [strongest] = localMaxima(significance, standOut).sort((a, b) => significance[b]! - significance[a]!);
  if (strongest === undefined)
    throw new RangeError(`no line stands out within 20 % of ${highest} keV at ${guess} keV per unit`);
  const scale = highest / binCenter(histogram, strongest);
  return {
    pairs: energies.map((energy) => ({ position: energy / scale, energy })),
    coefficients: [0, scale],
  };
}

function maxima(values: ArrayLike<number>, energies: readonly number[], guess: number): number[] {
  // The guess may be 20 % too large: the highest line then lies so much further up.
  const [from, to] = [(0.6 * energies[0]!) / guess, (1.25 * energies.at(-1)!) / guess];
  const histogram = histogramOf(values, from, to, searchBin / guess);
  const significance = histogram.counts.map((count) => Math.sqrt(count));
  const found = localMaxima(significance, standOut);
  const strongest = [...found].sort((a, b) => significance[b]! - significance[a]!).slice(0, 40);
  return strongest.sort((a, b) => a - b).map((bin) => binCenter(histogram, bin));
}

/** The histogram in which a line is fitted: bins of 0.2 keV, as far as the line's range reaches. */
export function lineHistogram(
  values: ArrayLike<number>,
  position: number,
  { below, above }: GammaLine,
  slope: number,
): Histogram {
  const [from, to] = [position - below / slope, position + above / slope];
  return partOf(histogramOf(values, from, to, 0.2 / slope), from, to);
}

/** Energy as a polynomial of position, weighted by the errors of the positions turned into keV. */
function energyScale(
  used: readonly { readonly line: GammaLine; readonly fit: LineFit }[],
  degree: number,
  first: readonly number[],
): { coefficients: readonly number[]; errors: readonly number[] } {
  let coefficients = first;
  let errors: readonly number[] = [];
  for (let round = 0; round < 3; round++) {
    const points = {
      x: used.map(({ fit }) => fit.peak.mu),
      y: used.map(({ line }) => line.energy),
      errors: used.map(({ fit }) => (fit.errors['mu'] ?? 1) * polynomialSlope(fit.peak.mu, coefficients)),
    };
    ({ coefficients, errors } = fitPolynomial(points, Math.max(1, degree), degree === 0));
  }
  return { coefficients, errors };
}

function resolutionCurve(lines: readonly CalibratedLine[], at: number): Calibration['resolution'] {
  const sharp = lines.filter(({ line, fwhmError }) => line.broad !== true && fwhmError > 0);
  if (sharp.length < 2) return undefined;
  const points = {
    x: sharp.map(({ line }) => line.energy),
    y: sharp.map(({ fwhm }) => fwhm),
    errors: sharp.map(({ fwhmError }) => fwhmError),
  };
  const curve = (energy: number, [a, b]: readonly number[]): number =>
    Math.sqrt(Math.max(0, a! + b! * energy));
  const high = sharp.at(-1)!;
  const fit = minimise(leastSquares(points, curve), [
    { name: 'a', start: 0.5, step: 0.1 },
    { name: 'b', start: high.fwhm ** 2 / high.line.energy, step: 1e-4 },
  ]);
  const [a, b] = [fit.values['a']!, fit.values['b']!];
  const fwhm = curve(at, [a, b]);
  const [[aa = 0, ab = 0] = [], [, bb = 0] = []] = fit.covariance;
  const variance = (aa + 2 * at * ab + at * at * bb) / (4 * fwhm * fwhm);
  return { a, b, aError: Math.sqrt(aa), bError: Math.sqrt(bb), at, fwhm, fwhmError: Math.sqrt(variance) };
}
