import {
  binEdges,
  histogramOf,
  type PulseReport,
  type PulseTable,
  rateStatistics,
} from '@countroom/analysis';
import type { ReportPlot } from '@countroom/contracts';
import { reportMarks, reportSeries } from '../analysis/report-objects.js';
import type { StatisticsOptions } from './statistics-options.js';

/** Points of a fitted curve over a window. */
const curvePoints = 120;
const heightBins = 80;
/** Most points of the rate over time. */
const mostIntervals = 200;

/** What is drawn of the statistics of found pulses; a part that could not be worked out has no plot. */
export function statisticsPlots(
  table: PulseTable,
  report: PulseReport,
  options: StatisticsOptions,
): ReportPlot[] {
  const times = acceptedTimes(table);
  return [
    ...lifetimePlot(table, report, options),
    ...waitingPlot(report),
    ...countsPlot(times, report, options),
    ...ratePlot(times),
    ...heightsPlot(table, options),
  ];
}

function acceptedTimes({ time, accepted }: PulseTable): number[] {
  return Array.from(time).filter((_, i) => accepted[i] === 1);
}

function rootOf(counts: ArrayLike<number>): Float64Array {
  return Float64Array.from(counts, (count) => Math.sqrt(Math.max(count, 1)));
}

function lifetimePlot(
  { tau }: PulseTable,
  { lifetime }: PulseReport,
  { fromUs, toUs, binUs }: StatisticsOptions,
): ReportPlot[] {
  if (lifetime === null || binUs > toUs - fromUs) return [];
  const histogram = histogramOf(tau, fromUs, toUs, binUs);
  const centres = Float64Array.from(histogram.counts, (_, bin) => fromUs + (bin + 0.5) * binUs);
  const { tau: t, background, used } = lifetime;
  const norm = t * (Math.exp(-fromUs / t) - Math.exp(-toUs / t));
  const flat = (used * binUs * background) / (toUs - fromUs);
  const x = Float64Array.from(
    { length: curvePoints },
    (_, i) => fromUs + ((toUs - fromUs) * i) / (curvePoints - 1),
  );
  const y = x.map((at) => (used * binUs * (1 - background) * Math.exp(-at / t)) / norm + flat);
  return [
    {
      name: 'lifetime',
      title: 'Delays of second pulses',
      xLabel: 'Delay / µs',
      yLabel: `Events per ${binUs} µs`,
      logY: true,
      series: [
        reportSeries('points', 'delays', centres, histogram.counts, rootOf(histogram.counts)),
        reportSeries('curve', `fit, τ = ${t.toFixed(3)} µs`, x, y),
        reportSeries('curve', 'background', [fromUs, toUs], [flat, flat]),
      ],
    },
  ];
}

function waitingPlot({ waiting }: PulseReport): ReportPlot[] {
  if (waiting === null) return [];
  const { counts, expected, binWidth } = waiting;
  const centres = counts.map((_, bin) => (bin + 0.5) * binWidth);
  return [
    {
      name: 'waiting',
      title: 'Waiting times',
      xLabel: 'Time to the next event / s',
      yLabel: 'Events',
      logY: true,
      series: [
        reportSeries('points', 'measured', centres, counts, rootOf(counts)),
        reportSeries('curve', 'at random', centres, expected),
      ],
    },
  ];
}

function countsPlot(
  times: readonly number[],
  { poisson }: PulseReport,
  { intervalS }: StatisticsOptions,
): ReportPlot[] {
  if (poisson === null) return [];
  const { counts, meanCounts } = rateStatistics(times, intervalS);
  const [least, most] = counts.reduce(
    ([low, high], count) => [Math.min(low, count), Math.max(high, count)],
    [Number.POSITIVE_INFINITY, 0],
  );
  // So few bins that each holds something, and of whole numbers.
  const width = Math.max(1, Math.ceil((most - least + 1) / 40));
  const histogram = histogramOf(counts, least - 0.5, least - 0.5 + width * 40, width);
  const last = histogram.counts.findLastIndex((count) => count > 0) + 1;
  const seen = { ...histogram, counts: histogram.counts.slice(0, last) };
  const expected = seen.counts.map((_, bin) => {
    let sum = 0;
    for (let n = least + bin * width; n < least + (bin + 1) * width; n++) sum += poissonOf(n, meanCounts);
    return counts.length * sum;
  });
  const centres = seen.counts.map((_, bin) => least + bin * width + (width - 1) / 2);
  return [
    {
      name: 'counts',
      title: `Events per ${intervalS} s`,
      xLabel: `Events per ${intervalS} s`,
      yLabel: 'Intervals',
      logY: false,
      series: [
        reportSeries('steps', 'measured', binEdges(seen), seen.counts),
        reportSeries('points', 'Poisson', centres, expected),
      ],
    },
  ];
}

/** Probability of `n` counts where `mean` are expected; through logarithms, so that large numbers do not overflow. */
function poissonOf(n: number, mean: number): number {
  let logFactorial = 0;
  for (let i = 2; i <= n; i++) logFactorial += Math.log(i);
  return Math.exp(n * Math.log(mean) - mean - logFactorial);
}

function ratePlot(times: readonly number[]): ReportPlot[] {
  const span = times.length < 2 ? 0 : times.at(-1)! - times[0]!;
  if (!(span > 0)) return [];
  const intervals = Math.min(mostIntervals, Math.max(2, Math.floor(times.length / 20)));
  const interval = span / intervals;
  const { counts } = rateStatistics(times, interval);
  const centres = counts.map((_, i) => (i + 0.5) * interval);
  return [
    {
      name: 'rate',
      title: 'Rate over the run',
      xLabel: 'Time since the first event / s',
      yLabel: 'Rate / Hz',
      logY: false,
      series: [
        reportSeries(
          'points',
          'rate',
          centres,
          counts.map((count) => count / interval),
          counts.map((count) => Math.sqrt(Math.max(count, 1)) / interval),
        ),
      ],
    },
  ];
}

function heightsPlot({ heights }: PulseTable, { cutV }: StatisticsOptions): ReportPlot[] {
  const finite = heights.map(({ channel, values }) => ({
    channel,
    values: Array.from(values).filter(Number.isFinite),
  }));
  const most = finite.reduce(
    (largest, { values }) => values.reduce((high, value) => Math.max(high, value), largest),
    0,
  );
  if (!(most > 0)) return [];
  const histograms = finite.map(({ channel, values }) => ({
    channel,
    histogram: histogramOf(values, 0, most * 1.0001, (most * 1.0001) / heightBins),
  }));
  return [
    {
      name: 'heights',
      title: 'Pulse heights',
      xLabel: 'Height / V',
      yLabel: 'Events',
      logY: true,
      series: [
        ...histograms.map(({ channel, histogram }) =>
          reportSeries('steps', channel, binEdges(histogram), histogram.counts),
        ),
        ...(heights.length > 1 && cutV > 0 && cutV < most ? [reportMarks('cut', [cutV], ['cut'])] : []),
      ],
    },
  ];
}
