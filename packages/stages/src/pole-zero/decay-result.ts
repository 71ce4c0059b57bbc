import { binEdges, decayConstant, histogramOf } from '@countroom/analysis';
import type { AnalysisReport } from '@countroom/contracts';
import { failedResult, type Place } from '../analysis/failed-result.js';
import { reportMarks, reportNumber, reportSeries, type TableResult } from '../analysis/report-objects.js';
import { treeAt } from '../analysis/tree-at.js';
import { doubleDecayResult } from './double-decay-result.js';
import type { PoleZeroOptions } from './pole-zero-options.js';
import { superpulseResult } from './superpulse-result.js';

/** The decay constant of the pulses of one table, or why there is none. */
export function decayResult(
  place: Place,
  columns: ReadonlyMap<string, Float64Array>,
  { slope: expression, periodNs, parameter, double, superpulse }: PoleZeroOptions,
): TableResult {
  try {
    if (superpulse !== undefined) return superpulseResult(place, columns, superpulse);
    if (double !== undefined) return doubleDecayResult(place, columns, double);
    const slopes = columns.get(expression)!;
    const { tau, tauError, slope } = decayConstant(slopes, periodNs / 1000);
    const reach = 8 * slope.sigma;
    const histogram = histogramOf(slopes, slope.mode - reach, slope.mode + reach, reach / 100);
    const share = slope.entries / slopes.length;
    const remarks =
      share < 0.3
        ? [`only ${(100 * share).toFixed(0)} % of the pulses fall alike: choose them by a cut`]
        : [];
    const report: AnalysisReport = {
      ...place,
      verdict: remarks.length === 0 ? 'good' : 'doubtful',
      remarks,
      numbers: [
        reportNumber('tau', 'Decay constant', tau, tauError, 'us'),
        reportNumber('sigma', 'Spread of single pulses', (tau * slope.sigma) / -slope.mode, undefined, 'us'),
        reportNumber('pulses', 'Pulses', slopes.length),
      ],
      tables: [],
      plots: [
        {
          name: 'slopes',
          title: 'Slopes of the tails',
          xLabel: 'Change of the logarithm per sample',
          yLabel: 'Pulses',
          logY: false,
          series: [
            reportSeries('steps', 'slopes', binEdges(histogram), histogram.counts),
            reportMarks('mode', [slope.mode], [`${tau.toFixed(2)} us`]),
          ],
        },
      ],
    };
    return { report, content: treeAt(parameter, `${Number(tau.toPrecision(6))}*us`) };
  } catch (error) {
    if (error instanceof RangeError) return failedResult(place, error.message);
    throw error;
  }
}
