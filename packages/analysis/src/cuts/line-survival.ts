import { fitLine, type LineFit } from '../calibration/fit-line.js';
import type { GammaLine } from '../calibration/line-lists.js';
import { binnedLikelihood } from '../fit/costs.js';
import { minimise } from '../fit/minimise.js';
import { hpgePeakCounts } from '../functions/hpge-peak.js';
import { type Histogram, histogramOf } from '../histogram/histogram.js';
import { rowsWhere } from '../rows-where.js';

/** The fraction of events that a cut leaves, with its standard deviation. */
export interface Survival {
  readonly fraction: number;
  readonly error: number;
  /** Events before the cut: counts of a line, or all in a window. */
  readonly counts: number;
}

/** The spectrum of a line before any cut. */
export interface LineBefore {
  readonly line: Pick<GammaLine, 'energy' | 'below' | 'above'>;
  readonly fit: LineFit;
}

const binsOfRange = 80;

function spectrum(
  energies: ArrayLike<number>,
  { energy, below, above }: LineBefore['line'],
  keep: (event: number) => boolean = () => true,
): Histogram {
  const isNear = (event: number): boolean =>
    energies[event]! >= energy - below && energies[event]! <= energy + above;
  const chosen = rowsWhere(energies.length, (event) => isNear(event) && keep(event));
  return histogramOf(
    chosen.map((event) => energies[event]!),
    energy - below,
    energy + above,
    (below + above) / binsOfRange,
  );
}

/**
 * Fits a line before cuts; energies are in keV.
 * Throws a RangeError where the fit cannot be trusted, as with fewer than 100 counts in the line.
 */
export function lineBefore(energies: ArrayLike<number>, line: LineBefore['line']): LineBefore {
  const histogram = spectrum(energies, line);
  if (histogram.counts.reduce((sum, count) => sum + count, 0) < 100)
    throw new RangeError(`there are fewer than 100 events around ${line.energy} keV`);
  const fit = fitLine(histogram);
  if (!fit.valid) throw new RangeError(`the line at ${line.energy} keV could not be fitted: ${fit.reason}`);
  return { line, fit };
}

/**
 * The fraction of a line that passes a cut: spectra of what passes and of what fails are fitted together, with one shape
 * of the line and a background for each. (Specification: hit and event tiers, chapter 6.5.) The fraction is free, so that
 * it may come out a little below 0 or above 1.
 * @param passes whether the event at an index of `energies` passes
 * @param shape `free`: place and width of the line are fitted again and their doubt is part of the error; `kept`: as before
 * the cut, for scans
 * Throws a RangeError where the fit finds no minimum.
 */
export function lineSurvival(
  energies: ArrayLike<number>,
  passes: (event: number) => boolean,
  before: LineBefore,
  shape: 'free' | 'kept' = 'free',
): Survival {
  const { peak } = before.fit;
  const passing = spectrum(energies, before.line, passes);
  const failing = spectrum(energies, before.line, (event) => !passes(event));
  const share = sumOf(passing) / Math.max(1, sumOf(passing) + sumOf(failing));
  const fixed = shape === 'kept';
  const step = Math.sqrt(peak.nSig + 1);
  const background = Math.sqrt(peak.nBkg + 1);
  const spread = (values: readonly number[], part: 'pass' | 'fail') => {
    const [nSig, fraction, mu, sigma] = values;
    const [nBkg, hstep] = part === 'pass' ? [values[4]!, values[5]!] : [values[6]!, values[7]!];
    const n = part === 'pass' ? nSig! * fraction! : nSig! * (1 - fraction!);
    return { ...peak, nSig: n, mu: mu!, sigma: sigma!, nBkg, hstep };
  };
  const ofPassing = binnedLikelihood(passing, (x, values) => hpgePeakCounts(x, spread(values, 'pass')));
  const ofFailing = binnedLikelihood(failing, (x, values) => hpgePeakCounts(x, spread(values, 'fail')));
  const fit = minimise(
    (values) => ofPassing(values) + ofFailing(values),
    [
      { name: 'nSig', start: peak.nSig, lower: 0, step },
      { name: 'fraction', start: Math.min(0.98, Math.max(0.02, share)), lower: -0.1, upper: 1.1, step: 0.05 },
      { name: 'mu', start: peak.mu, step: peak.sigma / 5, fixed },
      { name: 'sigma', start: peak.sigma, lower: peak.sigma / 10, step: peak.sigma / 10, fixed },
      { name: 'passBkg', start: share * peak.nBkg, lower: 0, step: background },
      { name: 'passStep', start: 0, lower: -1, upper: 1, step: 0.1 },
      { name: 'failBkg', start: (1 - share) * peak.nBkg, lower: 0, step: background },
      { name: 'failStep', start: 0, lower: -1, upper: 1, step: 0.1 },
    ],
  );
  const { fraction, nSig } = fit.values;
  // A background of nothing leaves the height of its step open, and with it the covariance; the fraction stands.
  if (!Number.isFinite(fit.cost) || !(fit.edm < 0.1))
    throw new RangeError(
      `the survival of the line at ${before.line.energy} keV was not found: ${fit.reason}`,
    );
  const error = fit.errors['fraction']!;
  return {
    fraction: fraction!,
    error: Number.isFinite(error) ? error : binomialError(fraction!, nSig!),
    counts: nSig!,
  };
}

/**
 * The fraction of all events in a window of energies (in keV, the upper end excluded) that passes a cut, with its binomial
 * standard deviation. Throws a RangeError for a window without events.
 */
export function windowSurvival(
  energies: ArrayLike<number>,
  passes: (event: number) => boolean,
  window: { readonly from: number; readonly to: number },
): Survival {
  let [counts, passed] = [0, 0];
  for (let event = 0; event < energies.length; event++) {
    if (!(energies[event]! >= window.from && energies[event]! < window.to)) continue;
    counts++;
    if (passes(event)) passed++;
  }
  if (counts === 0) throw new RangeError(`there are no events between ${window.from} and ${window.to} keV`);
  const fraction = passed / counts;
  return { fraction, error: binomialError(fraction, counts), counts };
}

function binomialError(fraction: number, counts: number): number {
  const inside = Math.min(1, Math.max(0, fraction));
  return Math.sqrt((inside * (1 - inside)) / counts);
}

function sumOf({ counts }: Histogram): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
