import { gaussCdf, lateCharge, lineBefore, lineSurvival } from '@countroom/analysis';
import { reportMarks, reportNumber, reportSeries } from '../analysis/report-objects.js';
import type { FindCutsOptions, LateChargeOptions } from './cut-options.js';
import { type CutPart, cutPart } from './cut-part.js';
import { escapePeak } from './thorium-lines.js';

/** The cut on LQ of events with their energies in keV. Throws a RangeError where it cannot be found. */
export function lateChargePart(
  { of, level }: LateChargeOptions,
  { escape }: Pick<FindCutsOptions, 'escape'>,
  charges: Float64Array,
  energies: Float64Array,
): CutPart {
  const line = escapePeak(escape);
  const { mean, meanError, sigma, sigmaError, pValue, edges, counts, errors } = lateCharge(
    charges,
    energies,
    line,
  );
  const passes = (event: number): boolean => (charges[event]! - mean) / sigma < level;
  const survival = lineSurvival(energies, passes, lineBefore(energies, line));
  const centers = counts.map((_, bin) => (edges[bin]! + edges[bin + 1]!) / 2);
  const share = (bin: number): number =>
    gaussCdf(edges[bin + 1]!, mean, sigma) - gaussCdf(edges[bin]!, mean, sigma);
  // The Gaussian has the counts below its mean, where there are single sites only.
  const below = counts.flatMap((_, bin) => (edges[bin + 1]! <= mean ? [bin] : []));
  const size =
    below.reduce((sum, bin) => sum + counts[bin]!, 0) / below.reduce((sum, bin) => sum + share(bin), 0);
  return cutPart({
    doubts:
      pValue < 1e-4 ? [`LQ: the Gaussian does not describe the counts (p = ${pValue.toPrecision(1)})`] : [],
    numbers: [
      reportNumber('lq_mean', 'Mean of LQ', mean, meanError),
      reportNumber('lq_sigma', 'σ of LQ', sigma, sigmaError),
      reportNumber(
        'lq_survival',
        `Survival of the LQ cut: double escape, ${escape.toFixed(1)} keV`,
        100 * survival.fraction,
        100 * survival.error,
        '%',
      ),
    ],
    plots: [
      {
        name: 'lq',
        title: 'LQ of the double escape peak, without its side bands',
        xLabel: of,
        yLabel: 'Events',
        logY: false,
        series: [
          reportSeries('points', 'events', centers, counts, errors),
          reportSeries(
            'curve',
            'Gaussian',
            centers,
            counts.map((_, bin) => size * share(bin)),
          ),
          reportMarks('cut', [mean + level * sigma], [`${level} σ`]),
        ],
      },
    ],
    operations: {
      lq_classifier: {
        expression: `((${of}) - lq_mean)/lq_sigma`,
        parameters: { lq_mean: mean, lq_sigma: sigma },
      },
      lq_accepted: { expression: 'lq_classifier < lq_cut', parameters: { lq_cut: level } },
    },
    results: {
      lq: { survival: { value: survival.fraction, error: survival.error } },
    },
  });
}
