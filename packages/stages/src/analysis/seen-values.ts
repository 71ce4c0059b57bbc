import { binEdges, histogramOf } from '@countroom/analysis';
import type { ReportPlot } from '@countroom/contracts';
import { reportSeries } from './report-objects.js';

/**
 * The distribution of values from which nothing could be found, for a person to see why; nothing of fewer than two
 * different ones.
 * @param share of the values that is left out at each end, so that a few far ones do not hide the others
 */
export function seenValues(
  name: string,
  of: string,
  values: Float64Array,
  { share = 0.005, bins = 200, logY = false } = {},
): ReportPlot[] {
  const finite = values.filter(Number.isFinite).sort();
  const place = (fraction: number): number => finite[Math.floor(fraction * (finite.length - 1))]!;
  const [low, high] = [place(share), place(1 - share)];
  if (!(high > low)) return [];
  const histogram = histogramOf(finite, low, high, (high - low) / bins);
  return [
    {
      name: `${name}-seen`,
      title: `${of}: what was to be fitted`,
      xLabel: of,
      yLabel: 'Events',
      logY,
      series: [reportSeries('steps', 'events', binEdges(histogram), histogram.counts)],
    },
  ];
}
