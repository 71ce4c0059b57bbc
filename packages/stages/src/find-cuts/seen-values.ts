import { binEdges, histogramOf } from '@countroom/analysis';
import type { ReportPlot } from '@countroom/contracts';
import { reportSeries } from '../analysis/report-objects.js';

/** Share of the values that is left out at both ends, so that a few far ones do not hide the others. */
const ends = 0.005;
const bins = 200;

/**
 * The distribution of the values that no cut could be found from, for a person to see why; nothing of fewer than two
 * different ones.
 */
export function seenValues(name: 'aoe' | 'lq', of: string, values: Float64Array): ReportPlot[] {
  const finite = values.filter(Number.isFinite).sort();
  const place = (share: number): number => finite[Math.floor(share * (finite.length - 1))]!;
  if (finite.length === 0 || !(place(1 - ends) > place(ends))) return [];
  const [low, high] = [place(ends), place(1 - ends)];
  const histogram = histogramOf(finite, low, high, (high - low) / bins);
  return [
    {
      name: `${name}-seen`,
      title: `${of}: what was to be fitted`,
      xLabel: of,
      yLabel: 'Events',
      logY: false,
      series: [reportSeries('steps', 'events', binEdges(histogram), histogram.counts)],
    },
  ];
}
