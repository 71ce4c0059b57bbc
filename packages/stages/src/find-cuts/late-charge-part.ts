import {
  gaussCdf,
  type LateDrift,
  lateCharge,
  lateDrift,
  lineBefore,
  lineSurvival,
} from '@countroom/analysis';
import type { ReportPlot } from '@countroom/contracts';
import { reportMarks, reportNumber, reportSeries } from '../analysis/report-objects.js';
import type { FindCutsOptions, LateChargeOptions } from './cut-options.js';
import { type CutPart, cutPart } from './cut-part.js';
import { escapePeak } from './thorium-lines.js';

/**
 * The cut on LQ. Throws a RangeError where it cannot be found.
 * @param column values of an expression for the events, with their energies in keV
 */
export function lateChargePart(
  { of, level, drift }: LateChargeOptions,
  { energy, escape }: Pick<FindCutsOptions, 'energy' | 'escape'>,
  column: (expression: string) => Float64Array,
): CutPart {
  const line = escapePeak(escape);
  const energies = column(energy);
  const found = drift === undefined ? undefined : lateDrift(column(of), column(drift), energies, line);
  const driftTimes = drift === undefined ? undefined : column(drift);
  const charges = column(of).map((charge, i) =>
    found === undefined ? charge : charge - found.slope * (driftTimes![i]! - found.middle),
  );
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
      ...(found === undefined
        ? []
        : [reportNumber('lq_slope', 'Slope of LQ over drift time', found.slope, found.slopeError)]),
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
      ...(found === undefined ? [] : [driftPlot(found, of, drift!)]),
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
        expression: `((${of})${found === undefined ? '' : ` - lq_slope*((${drift}) - lq_middle)`} - lq_mean)/lq_sigma`,
        parameters: {
          lq_mean: mean,
          lq_sigma: sigma,
          ...(found === undefined ? {} : { lq_slope: found.slope, lq_middle: found.middle }),
        },
      },
      lq_accepted: { expression: 'lq_classifier < lq_cut', parameters: { lq_cut: level } },
    },
    results: {
      lq: { survival: { value: survival.fraction, error: survival.error } },
    },
  });
}

function driftPlot({ points, slope, middle }: LateDrift, of: string, drift: string): ReportPlot {
  const { x, y, errors } = points;
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  return {
    name: 'lq-drift',
    title: 'LQ of the double escape peak over drift time',
    xLabel: drift,
    yLabel: of,
    logY: false,
    series: [
      reportSeries('points', 'slices', x, y, errors),
      reportSeries(
        'curve',
        'straight line',
        x,
        x.map((at) => mean + slope * (at - middle)),
      ),
    ],
  };
}
