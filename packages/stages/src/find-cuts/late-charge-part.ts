import {
  gaussCdf,
  type LateDrift,
  lateCharge,
  lateChargeBelow,
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
  const late = lateCharge(charges, energies, line);
  const { mean, meanError, sigma, sigmaError, pValue, edges, counts, errors } = late;
  const passes = (event: number): boolean => (charges[event]! - mean) / sigma < level;
  const survival = lineSurvival(energies, passes, lineBefore(energies, line));
  const centers = counts.map((_, bin) => (edges[bin]! + edges[bin + 1]!) / 2);
  const curve = (below: (edge: number) => number): number[] =>
    counts.map((_, bin) => below(edges[bin + 1]!) - below(edges[bin]!));
  return cutPart({
    doubts: pValue < 1e-4 ? [`LQ: the fit does not describe the counts (p = ${pValue.toPrecision(1)})`] : [],
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
            'single sites',
            centers,
            curve((edge) => late.singleSite * gaussCdf(edge, mean, sigma)),
          ),
          ...(late.multiSite > 0
            ? [
                reportSeries(
                  'curve',
                  'with several sites',
                  centers,
                  curve((edge) => lateChargeBelow(edge, late)),
                ),
              ]
            : []),
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
