import type { GammaLine } from '../calibration/line-lists.js';
import { leastSquares } from '../fit/costs.js';
import { minimise } from '../fit/minimise.js';
import { gaussCdf } from '../functions/gauss.js';
import { binEdges, histogramOf } from '../histogram/histogram.js';
import { chiSquareProbability } from '../special/gamma.js';
import { coreOf } from './cut-window.js';
import { lineBefore } from './line-survival.js';

/** LQ, the charge that arrives late, of the events of a line. */
export interface LateCharge {
  readonly mean: number;
  readonly meanError: number;
  readonly sigma: number;
  readonly sigmaError: number;
  readonly pValue: number;
  /** Edges of bins, counts in them after those of the side bands were taken off, and their errors. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  readonly errors: readonly number[];
}

/** Standard deviations of the line that count as line, and that lie between it and the side bands. */
const lineReach = 2.5;
const bandStart = 4;
const bins = 40;
const fewestCounts = 100;

/**
 * The Gaussian of LQ of single sites: of the events of the double escape peak, less those of the bands on both sides of it
 * in proportion to their widths. (Specification: hit and event tiers, chapter 6.5.) Bins may go below zero that way and
 * are fitted by least squares with the errors of both.
 * @param charges LQ of events, in proportion to the energy, row by row with `energies` in keV
 * Throws a RangeError where the line cannot be fitted, fewer than 100 of its events have LQ, or the fit finds no minimum.
 */
export function lateCharge(
  charges: ArrayLike<number>,
  energies: ArrayLike<number>,
  line: Pick<GammaLine, 'energy' | 'below' | 'above'>,
): LateCharge {
  const { peak } = lineBefore(energies, line).fit;
  const isLine = (energy: number): boolean => Math.abs(energy - peak.mu) < lineReach * peak.sigma;
  const [low, high] = [peak.mu - bandStart * peak.sigma, peak.mu + bandStart * peak.sigma];
  const [from, to] = [line.energy - line.below, line.energy + line.above];
  const isBand = (energy: number): boolean =>
    (energy >= from && energy < low) || (energy >= high && energy < to);
  const bandWidth = Math.max(0, low - from) + Math.max(0, to - high);
  if (!(bandWidth > 2 * peak.sigma))
    throw new RangeError(`the range around ${line.energy} keV leaves no side bands beside the line`);
  const scale = (2 * lineReach * peak.sigma) / bandWidth;
  const inside = Array.from(charges).filter(
    (charge, event) => isLine(energies[event]!) && Number.isFinite(charge),
  );
  if (inside.length < fewestCounts)
    throw new RangeError(`${inside.length} events of the line at ${line.energy} keV have LQ: too few to fit`);
  const outside = Array.from(charges).filter((_, event) => isBand(energies[event]!));
  const core = coreOf(inside);
  const reach = 4 * core.sigma;
  const ofLine = histogramOf(inside, core.mean - reach, core.mean + reach, (2 * reach) / bins);
  const ofBands = histogramOf(outside, core.mean - reach, core.mean + reach, (2 * reach) / bins);
  const counts = Array.from(ofLine.counts, (count, bin) => count - scale * ofBands.counts[bin]!);
  const errors = Array.from(ofLine.counts, (count, bin) =>
    Math.sqrt(Math.max(1, count + scale * scale * ofBands.counts[bin]!)),
  );
  const edges = Array.from(binEdges(ofLine));
  // Single sites only up to here: above, the tail of several sites begins.
  const fitted = edges
    .slice(0, -1)
    .flatMap((edge, bin) => (edge < core.mean + 1.5 * core.sigma ? [bin] : []));
  const unit = (x: number): number => (x - core.mean) / core.sigma;
  const size = Math.max(
    1,
    counts.reduce((sum, count) => sum + count, 0),
  );
  const fit = minimise(
    leastSquares(
      {
        x: fitted,
        y: fitted.map((bin) => counts[bin]!),
        errors: fitted.map((bin) => errors[bin]!),
      },
      (bin, [n, mu, width]) =>
        n! * (gaussCdf(unit(edges[bin + 1]!), mu!, width!) - gaussCdf(unit(edges[bin]!), mu!, width!)),
    ),
    [
      { name: 'n', start: size, lower: 0, step: Math.sqrt(size) },
      { name: 'mu', start: 0, lower: -3, upper: 3, step: 0.1 },
      { name: 'sigma', start: 1, lower: 0.1, upper: 4, step: 0.1 },
    ],
  );
  if (!fit.valid)
    throw new RangeError(`LQ of the line at ${line.energy} keV could not be fitted: ${fit.reason}`);
  const { values, errors: deviations } = fit;
  return {
    mean: core.mean + values['mu']! * core.sigma,
    meanError: deviations['mu']! * core.sigma,
    sigma: values['sigma']! * core.sigma,
    sigmaError: deviations['sigma']! * core.sigma,
    pValue: chiSquareProbability(fit.cost, fitted.length - fit.free.length),
    edges,
    counts,
    errors,
  };
}
