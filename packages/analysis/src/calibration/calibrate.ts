import { leastSquares } from '../fit/costs.js';
import { minimise } from '../fit/minimise.js';
import { fitPolynomial, polynomial, polynomialSlope } from '../fit/polynomial.js';
import { binCenter, histogramOf, localMaxima, partOf } from '../histogram/histogram.js';
import { fitLine, type LineFit } from './fit-line.js';
import type { GammaLine } from './line-lists.js';
import { matchLines } from './match-lines.js';

/** How a spectrum is calibrated. */
export interface CalibrationOptions {
  readonly lines: readonly GammaLine[];
  /** Roughly keV per unit of the values, within 20 %. */
  readonly guess: number;
  /** Degree of the polynomial from values to keV; 1 when absent. */
  readonly degree?: number;
  /** Energy at which the resolution is told; 2039 keV when absent. */
  readonly resolutionAt?: number;
}

/** A line that took part in a calibration. */
export interface CalibratedLine {
  readonly line: GammaLine;
  /** In the unit of the values. */
  readonly fit: LineFit;
  /** Calibrated energy of the line minus its true one, keV. */
  readonly residual: number;
  /** keV. */
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
  readonly resolution:
    | { readonly a: number; readonly b: number; readonly at: number; readonly fwhm: number }
    | undefined;
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
  const { guess, degree = 1, resolutionAt = 2039 } = options;
  const lines = [...options.lines].sort((a, b) => a.energy - b.energy);
  if (!(guess > 0)) throw new RangeError(`the guess must be a positive number of keV per unit, not ${guess}`);
  const energies = lines.map(({ energy }) => energy);
  const match = matchLines(maxima(values, energies, guess), energies, { degree, guess });
  const used: { line: GammaLine; fit: LineFit }[] = [];
  const left: { line: GammaLine; reason: string }[] = [];
  for (const line of lines) {
    const position = match.pairs.find(({ energy }) => energy === line.energy)?.position;
    if (position === undefined) {
      left.push({ line, reason: 'no maximum was found there' });
      continue;
    }
    const slope = polynomialSlope(position, match.coefficients);
    const fit = fitAround(values, position, line, slope);
    if (fit.valid) used.push({ line, fit });
    else left.push({ line, reason: fit.reason ?? 'the fit failed' });
  }
  if (used.length < degree + 1) {
    const why = left.map(({ line, reason }) => `${line.energy} keV: ${reason}`).join('; ');
    throw new RangeError(
      `${used.length} lines could be fitted, a polynomial of degree ${degree} needs more (${why})`,
    );
  }
  const scale = energyScale(used, degree, match.coefficients);
  const calibrated = used.map(({ line, fit }): CalibratedLine => {
    const slope = polynomialSlope(fit.peak.mu, scale.coefficients);
    const residual = polynomial(fit.peak.mu, scale.coefficients) - line.energy;
    return { line, fit, residual, fwhm: fit.fwhm * slope, fwhmError: fit.fwhmError * slope };
  });
  return { ...scale, lines: calibrated, left, resolution: resolutionCurve(calibrated, resolutionAt) };
}

function maxima(values: ArrayLike<number>, energies: readonly number[], guess: number): number[] {
  const [from, to] = [(0.6 * energies[0]!) / guess, (1.1 * energies.at(-1)!) / guess];
  const histogram = histogramOf(values, from, to, searchBin / guess);
  const significance = histogram.counts.map((count) => Math.sqrt(count));
  const found = localMaxima(significance, standOut);
  const strongest = [...found].sort((a, b) => significance[b]! - significance[a]!).slice(0, 40);
  return strongest.sort((a, b) => a - b).map((bin) => binCenter(histogram, bin));
}

function fitAround(values: ArrayLike<number>, position: number, line: GammaLine, slope: number): LineFit {
  const bin = 0.2 / slope;
  const [from, to] = [position - line.below / slope, position + line.above / slope];
  return fitLine(partOf(histogramOf(values, from, to, bin), from, to));
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
    ({ coefficients, errors } = fitPolynomial(points, degree));
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
  return { a, b, at, fwhm: curve(at, [a, b]) };
}
