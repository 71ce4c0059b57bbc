import type { Points } from '../fit/costs.js';
import { polynomial, polynomialSlope } from '../fit/polynomial.js';
import { type Histogram, partOf } from '../histogram/histogram.js';
import { energyScale } from './energy-scale.js';
import { findScale } from './find-scale.js';
import { fitLine, type LineFit, type LineFitOptions } from './fit-line.js';
import type { Companion } from './line-cost.js';
import type { GammaLine } from './line-lists.js';
import { linePositions, peakTop } from './line-positions.js';
import type { LineMatch } from './match-lines.js';
import { type ResolutionCurve, type ResolutionShape, resolutionCurve } from './resolution.js';
import { areWhole, spectrumBins } from './spectrum-bins.js';

/** How a spectrum is calibrated. */
export interface CalibrationOptions {
  readonly lines: readonly GammaLine[];
  /** Roughly keV per unit of the values, within 20 %; looked for when absent, for which it takes two lines. */
  readonly guess?: number;
  /**
   * Degree of the polynomial from values to keV; 1 when absent, for a single line a factor without offset (0). −1: an
   * offset alone, with the guess as gain. `keep`: the values are keV already, and stay as they are.
   */
  readonly degree?: number | 'keep';
  /** Energy at which the resolution is told; 2039 keV when absent. */
  readonly resolutionAt?: number;
  /** `auto` when absent: the curve that describes the widths better. */
  readonly resolutionShape?: ResolutionShape | 'auto';
  /** Single values are fitted in the end, by the unbinned likelihood, in ranges with at most so many; not when absent. */
  readonly unbinned?: number;
  /** What places a line: μ of its whole fit (when absent), or the top of a Gaussian on a flat background. */
  readonly positions?: 'fits' | 'tops';
  /** How lines are fitted. */
  readonly fit?: Pick<LineFitOptions, 'tailPrior' | 'leastProbability'>;
}

/** A line that took part in a calibration. */
export interface CalibratedLine {
  readonly line: GammaLine;
  /** In the unit of the values. */
  readonly fit: LineFit;
  /** Where the line is for the energy scale, with its standard deviation, in the unit of the values. */
  readonly position: number;
  readonly positionError: number;
  /** The counts that were fitted. */
  readonly histogram: Histogram;
  readonly companions: readonly Companion[];
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
  /** FWHM over energy; undefined when fewer than two lines are sharp. */
  readonly resolution: ResolutionCurve | undefined;
  /** Curves of the resolution that were tried as well. */
  readonly otherResolutions: readonly ResolutionCurve[];
}

/** Width of the bins in which lines are fitted, keV. */
const fitBin = 0.2;
/** A top is fitted at most so far on both sides, keV. */
const topReach = 15;

type Used = Omit<CalibratedLine, 'residual' | 'fwhm' | 'fwhmError'>;

/**
 * Calibrates a spectrum of a germanium detector: finds the lines, fits each with tail and step, fits energy as a polynomial
 * of position and the resolution as a function of energy. (Specification: hit and event tiers, chapter 6.3.)
 * Throws a RangeError when too few lines are found.
 */
export function calibrate(values: ArrayLike<number>, options: CalibrationOptions): Calibration {
  const lines = [...options.lines].sort((a, b) => a.energy - b.energy);
  const degree = options.degree ?? (lines.length === 1 ? 0 : 1);
  const whole = areWhole(values);
  const match = matchOf(values, lines, { ...options, degree });
  const positions = linePositions(values, lines, match, whole);
  const used: Used[] = [];
  const left: { line: GammaLine; reason: string }[] = [];
  for (const line of lines) {
    const position = positions.get(line.energy);
    if (position === undefined) {
      left.push({ line, reason: 'no maximum was found there' });
      continue;
    }
    const one = usedLine(values, line, { position, match, whole, options });
    if ('reason' in one) left.push({ line, reason: one.reason });
    else used.push(one);
  }
  const needed = degree === 'keep' ? 1 : Math.max(1, degree + 1);
  if (used.length < needed) {
    const why = left.map(({ line, reason }) => `${line.energy} keV: ${reason}`).join('; ');
    throw new RangeError(
      `${used.length} lines could be fitted, ${
        degree === 'keep' ? 'at least one is needed' : `a polynomial of degree ${degree} needs more`
      } (${why})`,
    );
  }
  const points = used.map(({ line, position, positionError }) => ({
    energy: line.energy,
    position,
    error: positionError,
  }));
  const scale =
    degree === 'keep'
      ? { coefficients: [0, 1], errors: [0, 0] }
      : energyScale(points, degree, match.coefficients);
  const calibrated = used.map((one): CalibratedLine => {
    const { line, fit, position } = one;
    const slope = polynomialSlope(fit.peak.mu, scale.coefficients);
    const residual = polynomial(position, scale.coefficients) - line.energy;
    return { ...one, residual, fwhm: fit.fwhm * slope, fwhmError: fit.fwhmError * slope };
  });
  const { resolutionAt = 2039, resolutionShape } = options;
  const curves = resolutionCurve(widthPoints(calibrated), resolutionAt, resolutionShape);
  return {
    ...scale,
    lines: calibrated,
    left,
    resolution: curves?.chosen,
    otherResolutions: curves?.others ?? [],
  };
}

