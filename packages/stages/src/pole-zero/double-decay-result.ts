import { binEdges, doubleDecay, histogramOf, type Middle } from '@countroom/analysis';
import type { ReportNumber, ReportPlot } from '@countroom/contracts';
import { mergeTrees } from '@countroom/parameters';
import { reportMarks, reportNumber, reportSeries, type TableResult } from '../analysis/report-objects.js';
import { treeAt } from '../analysis/tree-at.js';
import type { DoubleOptions } from './pole-zero-options.js';

/**
 * Two decay constants of the pulses of one table, from those that `optimize_2pz` fitted to each pulse.
 * Throws a RangeError for too few pulses.
 */
export function doubleDecayResult(
  place: { readonly table: string; readonly channel: string },
  columns: ReadonlyMap<string, Float64Array>,
  { tau1, tau2, fraction, parameter }: DoubleOptions,
): TableResult {
  const [long, short, share] = [tau1, tau2, fraction].map((one) => columns.get(one)!) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const found = doubleDecay(long, short, share);
  const remarks: string[] = [];
  if (found.tau1.entries < long.length / 2)
    remarks.push(`only ${found.tau1.entries} of ${long.length} pulses have two decay constants`);
  if (!(found.tau1.median > 3 * found.tau2.median))
    remarks.push('both decay constants are alike: one alone may describe the tails');
  const numbers: ReportNumber[] = [
    ...numberOf('tau1', 'Longer decay constant', found.tau1, 'us'),
    ...numberOf('tau2', 'Shorter decay constant', found.tau2, 'us'),
    ...numberOf('fraction', 'Share of the shorter one', found.fraction, ''),
    reportNumber('pulses', 'Pulses', found.tau1.entries),
  ];
  const us = (value: number): string => `${Number(value.toPrecision(6))}*us`;
  const content = [
    treeAt(`${parameter}.tau1`, us(found.tau1.median)),
    treeAt(`${parameter}.tau2`, us(found.tau2.median)),
    treeAt(`${parameter}.frac`, Number(found.fraction.median.toPrecision(6))),
  ].reduce((tree, one) => mergeTrees(tree, one));
  return {
    report: {
      ...place,
      verdict: remarks.length === 0 ? 'good' : 'doubtful',
      remarks,
      numbers,
      tables: [],
      plots: [
        plotOf('tau1', 'Longer decay constant', 'us', long, found.tau1),
        plotOf('tau2', 'Shorter decay constant', 'us', short, found.tau2),
        plotOf('fraction', 'Share of the shorter one', '', share, found.fraction),
      ],
    },
    content,
  };
}

function numberOf(
  name: string,
  label: string,
  { median, error, halfWidth }: Middle,
  unit: string,
): ReportNumber[] {
  return [
    reportNumber(name, label, median, error, unit),
    reportNumber(`${name}_width`, `${label}: half width of single pulses`, halfWidth, undefined, unit),
  ];
}

function plotOf(
  name: string,
  title: string,
  unit: string,
  values: Float64Array,
  { median, halfWidth }: Middle,
): ReportPlot {
  const reach = Math.max(12 * halfWidth, 1e-9 * Math.abs(median), Number.MIN_VALUE);
  const histogram = histogramOf(values, median - reach, median + reach, reach / 60);
  return {
    name,
    title,
    xLabel: unit === '' ? title : `${title} (${unit})`,
    yLabel: 'Pulses',
    logY: false,
    series: [
      reportSeries('steps', 'pulses', binEdges(histogram), histogram.counts),
      reportMarks('median', [median], [median.toPrecision(5)]),
    ],
  };
}
