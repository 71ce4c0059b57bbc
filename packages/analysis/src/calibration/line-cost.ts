import { binnedLikelihood } from '../fit/costs.js';
import type { Cost } from '../fit/derivatives.js';
import { exgaussCdf } from '../functions/exgauss.js';
import { gaussCdf } from '../functions/gauss.js';
import { type HpgePeak, hpgePeakCounts, peakShape } from '../functions/hpge-peak.js';
import { stepIntegral, stepPdf } from '../functions/step.js';
import type { Histogram } from '../histogram/histogram.js';
import { erf } from '../special/erf.js';

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

/** The parameters of a line as fits have them, in this order. */
export const lineParameters = ['nSig', 'mu', 'sigma', 'htail', 'tau', 'nBkg', 'hstep'] as const;

/** A line in a range from the values of {@link lineParameters}. */
export function peakOf(p: readonly number[], { xLo, xHi }: Pick<HpgePeak, 'xLo' | 'xHi'>): HpgePeak {
  // Written out field by field: this runs once per bin and call of a cost.
  return {
    xLo,
    xHi,
    nSig: p[0]!,
    mu: p[1]!,
    sigma: p[2]!,
    htail: p[3]!,
    tau: p[4]!,
    nBkg: p[5]!,
    hstep: p[6]!,
  };
}

/** −2 ln of the likelihood ratio of the counts of bins: a measure of the fit's quality like χ². `up` is 1. */
export function binnedLineCost(histogram: Histogram, companions: readonly Companion[]): Cost {
  const { from, width, counts } = histogram;
  const range = { xLo: from, xHi: from + width * counts.length };
  return (parameters) => {
    const peak = peakOf(parameters, range);
    const { nSig, mu, sigma, htail, tau, nBkg, hstep } = peak;
    // Norms are the same for all edges: this is where fits spend their time.
    const first = stepIntegral(range.xLo, mu, sigma, hstep);
    const level = nBkg / (stepIntegral(range.xHi, mu, sigma, hstep) - first);
    const line = (x: number): number =>
      (1 - htail) * gaussCdf(x, mu, sigma) + (htail === 0 ? 0 : htail * exgaussCdf(x, mu, sigma, tau));
    const below = (x: number): number => {
      let shape = line(x);
      for (const { shift, ratio } of companions) shape += ratio * line(x - shift);
      return nSig * shape + level * (stepIntegral(x, mu, sigma, hstep) - first);
    };
    return binnedLikelihood(histogram, below)(parameters);
  };
}

/**
 * −2 ln of the extended likelihood of single values in [xLo, xHi]: 2(ν − Σ ln λ(x)), with λ the expected counts per unit of
 * x and ν their integral over the range. `up` is 1. Values outside of the range must have been left out.
 */
export function unbinnedLineCost(
  values: Float64Array,
  range: Pick<HpgePeak, 'xLo' | 'xHi'>,
  companions: readonly Companion[],
): Cost {
  const { xLo, xHi } = range;
  return (parameters) => {
    const peak = peakOf(parameters, range);
    const { nSig, mu, sigma, nBkg, hstep } = peak;
    const expected = lineCounts(xHi, peak, companions) - lineCounts(xLo, peak, companions);
    // At the line the step is at its middle: its density there is its norm, the same for all values.
    const level = nBkg * stepPdf(mu, peak);
    let sum = 0;
    for (let i = 0; i < values.length; i++) {
      const x = values[i]!;
      let density = nSig * peakShape(x, peak);
      for (const { shift, ratio } of companions) density += ratio * nSig * peakShape(x - shift, peak);
      density += level * (1 + hstep * erf((x - mu) / (sigma * Math.SQRT2)));
      sum += Math.log(Math.max(1e-300, density));
    }
    return 2 * (expected - sum);
  };
}