/** Which maxima are which lines, and a first polynomial from values to keV. */
function matchOf(
  values: ArrayLike<number>,
  lines: readonly GammaLine[],
  { degree, guess: given }: { readonly degree: number | 'keep'; readonly guess?: number },
): LineMatch {
  const energies = lines.map(({ energy }) => energy);
  if (degree === 'keep') return { pairs: [], coefficients: [0, 1] };
  if (degree < 0 && given === undefined)
    throw new RangeError('an offset alone needs the gain: say how many keV a unit is (guess)');
  if (given !== undefined && !(given > 0))
    throw new RangeError(`the guess must be a positive number of keV per unit, not ${given}`);
  if (degree >= 0) return findScale(values, energies, degree, given);
  const match = findScale(values, energies, 1, given);
  return { ...match, coefficients: offsetOf(match, given!) };
}

function offsetOf({ pairs }: LineMatch, gain: number): number[] {
  const offsets = pairs.map(({ position, energy }) => energy - gain * position).sort((a, b) => a - b);
  return [offsets[offsets.length >> 1]!, gain];
}

/** Fits one line where it is; or says why it cannot be used. */
function usedLine(
  values: ArrayLike<number>,
  line: GammaLine,
  at: {
    readonly position: number;
    readonly match: LineMatch;
    readonly whole: boolean;
    readonly options: CalibrationOptions;
  },
): Used | { readonly reason: string } {
  const { position, match, whole, options } = at;
  const slope = polynomialSlope(position, match.coefficients);
  const histogram = lineHistogram(values, position, line, slope, whole);
  const companions = (line.companions ?? []).map(({ energy, ratio }) => ({
    shift: (energy - line.energy) / slope,
    ratio,
  }));
  const { unbinned, fit: how = {} } = options;
  const fit = fitLine(histogram, companions, {
    ...how,
    ...(line.shape === undefined ? {} : { shape: line.shape }),
    // Whole numbers are in bins of their own already.
    ...(unbinned === undefined || whole ? {} : { values, mostValues: unbinned }),
  });
  if (!fit.valid) return { reason: fit.reason ?? 'the fit failed' };
  const top = options.positions === 'tops' ? peakTop(histogram, topReach / slope) : undefined;
  if (options.positions === 'tops' && top === undefined) return { reason: 'the fit of its top failed' };
  return {
    line,
    fit,
    position: top?.position ?? fit.peak.mu,
    positionError: top?.error ?? fit.errors['mu']!,
    histogram,
    companions,
  };
}

/** The histogram in which a line is fitted: bins of 0.2 keV, as far as the line's range reaches. */
export function lineHistogram(
  values: ArrayLike<number>,
  position: number,
  { below, above }: Pick<GammaLine, 'below' | 'above'>,
  slope: number,
  whole = false,
): Histogram {
  const [from, to] = [position - below / slope, position + above / slope];
  const histogram = spectrumBins(values, { from, to, width: fitBin / slope }, whole);
  return whole ? histogram : partOf(histogram, from, to);
}

function widthPoints(lines: readonly CalibratedLine[]): Points {
  const sharp = lines.filter(({ line, fwhmError }) => line.broad !== true && fwhmError > 0);
  return {
    x: sharp.map(({ line }) => line.energy),
    y: sharp.map(({ fwhm }) => fwhm),
    errors: sharp.map(({ fwhmError }) => fwhmError),
  };
}
