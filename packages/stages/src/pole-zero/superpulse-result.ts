import { decayCurve, decaysOf, type PulseDecays, type Superpulse, superpulse } from '@countroom/analysis';
import type { ReportPlot } from '@countroom/contracts';
import { mergeTrees } from '@countroom/parameters';
import type { Place } from '../analysis/failed-result.js';
import { waveformNames } from '../analysis/read-waveforms.js';
import { reportMarks, reportNumber, reportSeries, type TableResult } from '../analysis/report-objects.js';
import { treeAt } from '../analysis/tree-at.js';
import type { SuperpulseChoice } from './pole-zero-options.js';

/** How much χ² has to fall for the second constant to be seen: its two parameters at five standard deviations. */
const seen = 29;

/**
 * Two decay constants from the mean pulse of one table. Throws a RangeError for too few pulses that are alike, and where
 * its tail cannot be fitted.
 */
export function superpulseResult(
  place: Place,
  columns: ReadonlyMap<string, Float64Array>,
  { baseline, reach, from, to, parameter }: SuperpulseChoice,
): TableResult {
  const samples = columns.get(waveformNames.samples)![0]!;
  const periodUs = columns.get(waveformNames.periodNs)![0]! / 1000;
  const pulse = superpulse(
    { values: columns.get(waveformNames.values)!, samples },
    { baseline, reach, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
  );
  const found = decaysOf(pulse, periodUs);
  const remarks = doubts(pulse, found);
  const us = (value: number): string => `${Number(value.toPrecision(6))}*us`;
  const content = [
    treeAt(`${parameter}.tau1`, us(found.tau1)),
    treeAt(`${parameter}.tau2`, us(found.tau2)),
    treeAt(`${parameter}.frac`, Number(found.fractionAtRise.toPrecision(6))),
  ].reduce((tree, one) => mergeTrees(tree, one));
  return {
    report: {
      ...place,
      verdict: remarks.length === 0 ? 'good' : 'doubtful',
      remarks,
      numbers: [
        reportNumber('tau1', 'Longer decay constant', found.tau1, found.tau1Error, 'us'),
        reportNumber('tau2', 'Shorter decay constant', found.tau2, found.tau2Error, 'us'),
        reportNumber(
          'frac',
          'Share of the shorter one, at the rise',
          found.fractionAtRise,
          found.fractionError,
        ),
        reportNumber('single', 'One decay constant alone', found.single.tau, found.single.tauError, 'us'),
        reportNumber('chi_square', 'χ² over degrees of freedom', found.chiSquare / found.degrees),
        reportNumber(
          'single_chi_square',
          'The same with one constant',
          found.single.chiSquare / (found.degrees + 2),
        ),
        reportNumber('pulses', `Pulses in the mean, of ${pulse.offered}`, pulse.pulses),
      ],
      tables: [],
      plots: [pulsePlot(pulse, found, periodUs), ...residualPlots(pulse, found, periodUs)],
    },
    content,
  };
}

function doubts({ pulses, offered }: Superpulse, found: PulseDecays): string[] {
  const remarks: string[] = [];
  if (pulses < offered / 4)
    remarks.push(`only ${pulses} of ${offered} pulses are alike: choose them by their height`);
  if (found.single.chiSquare - found.chiSquare < seen)
    remarks.push('one decay constant describes the tail as well: the second one is not seen');
  else if (!(found.tau1 > 3 * found.tau2))
    remarks.push('both decay constants are alike: one alone may describe the tails');
  if (found.tau2Error > found.tau2 / 3)
    remarks.push('the shorter constant is known badly: more or higher pulses are needed');
  return remarks;
}

function pulsePlot({ values, maximum }: Superpulse, found: PulseDecays, periodUs: number): ReportPlot {
  const times = Float64Array.from(values, (_, i) => (i - maximum) * periodUs);
  const tail = times.subarray(found.start);
  return {
    name: 'superpulse',
    title: 'Mean of the aligned pulses',
    xLabel: 'Time after the top (us)',
    yLabel: 'Height',
    logY: false,
    series: [
      reportSeries('curve', 'mean pulse', times, values),
      reportSeries(
        'curve',
        'two decay constants',
        tail,
        tail.map((_, t) => decayCurve(t, found, periodUs)),
      ),
      reportMarks('fit', [tail[0]!], ['fit']),
    ],
  };
}

function residualPlots(pulse: Superpulse, found: PulseDecays, periodUs: number): ReportPlot[] {
  const tail = pulse.values.subarray(found.start);
  return [
    {
      name: 'residuals',
      title: 'Mean pulse less the fit',
      xLabel: 'Time after the top (us)',
      yLabel: 'Height',
      logY: false,
      series: [
        reportSeries(
          'points',
          'residuals',
          tail.map((_, t) => (t + found.start - pulse.maximum) * periodUs),
          tail.map((value, t) => value - decayCurve(t, found, periodUs)),
          pulse.errors.subarray(found.start),
        ),
      ],
    },
  ];
}
