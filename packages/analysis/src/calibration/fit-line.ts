import type { Cost } from '../fit/derivatives.js';
import { type Fit, minimise } from '../fit/minimise.js';
import type { Parameter } from '../fit/parameters.js';
import type { HpgePeak } from '../functions/hpge-peak.js';
import { peakMode, peakWidth } from '../functions/peak-widths.js';
import type { Histogram } from '../histogram/histogram.js';
import { chiSquareProbability } from '../special/gamma.js';
import { binnedLineCost, type Companion, lineParameters, peakOf, unbinnedLineCost } from './line-cost.js';
import { lineStart } from './line-start.js';

/** A line of a spectrum, fitted. Positions and widths are in the unit of the histogram. */
export interface LineFit {
  readonly peak: HpgePeak;
  readonly errors: Readonly<Record<string, number>>;
  /** Covariance of the parameters that were free, in the order of `free`. */
  readonly covariance: readonly (readonly number[])[];
  readonly free: readonly string[];
  /** Where the line is highest, and its full width at half of that. */
  readonly mode: number;
  readonly fwhm: number;
  readonly fwhmError: number;
  /** Of the counts in bins, also when single values were fitted. */
  readonly chiSquare: number;
  readonly degrees: number;
  readonly pValue: number;
  /** What was fitted: the counts of bins, or every value by itself. */
  readonly likelihood: 'binned' | 'unbinned';
  /** The fit can be trusted; otherwise `reason` says what speaks against it. */
  readonly valid: boolean;
  readonly reason: string | undefined;
}

/** How a line is fitted. */
export interface LineFitOptions {
  /** Single values: those in the range of the histogram are fitted by the unbinned extended likelihood in the end. */
  readonly values?: ArrayLike<number>;
  /** Most values in the range for an unbinned fit; with more of them their bins are fitted. 20 000 when absent. */
  readonly mostValues?: number;
  /** `tail` (when absent): a tail to low energies where there is one; `gauss`: none. */
  readonly shape?: 'tail' | 'gauss';
  /** Weight w of the prior w·ln(htail + 0.1) that is added to −ln L and keeps tails small; 0 when absent. */
  readonly tailPrior?: number;
  /** Fits with a smaller probability count only while χ² is at most ten times the degrees of freedom; 1e-10 when absent. */
  readonly leastProbability?: number;
}

/** Largest fraction of a line that may lie in its tail. */
const largestTail = 0.5;
const mostUnbinned = 20_000;

interface Task {
  readonly histogram: Histogram;
  readonly companions: readonly Companion[];
  readonly options: LineFitOptions;
}

/**
 * Fits a line with low-energy tail and stepped background: by the binned likelihood a Gaussian on a step first, then with
 * the tail, which is dropped again when the fit is no better with it; and from there, where values are given, by the
 * unbinned extended likelihood. (Specification: hit and event tiers, chapter 6.3.)
 */
export function fitLine(
  histogram: Histogram,
  companions: readonly Companion[] = [],
  options: LineFitOptions = {},
): LineFit {
  const task = { histogram, companions, options };
  const binned = binnedFit(task);
  const values = valuesOf(task);
  if (values === undefined) return binned;
  const unbinned = run(task, binned.peak, binned.peak.htail > 0, values);
  return unbinned.valid || !binned.valid ? unbinned : binned;
}

function binnedFit(task: Task): LineFit {
  const plain = run(task, lineStart(task.histogram), false);
  if (task.options.shape === 'gauss') return plain;
  const tailed = run(task, { ...plain.peak, htail: 0.2, tau: plain.peak.sigma / 2 }, true);
  const { htail } = tailed.peak;
  // At its limit a tail fraction has no error that means anything.
  const seen = htail > (tailed.errors['htail'] ?? Infinity) && htail < 0.95 * largestTail;
  return (tailed.valid || !plain.valid) && seen && describesBetter(tailed, plain) ? tailed : plain;
}

/**
 * The tail has the greater probability. With many counts no shape is exact, and both are too small to be told apart:
 * then −2 ln L must fall by more than twice the parameters of the tail (H. Akaike, IEEE Trans. Autom. Control 19, 716).
 */
function describesBetter(tailed: LineFit, plain: LineFit): boolean {
  if (tailed.pValue > 0 || plain.pValue > 0) return tailed.pValue > plain.pValue;
  return plain.chiSquare - tailed.chiSquare > 2 * (plain.degrees - tailed.degrees);
}

/** The values in the range, when there are some and not too many. */
function valuesOf({ histogram, options }: Task): Float64Array | undefined {
  const { values, mostValues = mostUnbinned } = options;
  if (values === undefined) return undefined;
  const { from, width, counts } = histogram;
  const to = from + width * counts.length;
  const inside: number[] = [];
  for (let i = 0; i < values.length && inside.length <= mostValues; i++)
    if (values[i]! >= from && values[i]! < to) inside.push(values[i]!);
  return inside.length === 0 || inside.length > mostValues ? undefined : Float64Array.from(inside);
}

