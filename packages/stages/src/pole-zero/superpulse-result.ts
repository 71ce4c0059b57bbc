import {
  decayCurve,
  decayOf,
  decaysOf,
  type PulseDecays,
  type Superpulse,
  superpulse,
} from '@countroom/analysis';
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
 * Two decay constants from the mean pulse of one table, or one where the second is not seen. Throws a RangeError for too few pulses that are alike, and where
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
  const single = decayOf(pulse, periodUs);
  const found = twoDecays(pulse, periodUs);
  const us = (value: number): string => `${Number(value.toPrecision(6))}*us`;
  const numbers = [
    reportNumber('single', 'One decay constant alone', single.tau, single.tauError, 'us'),
    reportNumber(
      'single_chi_square',
      'χ² over degrees of freedom of that',
      single.chiSquare / single.degrees,
    ),
    reportNumber('pulses', `Pulses in the mean, of ${pulse.offered}`, pulse.pulses),
  ];
  const curve = (t: number): number =>
    found === undefined
      ? single.amplitude * Math.exp((-t * periodUs) / single.tau)
      : decayCurve(t, found, periodUs);
  const plots = [
    pulsePlot(pulse, single.start, curve, periodUs),
    residualPlot(pulse, single.start, curve, periodUs),
  ];
  if (found === undefined || single.chiSquare - found.chiSquare < seen) {
    const remarks = [
      'one decay constant describes the tail: the second one is not seen, and one is proposed',
    ];
    const content = treeAt(`${parameter}.tau`, us(single.tau));
    return { report: { ...place, verdict: 'doubtful', remarks, numbers, tables: [], plots }, content };
  }
  const remarks = doubts(pulse, found);
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
          found.fractionError * (found.fractionAtRise / found.fraction),
        ),
        reportNumber('chi_square', 'χ² over degrees of freedom', found.chiSquare / found.degrees),
        ...numbers,
      ],
      tables: [],
      plots,
    },
    content,
  };
}

/** Undefined where two constants cannot be told apart. */
function twoDecays(pulse: Superpulse, periodUs: number): PulseDecays | undefined {
  try {
    return decaysOf(pulse, periodUs);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function doubts({ pulses, offered }: Superpulse, found: PulseDecays): string[] {
  const remarks: string[] = [];
  if (pulses < offered / 4)
    remarks.push(`only ${pulses} of ${offered} pulses are alike: choose them by their height`);
  if (!(found.tau1 > 3 * found.tau2))
    remarks.push('both decay constants are alike: one alone may describe the tails');
  if (found.tau2Error > found.tau2 / 3)
    remarks.push('the shorter constant is known badly: more or higher pulses are needed');
  return remarks;
}

type Curve = (t: number) => number;

function pulsePlot(
  { values, maximum }: Superpulse,
  start: number,
  curve: Curve,
  periodUs: number,
): ReportPlot {
  const times = Float64Array.from(values, (_, i) => (i - maximum) * periodUs);
  const tail = times.subarray(start);
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
        'fit',
        tail,
        tail.map((_, t) => curve(t)),
      ),
      reportMarks('fit', [tail[0]!], ['fit']),
    ],
  };
}

function residualPlot(pulse: Superpulse, start: number, curve: Curve, periodUs: number): ReportPlot {
  const tail = pulse.values.subarray(start);
  return {
    name: 'residuals',
    title: 'Mean pulse less the fit',
    xLabel: 'Time after the top (us)',
    yLabel: 'Height',
    logY: false,
    series: [
      reportSeries(
        'points',
        'residuals',
        tail.map((_, t) => (t + start - pulse.maximum) * periodUs),
        tail.map((value, t) => value - curve(t)),
        pulse.errors.subarray(start),
      ),
    ],
  };
}
