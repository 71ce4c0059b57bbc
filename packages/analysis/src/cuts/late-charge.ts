import type { GammaLine } from '../calibration/line-lists.js';
import { binEdges, type Histogram, histogramOf } from '../histogram/histogram.js';
import { rowsWhere } from '../rows-where.js';
import { coreOf } from './cut-window.js';
import { fitLateCharge, type LateChargePeak } from './late-charge-fit.js';
import { lineBefore } from './line-survival.js';

/** LQ, the charge that arrives late, of the events of a line. */
export interface LateCharge extends LateChargePeak {
  /** Edges of bins, counts in them after those of the side bands were taken off, and their errors. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  readonly errors: readonly number[];
}

/** Standard deviations of the line that count as line, and that lie between it and the side bands. */
const lineReach = 2.5;
const bandStart = 4;
/** Range and bins of LQ, in standard deviations of its core: several sites reach far up. */
const below = 4;
const above = 8;
const bin = 0.2;
const fewestCounts = 100;

/**
 * The Gaussian of LQ of single sites: of the events of the double escape peak, over what the bands on both sides of it say
 * of the continuum, with a tail for those events of the line that are of several sites.
 * (Specification: hit and event tiers, chapter 6.5.)
 * @param charges LQ of events, in proportion to the energy, row by row with `energies` in keV; NaN does not count
 * @returns positions, widths and `tau` in the unit of LQ
 * Throws a RangeError where the line cannot be fitted or has no side bands, fewer than 100 of its events have LQ, or the fit
 * finds no minimum.
 */
export function lateCharge(
  charges: ArrayLike<number>,
  energies: ArrayLike<number>,
  line: Pick<GammaLine, 'energy' | 'below' | 'above'>,
): LateCharge {
  const { peak } = lineBefore(energies, line).fit;
  const [low, high] = [peak.mu - bandStart * peak.sigma, peak.mu + bandStart * peak.sigma];
  const [from, to] = [line.energy - line.below, line.energy + line.above];
  const bandWidth = Math.max(0, low - from) + Math.max(0, to - high);
  if (!(bandWidth > 2 * peak.sigma))
    throw new RangeError(`the range around ${line.energy} keV leaves no side bands beside the line`);
  const ratio = (2 * lineReach * peak.sigma) / bandWidth;
  const isLine = (energy: number): boolean => Math.abs(energy - peak.mu) < lineReach * peak.sigma;
  const isBand = (energy: number): boolean =>
    (energy >= from && energy < low) || (energy >= high && energy < to);
  const chargesWhere = (chosen: (energy: number) => boolean): number[] =>
    rowsWhere(energies.length, (row) => chosen(energies[row]!) && Number.isFinite(charges[row])).map(
      (row) => charges[row]!,
    );
  const inside = chargesWhere(isLine);
  if (inside.length < fewestCounts)
    throw new RangeError(`${inside.length} events of the line at ${line.energy} keV have LQ: too few to fit`);
  const { mean, sigma } = coreOf(inside);
  const histogram = (values: readonly number[]): Histogram =>
    histogramOf(values, mean - below * sigma, mean + above * sigma, bin * sigma);
  const ofLine = histogram(inside);
  const ofBands = histogram(chargesWhere(isBand));
  // In units of the width, with the core at 0: LQ may be of any size.
  const unit = { from: -below, width: bin };
  const found = fitLateCharge({ line: { ...ofLine, ...unit }, bands: { ...ofBands, ...unit }, ratio });
  if (found === undefined)
    throw new RangeError(`LQ of the line at ${line.energy} keV could not be fitted: no minimum was found`);
  return {
    ...found,
    mean: mean + found.mean * sigma,
    meanError: found.meanError * sigma,
    sigma: found.sigma * sigma,
    sigmaError: found.sigmaError * sigma,
    tau: found.tau * sigma,
    edges: Array.from(binEdges(ofLine)),
    counts: Array.from(ofLine.counts, (count, i) => count - ratio * ofBands.counts[i]!),
    errors: Array.from(ofLine.counts, (count, i) =>
      Math.sqrt(Math.max(1, count + ratio * ratio * ofBands.counts[i]!)),
    ),
  };
}
