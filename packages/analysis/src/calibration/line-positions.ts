import { binnedLikelihood } from '../fit/costs.js';
import { minimise } from '../fit/minimise.js';
import { polynomial, polynomialSlope } from '../fit/polynomial.js';
import { gaussCdf } from '../functions/gauss.js';
import { binCenter, type Histogram, localMaxima } from '../histogram/histogram.js';
import type { GammaLine } from './line-lists.js';
import { lineStart } from './line-start.js';
import type { LineMatch } from './match-lines.js';
import { spectrumBins } from './spectrum-bins.js';

/** How far a maximum may be from where its line is expected, keV. */
const reach = 5;
/** Width of the bins in which it is looked for, keV, and how much it must stand out, in standard deviations. */
const fineBin = 0.2;
const standOut = 3;

/** The value at which a polynomial that rises comes to an energy. */
export function valueOfEnergy(energy: number, coefficients: readonly number[]): number {
  const [offset = 0, gain = 1] = coefficients;
  let x = (energy - offset) / gain;
  for (let round = 0; round < 20; round++) {
    const step = (energy - polynomial(x, coefficients)) / polynomialSlope(x, coefficients);
    if (!Number.isFinite(step)) break;
    x += step;
    if (Math.abs(step) < 1e-9 * Math.abs(x)) break;
  }
  return x;
}

/**
 * Where lines are after a first match: of those that were matched the maximum itself, of the others the highest one that
 * stands out by three standard deviations in bins of 0.2 keV within 5 keV. Each maximum belongs to one line.
 * (Specification: hit and event tiers, chapter 6.3.)
 * @returns positions by energy of the line; lines without a maximum are not in it
 */
export function linePositions(
  values: ArrayLike<number>,
  lines: readonly GammaLine[],
  { pairs, coefficients }: LineMatch,
  whole: boolean,
): Map<number, number> {
  const found = new Map(pairs.map(({ position, energy }) => [energy, position] as const));
  for (const { energy } of lines) {
    if (found.has(energy)) continue;
    const expected = valueOfEnergy(energy, coefficients);
    const slope = polynomialSlope(expected, coefficients);
    // A maximum at the rim can be seen only when what lies beside it is seen too.
    const half = (2 * reach) / slope;
    if (!(half > 0) || !Number.isFinite(expected)) continue;
    const histogram = spectrumBins(
      values,
      { from: expected - half, to: expected + half, width: fineBin / slope },
      whole,
    );
    const taken = (at: number): boolean =>
      [...found.values()].some((other) => Math.abs(other - at) * slope < reach / 2);
    const place = localMaxima(histogram.counts.map(Math.sqrt), standOut)
      .filter((bin) => Math.abs(binCenter(histogram, bin) - expected) < half / 2)
      .filter((bin) => !taken(binCenter(histogram, bin)))
      .sort((a, b) => histogram.counts[b]! - histogram.counts[a]!)[0];
    if (place !== undefined) found.set(energy, binCenter(histogram, place));
  }
  return found;
}

/** The top of a line: where a Gaussian on a flat background has its middle. */
export interface PeakTop {
  readonly position: number;
  readonly error: number;
  readonly sigma: number;
}

/**
 * Fits a Gaussian on a flat background to a line, within 20 of its standard deviations, at most `most` on both sides, by
 * the binned likelihood. (Specification: hit and event tiers, chapter 6.3.) Undefined where the fit finds no minimum.
 * @param histogram counts around the line, which is their highest maximum
 * @param most in units of the histogram
 */
export function peakTop(histogram: Histogram, most: number): PeakTop | undefined {
  const { nSig, mu, sigma, nBkg } = lineStart(histogram);
  const half = Math.min(20 * sigma, most);
  const { from, width, counts } = histogram;
  const first = Math.max(0, Math.floor((mu - half - from) / width));
  const last = Math.min(counts.length, Math.ceil((mu + half - from) / width));
  const part = { ...histogram, from: from + first * width, counts: counts.slice(first, last) };
  const fit = minimise(
    binnedLikelihood(
      part,
      (x, [signal, top, spread, flat]) => signal! * gaussCdf(x, top!, spread!) + flat! * x,
    ),
    [
      { name: 'nSig', start: nSig, lower: 0, step: Math.sqrt(nSig + 1) },
      { name: 'mu', start: mu, lower: mu - half, upper: mu + half, step: sigma / 5 },
      { name: 'sigma', start: sigma, lower: width / 10, upper: half, step: sigma / 10 },
      { name: 'flat', start: nBkg / (width * counts.length), lower: 0, step: Math.sqrt(nBkg + 1) / half },
    ],
  );
  if (!fit.valid) return undefined;
  return { position: fit.values['mu']!, error: fit.errors['mu']!, sigma: fit.values['sigma']! };
}
