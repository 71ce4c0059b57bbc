import { binnedLikelihood } from '../fit/costs.js';
import { type Fit, minimise } from '../fit/minimise.js';
import type { Parameter } from '../fit/parameters.js';
import { type HpgePeak, hpgePeakCounts } from '../functions/hpge-peak.js';
import { peakMode, peakWidth } from '../functions/peak-widths.js';
import { binCenter, type Histogram } from '../histogram/histogram.js';
import { chiSquareProbability } from '../special/gamma.js';

/** A line of a spectrum, fitted. Positions and widths are in the unit of the histogram. */
export interface LineFit {
  readonly peak: HpgePeak;
  readonly errors: Readonly<Record<string, number>>;
  /** Where the line is highest, and its full width at half of that. */
  readonly mode: number;
  readonly fwhm: number;
  readonly fwhmError: number;
  readonly chiSquare: number;
  readonly degrees: number;
  readonly pValue: number;
  /** The fit can be trusted; otherwise `reason` says what speaks against it. */
  readonly valid: boolean;
  readonly reason: string | undefined;
}

/** Largest fraction of a line that may lie in its tail. */
const largestTail = 0.5;

/** A weaker line beside the one that is fitted: how far off in units of the histogram, and its counts relative to it. */
export interface Companion {
  readonly shift: number;
  readonly ratio: number;
}

/** Counts below x of a line with its companions, which have its shape, and the background under them. */
export function lineCounts(x: number, peak: HpgePeak, companions: readonly Companion[] = []): number {
  let counts = hpgePeakCounts(x, peak);
  for (const { shift, ratio } of companions)
    counts += hpgePeakCounts(x - shift, { ...peak, nSig: ratio * peak.nSig, nBkg: 0 });
  return counts;
}

const order = ['nSig', 'mu', 'sigma', 'htail', 'tau', 'nBkg', 'hstep'] as const;

/**
 * Fits a line with low-energy tail and stepped background to the bins of a range by binned likelihood: first a Gaussian
 * on a step, then with the tail, which is dropped again when the fit is no better with it.
 */
export function fitLine(histogram: Histogram, companions: readonly Companion[] = []): LineFit {
  const start = startValues(histogram);
  const plain = run(histogram, start, companions, false);
  const tailed = run(histogram, { ...plain.peak, htail: 0.2, tau: plain.peak.sigma / 2 }, companions, true);
  const { htail } = tailed.peak;
  // At its limit a tail fraction has no error that means anything.
  const seen = htail > (tailed.errors['htail'] ?? Infinity) && htail < 0.95 * largestTail;
  return tailed.valid && seen && tailed.pValue > plain.pValue ? tailed : plain;
}

function run(
  histogram: Histogram,
  start: HpgePeak,
  companions: readonly Companion[],
  tail: boolean,
): LineFit {
  const { from, width, counts } = histogram;
  const range = { xLo: from, xHi: from + width * counts.length };
  const total = counts.reduce((sum, count) => sum + count, 0);
  const span = range.xHi - range.xLo;
  const parameters: Parameter[] = [
    { name: 'nSig', start: start.nSig, lower: 0, step: Math.sqrt(start.nSig + 1) },
    { name: 'mu', start: start.mu, lower: range.xLo, upper: range.xHi, step: start.sigma / 5 },
    { name: 'sigma', start: start.sigma, lower: width / 10, upper: span, step: start.sigma / 10 },
    { name: 'htail', start: tail ? start.htail : 0, lower: 0, upper: largestTail, step: 0.05, fixed: !tail },
    { name: 'tau', start: start.tau, lower: 0.1 * start.sigma, upper: 5 * start.sigma, fixed: !tail },
    { name: 'nBkg', start: start.nBkg, lower: 0, step: Math.sqrt(start.nBkg + 1) },
    { name: 'hstep', start: start.hstep, lower: -1, upper: 1, step: 0.1 },
  ];
  const { xLo, xHi } = range;
  // Written out field by field: this runs once per bin and call of the cost.
  const toPeak = (p: readonly number[]): HpgePeak => ({
    xLo,
    xHi,
    nSig: p[0]!,
    mu: p[1]!,
    sigma: p[2]!,
    htail: p[3]!,
    tau: p[4]!,
    nBkg: p[5]!,
    hstep: p[6]!,
  });
  const cost = binnedLikelihood(histogram, (x, values) => lineCounts(x, toPeak(values), companions));
  const fit = minimise(cost, parameters);
  const peak = toPeak(order.map((name) => fit.values[name]!));
  const degrees = counts.length - fit.free.length;
  const pValue = chiSquareProbability(fit.cost, degrees);
  const all = companions.reduce((sum, { ratio }) => sum + ratio, 1) * peak.nSig + peak.nBkg;
  const reason = doubts(fit, peak, Math.abs(all - total) / total, degrees, pValue);
  return {
    peak,
    errors: fit.errors,
    mode: peakMode(peak),
    fwhm: peakWidth(peak),
    fwhmError: fwhmError(fit, peak),
    chiSquare: fit.cost,
    degrees,
    pValue,
    valid: reason === undefined,
    reason,
  };
}