function run(task: Task, start: HpgePeak, tail: boolean, values?: Float64Array): LineFit {
  const { histogram, companions, options } = task;
  const { from, width, counts } = histogram;
  const range = { xLo: from, xHi: from + width * counts.length };
  const total = counts.reduce((sum, count) => sum + count, 0);
  const bins = binnedLineCost(histogram, companions);
  const likelihood = values === undefined ? bins : unbinnedLineCost(values, range, companions);
  const cost = tail ? withPrior(likelihood, options.tailPrior ?? 0) : likelihood;
  const fit = minimiseLine(cost, parametersOf(start, range, width, tail));
  const found = lineParameters.map((name) => fit.values[name]!);
  const peak = peakOf(found, range);
  const degrees = counts.length - fit.free.length;
  const chiSquare = bins(found);
  const pValue = chiSquareProbability(chiSquare, degrees);
  const all = companions.reduce((sum, { ratio }) => sum + ratio, 1) * peak.nSig + peak.nBkg;
  const quality = { missing: Math.abs(all - total) / total, chiSquare, degrees, pValue };
  const reason = doubts(fit, peak, quality, options.leastProbability ?? 1e-10);
  return {
    peak,
    errors: fit.errors,
    covariance: fit.covariance,
    free: fit.free,
    mode: peakMode(peak),
    fwhm: peakWidth(peak),
    fwhmError: widthError({ peak, free: fit.free, errors: fit.errors, covariance: fit.covariance }),
    chiSquare,
    degrees,
    pValue,
    likelihood: values === undefined ? 'binned' : 'unbinned',
    valid: reason === undefined,
    reason,
  };
}

/** A background that is hardly there leaves its step open, and then itself: they are taken for nothing. */
function minimiseLine(cost: Cost, parameters: readonly Parameter[]): Fit {
  let fit = minimise(cost, parameters);
  for (const fixed of [['hstep'], ['hstep', 'nBkg']]) {
    const { nBkg = 0, nSig = 0 } = fit.values;
    if (fit.valid || nBkg > 0.02 * nSig) break;
    const held = parameters.map((one) =>
      fixed.includes(one.name) ? { ...one, start: 0, fixed: true } : one,
    );
    const again = minimise(cost, held);
    if (again.valid) fit = again;
  }
  return fit;
}

function parametersOf(
  start: HpgePeak,
  { xLo, xHi }: Pick<HpgePeak, 'xLo' | 'xHi'>,
  width: number,
  tail: boolean,
): Parameter[] {
  const { nSig, mu, sigma, htail, tau, nBkg, hstep } = start;
  // A fit before may have ended at a limit; the tail's own limits go with the width.
  const within = (value: number, lower: number, upper: number): number =>
    Math.min(upper, Math.max(lower, value));
  const [shortest, longest] = [0.1 * sigma, 5 * sigma];
  return [
    { name: 'nSig', start: nSig, lower: 0, step: Math.sqrt(nSig + 1) },
    { name: 'mu', start: mu, lower: xLo, upper: xHi, step: sigma / 5 },
    { name: 'sigma', start: sigma, lower: width / 10, upper: xHi - xLo, step: sigma / 10 },
    { name: 'htail', start: tail ? htail : 0, lower: 0, upper: largestTail, step: 0.05, fixed: !tail },
    {
      name: 'tau',
      start: within(tau, shortest, longest),
      lower: shortest,
      upper: longest,
      fixed: !tail,
    },
    { name: 'nBkg', start: nBkg, lower: 0, step: Math.sqrt(nBkg + 1) },
    { name: 'hstep', start: within(hstep, -1, 1), lower: -1, upper: 1, step: 0.1 },
  ];
}

/** The cost is −2 ln L, so that a prior of −ln L counts twice. */
function withPrior(cost: Cost, weight: number): Cost {
  if (weight === 0) return cost;
  const place = lineParameters.indexOf('htail');
  return (parameters) => cost(parameters) + 2 * weight * Math.log(parameters[place]! + 0.1);
}

function doubts(
  fit: Fit,
  peak: HpgePeak,
  quality: Pick<LineFit, 'chiSquare' | 'degrees' | 'pValue'> & { readonly missing: number },
  leastProbability: number,
): string | undefined {
  const { missing, chiSquare, degrees, pValue } = quality;
  if (!fit.valid) return fit.reason;
  if (!((fit.errors['mu'] ?? 0) > 1e-9 * peak.sigma)) return 'the errors are too small to be true';
  if (peak.nSig < 100) return `the line has ${peak.nSig.toFixed(0)} counts only`;
  if (missing > 0.1) return 'the fit does not account for the counts';
  if (pValue < leastProbability && chiSquare > 10 * degrees)
    return `χ² is ${chiSquare.toFixed(0)} for ${degrees} degrees of freedom`;
  return undefined;
}

/** Standard deviation of the full width at a fraction of the maximum (½ when absent), from the covariance of the fit. */
export function widthError(
  { peak, free, errors, covariance }: Pick<LineFit, 'peak' | 'free' | 'errors' | 'covariance'>,
  fraction = 0.5,
): number {
  const slopes = free.map((name) => {
    if (name !== 'sigma' && name !== 'htail' && name !== 'tau') return 0;
    const step = 0.01 * (errors[name] ?? 0);
    if (!(step > 0)) return 0;
    const shifted = (by: number): number =>
      peakWidth({ ...peak, [name]: Math.max(0, peak[name] + by) }, fraction);
    return (shifted(step) - shifted(-step)) / (2 * step);
  });
  let variance = 0;
  covariance.forEach((row, i) => row.forEach((one, j) => (variance += one * slopes[i]! * slopes[j]!)));
  return Math.sqrt(variance);
}
