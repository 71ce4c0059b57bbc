import {
  type CurrentStability,
  chiSquareProbability,
  currentStability,
  driftFromContinuum,
  driftFromGroups,
  fitCurrentPeak,
  type GroupCorrection,
  meanAt,
} from '@countroom/analysis';
import type { ReportNumber, ReportPlot } from '@countroom/contracts';
import { reportMarks, reportNumber, reportSeries } from '../analysis/report-objects.js';
import type { CurrentOptions, FindCutsOptions } from './cut-options.js';
import { avoidedLines, escapePeak } from './thorium-lines.js';

/** A/E with what time and drift time do to it taken away, and the expression that does the same. */
export interface CorrectedCurrent {
  readonly values: Float64Array;
  readonly expression: string;
  readonly parameters: { readonly [name: string]: number };
  readonly numbers: readonly ReportNumber[];
  readonly plots: readonly ReportPlot[];
  readonly doubts: readonly string[];
}

/** Distance from lines at which events are of the continuum, keV. */
const apart = 10;
/** Events without which A/E cannot be normalised. */
const fewestEvents = 100;

/**
 * Divides A/E by its mean, over time when that is asked for, and takes its dependence on the drift time away.
 * Throws a RangeError where one of them cannot be found.
 * @param column values of an expression for the events, with their energies in keV
 */
export function correctedCurrent(
  options: CurrentOptions,
  { energy, escape }: Pick<FindCutsOptions, 'energy' | 'escape'>,
  column: (expression: string) => Float64Array,
): CorrectedCurrent {
  const energies = column(energy);
  const normalised = overTime(options, column(options.of), energies, column);
  const { drift } = options;
  if (drift === undefined) return normalised;
  const times = column(drift.of);
  const { values } = normalised;
  const lines = [...avoidedLines, escape];
  const isContinuum = (_: number, i: number): boolean =>
    energies[i]! >= 1000 &&
    energies[i]! < 2350 &&
    lines.every((line) => Math.abs(energies[i]! - line) > apart);
  const groups =
    drift.by === 'groups' ? driftFromGroups(values, times, energies, escapePeak(escape)) : undefined;
  const { alpha, alphaError } =
    groups ?? driftFromContinuum(values.filter(isContinuum), times.filter(isContinuum));
  return {
    values: values.map((value, i) => value * (1 + alpha * times[i]!)),
    expression: `${normalised.expression}*(1 + aoe_alpha*(${drift.of}))`,
    parameters: { ...normalised.parameters, aoe_alpha: alpha },
    numbers: [
      ...normalised.numbers,
      reportNumber('aoe_alpha', 'Drift-time correction of A/E, α', alpha, alphaError),
    ],
    plots: [...normalised.plots, ...(groups === undefined ? [] : [groupPlot(groups, drift.of)])],
    doubts: normalised.doubts,
  };
}

function overTime(
  { of, time }: CurrentOptions,
  currents: Float64Array,
  energies: Float64Array,
  column: (expression: string) => Float64Array,
): CorrectedCurrent {
  if (time === undefined) {
    const some = currents.filter((_, i) => energies[i]! >= 1000 && energies[i]! < 1300);
    if (some.length < fewestEvents)
      throw new RangeError(
        `there are ${some.length} events between 1000 and 1300 keV, where A/E is normalised: at least ${fewestEvents} are needed`,
      );
    const norm = fitCurrentPeak(some).mean;
    return {
      values: currents.map((current) => current / norm),
      expression: `(${of})/aoe_norm`,
      parameters: { aoe_norm: norm },
      numbers: [],
      plots: [],
      doubts: [],
    };
  }
  const times = column(time);
  const stability = currentStability(currents, energies, times);
  const { spans, chiSquare } = stability;
  const first = spans[0]!.mean;
  const last = spans.at(-1)!.mean;
  const means = Object.fromEntries(spans.map(({ mean }, i) => [`aoe_mean_${i}`, mean]));
  const borders = Object.fromEntries(spans.slice(1).map(({ from }, i) => [`aoe_from_${i + 1}`, from]));
  const norm = spans
    .slice(1)
    .reduceRight(
      (after, _, i) => `where((${time}) < aoe_from_${i + 1}, aoe_mean_${i}, ${after})`,
      `aoe_mean_${spans.length - 1}`,
    );
  return {
    values: currents.map((current, i) => current / meanAt(times[i]!, spans)),
    expression: `(${of})/${norm}`,
    parameters: { ...means, ...borders },
    numbers: [
      reportNumber('aoe_spans', 'Spans of time in which A/E was followed', spans.length),
      reportNumber(
        'aoe_stable',
        'Probability that A/E did not change over time',
        spans.length > 1 ? chiSquareProbability(chiSquare, spans.length - 1) : undefined,
      ),
    ],
    plots: [stabilityPlot(stability, time)],
    doubts:
      Math.abs(last / first - 1) > 0.02
        ? [`A/E changed by ${(100 * (last / first - 1)).toFixed(1)} % over the run: look at the electronics`]
        : [],
  };
}

function stabilityPlot({ spans }: CurrentStability, time: string): ReportPlot {
  return {
    name: 'aoe-time',
    title: 'Mean of A/E over time, 1000 to 1300 keV',
    xLabel: time,
    yLabel: 'A/E',
    logY: false,
    series: [
      reportSeries(
        'points',
        'spans',
        spans.map(({ from, to }) => (from + to) / 2),
        spans.map(({ mean }) => mean),
        spans.map(({ meanError }) => meanError),
      ),
    ],
  };
}

function groupPlot({ groups, border, alpha }: GroupCorrection, drift: string): ReportPlot {
  const [short, long] = groups;
  const ends = [0.8 * short.time, 1.2 * long.time];
  const size = short.mean * (1 + alpha * short.time);
  return {
    name: 'aoe-drift',
    title: 'A/E of the double escape peak over drift time',
    xLabel: drift,
    yLabel: 'A/E',
    logY: false,
    series: [
      reportSeries(
        'points',
        'groups',
        groups.map(({ time }) => time),
        groups.map(({ mean }) => mean),
        groups.map(({ meanError }) => meanError),
      ),
      reportSeries(
        'curve',
        'correction',
        ends,
        ends.map((at) => size / (1 + alpha * at)),
      ),
      reportMarks('border', [border], ['border of the groups']),
    ],
  };
}