function doubts(
  fit: Fit,
  peak: HpgePeak,
  missing: number,
  degrees: number,
  pValue: number,
): string | undefined {
  if (!fit.valid) return fit.reason;
  if (peak.nSig < 100) return `the line has ${peak.nSig.toFixed(0)} counts only`;
  if (missing > 0.1) return 'the fit does not account for the counts';
  if (pValue < 1e-10 && fit.cost > 10 * degrees)
    return `χ² is ${fit.cost.toFixed(0)} for ${degrees} degrees of freedom`;
  return undefined;
}

/** From the covariance of the parameters that the width depends on. */
function fwhmError(fit: Fit, peak: HpgePeak): number {
  const slopes = fit.free.map((name) => {
    if (name !== 'sigma' && name !== 'htail' && name !== 'tau') return 0;
    const step = 0.01 * (fit.errors[name] ?? 0);
    if (!(step > 0)) return 0;
    const shifted = (by: number): number => peakWidth({ ...peak, [name]: Math.max(0, peak[name] + by) });
    return (shifted(step) - shifted(-step)) / (2 * step);
  });
  let variance = 0;
  fit.covariance.forEach((row, i) => row.forEach((one, j) => (variance += one * slopes[i]! * slopes[j]!)));
  return Math.sqrt(variance);
}

/** Guesses from the histogram: mode, width where the counts have fallen to e^(−½), levels on both sides. */
function startValues(histogram: Histogram): HpgePeak {
  const { from, width, counts } = histogram;
  const bins = counts.length;
  const edge = Math.max(1, Math.min(10, Math.floor(bins / 5)));
  const mean = (first: number, last: number): number =>
    counts.subarray(first, last).reduce((sum, count) => sum + count, 0) / Math.max(1, last - first);
  const [low, high] = [mean(0, edge), mean(bins - edge, bins)];
  let top = 0;
  counts.forEach((count, i) => {
    if (count > counts[top]!) top = i;
  });
  const level = (low + high) / 2 + 0.6065 * (counts[top]! - (low + high) / 2);
  let [left, right] = [top, top];
  while (left > 0 && counts[left]! > level) left--;
  while (right < bins - 1 && counts[right]! > level) right++;
  const sigma = Math.max(width / 2, ((right - left) * width) / 2);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const nBkg = Math.min(0.95 * total, ((low + high) / 2) * bins);
  const hstep = low + high > 0 ? Math.min(0.9, Math.max(-0.9, (high - low) / (low + high))) : 0;
  return {
    xLo: from,
    xHi: from + width * bins,
    nSig: Math.max(1, total - nBkg),
    mu: binCenter(histogram, top),
    sigma,
    htail: 0,
    tau: sigma / 2,
    nBkg: Math.max(1, nBkg),
    hstep,
  };
}
