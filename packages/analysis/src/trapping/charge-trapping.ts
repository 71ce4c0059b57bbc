import { calibrate, lineHistogram } from '../calibration/calibrate.js';
import { fitLine, type LineFit, type LineFitOptions, widthError } from '../calibration/fit-line.js';
import type { GammaLine } from '../calibration/line-lists.js';
import { peakShape } from '../functions/hpge-peak.js';
import { peakWidth } from '../functions/peak-widths.js';
import type { Histogram } from '../histogram/histogram.js';
import { type CurveMinimum, curveMinimum } from '../search/curve-minimum.js';

/** How the correction of trapped charge is looked for. */
export interface TrappingOptions {
  /** The line whose width is made small. */
  readonly line: Pick<GammaLine, 'energy' | 'below' | 'above'>;
  /** Roughly keV per unit of the energies, within 20 %; 1 for energies in keV. */
  readonly guess: number;
  /** Largest α that is tried, per unit of the drift times; 3.5e-6 when absent. */
  readonly largest?: number;
  /** How many values of α from 0 on are tried; 11 when absent. */
  readonly steps?: number;
  /** Fraction of its maximum at which the width of the line is told, beside ½; 0.2 when absent. */
  readonly fraction?: number;
  /** Whether the error of α is found as well, which takes ten times as long; it is when absent. */
  readonly withError?: boolean;
}

/** The line for one value of α. */
export interface TrappingPoint {
  readonly alpha: number;
  /** Width at half maximum over the height of the line: what is made small, in units of its value for α = 0. */
  readonly figure: number;
  readonly figureError: number;
  /** keV: at half of the maximum, and at the fraction. */
  readonly fwhm: number;
  readonly fwhmError: number;
  readonly width: number;
  readonly widthError: number;
}

/** The correction E·(1 + α·drift time) with which a line is narrowest. */
export interface ChargeTrapping {
  readonly alpha: number;
  /** From subsets of the events, a tenth left out of each in turn; NaN when it was not asked for. */
  readonly alphaError: number;
  /** The curve of the figure over α through all points. */
  readonly curve: CurveMinimum;
  readonly scan: readonly TrappingPoint[];
  /** Without the correction, and with it. */
  readonly before: TrappingPoint & { readonly spectrum: TrappingSpectrum };
  readonly after: TrappingPoint & { readonly spectrum: TrappingSpectrum };
  /** Events that counted. */
  readonly events: number;
}

/** The counts of a line, in keV, and their fit. */
export interface TrappingSpectrum {
  readonly histogram: Histogram;
  readonly fit: LineFit;
}

const fewest = 500;
const groups = 10;
const degree = 4;

/** Events around the line, with energies in keV without a correction, and drift times less their middle. */
interface Events {
  readonly energies: Float64Array;
  readonly driftTimes: Float64Array;
  readonly middle: number;
}

/**
 * Finds the correction of charge that is trapped on its way, E·(1 + α·t) for the drift time t: α is tried from 0 on, a curve
 * of the fourth degree goes through the width of a line over its height, and its lowest place is taken.
 * (Specification: hit and event tiers, chapter 6.1.) The middle of all drift times stays where it is while α is tried, so
 * that the line does not move.
 * @param energies row by row with `driftTimes`; rows with a NaN do not count
 * Throws a RangeError for fewer than 500 events around the line, and where it cannot be found or fitted.
 */
export function chargeTrapping(
  energies: ArrayLike<number>,
  driftTimes: ArrayLike<number>,
  options: TrappingOptions,
): ChargeTrapping {
  const { line, largest = 3.5e-6, steps = 11, fraction = 0.2, withError = true } = options;
  const events = eventsAround(energies, driftTimes, options);
  const alphas = Array.from({ length: steps }, (_, i) => (i / (steps - 1)) * largest);
  const fits = alphas.map((alpha) => ({ alpha, ...spectrumAt(events, alpha, line) }));
  const good = fits.filter(({ fit }) => fit.valid);
  if (good.length < degree + 2)
    throw new RangeError(
      `the line at ${line.energy} keV could be fitted for ${good.length} of ${steps} values only: ${fits.find(({ fit }) => !fit.valid)?.fit.reason ?? ''}`,
    );
  const unit = figureOf(good[0]!.fit);
  const scan = good.map(({ alpha, fit }) => pointOf(alpha, fit, fraction, unit));
  const curve = lowestOf(scan);
  const at = (alpha: number) => {
    const spectrum = spectrumAt(events, alpha, line);
    return { ...pointOf(alpha, spectrum.fit, fraction, unit), spectrum };
  };
  return {
    alpha: curve.x,
    alphaError: withError ? jackknife(events, alphas, line, unit) : Number.NaN,
    curve,
    scan,
    before: at(0),
    after: at(curve.x),
    events: events.energies.length,
  };
}

function eventsAround(
  energies: ArrayLike<number>,
  driftTimes: ArrayLike<number>,
  { line, guess, largest = 3.5e-6 }: TrappingOptions,
): Events {
  const found = calibrate(energies, { lines: [{ ...line, name: 'line' }], degree: 0, guess });
  const scale = found.coefficients[1]!;
  const near: number[] = [];
  // Corrected energies may come into the range from outside of it.
  const reach = 3 * Math.max(line.below, line.above);
  for (let i = 0; i < energies.length; i++)
    if (Math.abs(energies[i]! * scale - line.energy) < reach && Number.isFinite(driftTimes[i])) near.push(i);
  if (near.length < fewest)
    throw new RangeError(
      `${near.length} events around ${line.energy} keV have a drift time: at least ${fewest} are needed`,
    );
  const sorted = Float64Array.from(near, (i) => driftTimes[i]!).sort();
  const middle = sorted[sorted.length >> 1]!;
  if (!(largest > 0)) throw new RangeError(`the largest α must be above 0, not ${largest}`);
  return {
    energies: Float64Array.from(near, (i) => energies[i]! * scale),
    driftTimes: Float64Array.from(near, (i) => driftTimes[i]!),
    middle,
  };
}

function spectrumAt(
  { energies, driftTimes, middle }: Events,
  alpha: number,
  line: TrappingOptions['line'],
  shape: LineFitOptions['shape'] = 'tail',
): TrappingSpectrum {
  const norm = 1 + alpha * middle;
  const corrected = energies.map((energy, i) => (energy * (1 + alpha * driftTimes[i]!)) / norm);
  const histogram = lineHistogram(corrected, line.energy, line, 1);
  return { histogram, fit: fitLine(histogram, [], { shape }) };
}

/** Full width at half maximum over height. */
function figureOf({ peak, mode, fwhm }: LineFit): number {
  return fwhm / (peak.nSig * peakShape(mode, peak));
}

function pointOf(alpha: number, fit: LineFit, fraction: number, unit: number): TrappingPoint {
  const figure = figureOf(fit) / unit;
  return {
    alpha,
    figure,
    figureError: figure * Math.hypot(fit.fwhmError / fit.fwhm, 1 / Math.sqrt(fit.peak.nSig)),
    fwhm: fit.fwhm,
    fwhmError: fit.fwhmError,
    width: peakWidth(fit.peak, fraction),
    widthError: widthError(fit, fraction),
  };
}

function lowestOf(scan: readonly TrappingPoint[]): CurveMinimum {
  const points = {
    x: scan.map(({ alpha }) => alpha),
    y: scan.map(({ figure }) => figure),
    errors: scan.map(({ figureError }) => figureError),
  };
  return curveMinimum(points, degree, scan.length);
}

/**
 * The points of a scan share their events, so that their errors do not tell that of the minimum: subsets do. Lines without a
 * tail are enough for that, and fitted far sooner.
 */
function jackknife(
  { energies, driftTimes, middle }: Events,
  alphas: readonly number[],
  line: TrappingOptions['line'],
  unit: number,
): number {
  const found: number[] = [];
  // Every second value still fixes the curve.
  const some = alphas.length >= 2 * degree + 3 ? alphas.filter((_, i) => i % 2 === 0) : alphas;
  for (let group = 0; group < groups; group++) {
    const kept = (_: number, i: number): boolean => i % groups !== group;
    const part = { energies: energies.filter(kept), driftTimes: driftTimes.filter(kept), middle };
    const scan = some
      .map((alpha) => ({ alpha, fit: spectrumAt(part, alpha, line, 'gauss').fit }))
      .filter(({ fit }) => fit.valid)
      .map(({ alpha, fit }) => pointOf(alpha, fit, 0.5, unit));
    if (scan.length >= degree + 2) found.push(lowestOf(scan).x);
  }
  const mean = found.reduce((sum, one) => sum + one, 0) / found.length;
  const spread = found.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return Math.sqrt(((found.length - 1) / found.length) * spread);
}
