import { type CurveMinimum, curveMinimum } from '@countroom/analysis';
import type { AnalysisReport, ReportTable, Verdict } from '@countroom/contracts';
import { mergeTrees, type ParameterTree } from '@countroom/parameters';
import { reportNumber, type TableResult } from '../analysis/report-objects.js';
import { treeAt } from '../analysis/tree-at.js';
import { namesTogether, valuesTogether } from './companions.js';
import { figureLabel } from './figure.js';
import { type OptimiseOptions, scaleOf } from './optimise-options.js';
import { distributionPlot, type FigureWords, trialPlots, withUnit } from './optimise-plots.js';
import { bestOf, type Trial } from './search.js';

/** Rows of the tables of points. */
const listed = 10;

/**
 * What a search found in one table, with the best values as parameters for chains. `made` is what the figure is made of at
 * the best point, with the unit of the figure.
 */
export function optimiseResult(
  place: { readonly table: string; readonly channel: string },
  trials: readonly Trial[],
  options: OptimiseOptions,
  made?: { readonly values: ArrayLike<number>; readonly unit: string },
): TableResult {
  const figure = { label: figureLabel(options.figure), unit: made?.unit ?? '' };
  const { label, unit } = figure;
  const best = bestOf(trials);
  const doubtful =
    best === undefined
      ? [`no point has a ${label}: look at the cut and the guess`]
      : doubts(best, trials, options);
  const remarks = [...doubtful, ...failures(trials)];
  const verdict: Verdict = best === undefined ? 'failed' : doubtful.length === 0 ? 'good' : 'doubtful';
  const names = options.parameters.map(({ name }) => name);
  const curve = options.between && best !== undefined ? between(trials, options) : undefined;
  const report: AnalysisReport = {
    ...place,
    verdict,
    remarks,
    numbers: [
      reportNumber('figure', label, best?.value, best?.error, unit),
      ...names.map((name, i) => {
        const scale = best === undefined ? undefined : scaleOf([best.values[i]!]);
        return reportNumber(name, `Best ${name}`, scale?.numbers[0], undefined, scale?.unit ?? '');
      }),
      ...(curve === undefined
        ? []
        : [
            reportNumber(
              'between',
              `Lowest place of the curve: ${names[0]!}`,
              curve.x,
              curve.error,
              curve.unit,
            ),
            reportNumber('between_value', `${label} there`, curve.value, undefined, unit),
          ]),
      reportNumber('points', 'Points tried', trials.length),
    ],
    tables: [...bestPoints(trials, names, figure), ...pointsWithout(trials, names)],
    plots: [
      ...trialPlots(trials, options, figure),
      ...(made === undefined ? [] : distributionPlot(made.values, options.figure, unit)),
    ],
  };
  const point = best === undefined ? undefined : valuesTogether(options.parameters, best.values);
  const proposed = curve === undefined ? point : [curve.text];
  const all = namesTogether(options.parameters);
  const content = proposed?.reduce<ParameterTree>(
    (tree, value, i) => mergeTrees(tree, treeAt(all[i]!, value)),
    {},
  );
  return { report, content };
}

/** The lowest place of a curve through a grid of one parameter; undefined where too few points have a figure. */
function between(
  trials: readonly Trial[],
  { parameters: [parameter], degree }: OptimiseOptions,
): (CurveMinimum & { readonly unit: string; readonly text: string | number }) | undefined {
  const { numbers, unit } = scaleOf(parameter!.values)!;
  const points = {
    x: numbers,
    y: trials.map(({ value }) => value),
    errors: trials.map(({ error }) => error),
  };
  try {
    const found = curveMinimum(points, degree);
    const number = Number(found.x.toPrecision(4));
    return { ...found, unit, text: unit === '' ? number : `${number}*${unit}` };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function doubts(best: Trial, trials: readonly Trial[], { parameters, method }: OptimiseOptions): string[] {
  const remarks: string[] = [];
  if (method === 'grid') {
    parameters.forEach(({ name, values }, i) => {
      const atEnd = best.values[i] === values[0] || best.values[i] === values.at(-1);
      if (atEnd && values.length > 2)
        remarks.push(`the best ${name} lies at the end of its values (${best.values[i]}): try further ones`);
    });
  } else {
    parameters.forEach(({ name, values }, i) => {
      const { numbers } = scaleOf(values)!;
      const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
      const [at = low] = scaleOf([best.values[i]!])?.numbers ?? [];
      if (Math.min(at - low, high - at) < 0.01 * (high - low))
        remarks.push(`the best ${name} lies at an end of its range (${best.values[i]}): search further`);
    });
  }
  const missing = trials.filter(({ value }) => !Number.isFinite(value)).length;
  const alike = alikeWith(best, trials, parameters);
  if (alike !== undefined) remarks.push(alike);
  if (missing > trials.length / 2)
    remarks.push('most points have no figure: look at the values, the cut and the guess');
  return remarks;
}

/** Standard deviations within which two points have the same figure, and the share of its range that a value may be off. */
const [same, wide] = [2, 0.5];

/** Whether points all over the ranges are as good as the best one; undefined when the best is better for a reason. */
function alikeWith(
  best: Trial,
  trials: readonly Trial[],
  parameters: OptimiseOptions['parameters'],
): string | undefined {
  const near = trials.filter(
    ({ value, error }) => value - best.value <= same * Math.hypot(error, best.error) && error > 0,
  );
  const spans = parameters.map(({ name, values }, i) => {
    const range = scaleOf(values)?.numbers ?? [0];
    const reached = scaleOf(near.map((trial) => trial.values[i]!))?.numbers ?? [0];
    const [low, high] = [Math.min(...reached), Math.max(...reached)];
    const whole = Math.max(...range) - Math.min(...range);
    return { name, low, high, unit: scaleOf(values)?.unit ?? '', isWide: high - low > wide * whole };
  });
  if (near.length < 2 || !spans.every(({ isWide }) => isWide)) return undefined;
  const shown = (number: number): string => String(Number(number.toPrecision(4)));
  const ranges = spans.map(({ name, low, high, unit }) =>
    `${name} from ${shown(low)} to ${shown(high)} ${unit}`.trim(),
  );
  return `${ranges.join(' and ')} are as good within ${same} standard deviations: more rows tell them apart`;
}

/** Reasons why points have no figure, the most frequent first; those that differ in numbers alone are one. */
function failures(trials: readonly Trial[]): string[] {
  const kinds = new Map<string, { readonly first: string; count: number }>();
  for (const { value, reason = 'there is no figure' } of trials) {
    if (Number.isFinite(value)) continue;
    const kind = kinds.get(reason.replaceAll(/\d+/g, '#'));
    if (kind === undefined) kinds.set(reason.replaceAll(/\d+/g, '#'), { first: reason, count: 1 });
    else kind.count++;
  }
  return [...kinds.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, 3)
    .map(({ first, count }) => {
      return `${count} of ${trials.length} points ${count === 1 ? 'has' : 'have'} no figure: ${first}`;
    });
}

function bestPoints(trials: readonly Trial[], names: readonly string[], figure: FigureWords): ReportTable[] {
  const sorted = trials.filter(({ value }) => Number.isFinite(value)).sort((a, b) => a.value - b.value);
  if (sorted.length === 0) return [];
  return [
    {
      title: 'Best points',
      columns: [...names, withUnit(figure), '±'],
      rows: sorted
        .slice(0, listed)
        .map(({ values, value, error }) => [
          ...values.map(String),
          Number(value.toPrecision(5)),
          Number.isFinite(error) ? Number(error.toPrecision(2)) : null,
        ]),
    },
  ];
}

function pointsWithout(trials: readonly Trial[], names: readonly string[]): ReportTable[] {
  const failed = trials.filter(({ value }) => !Number.isFinite(value));
  if (failed.length === 0) return [];
  const more = failed.length > listed ? `, the first ${listed} of ${failed.length}` : '';
  return [
    {
      title: `Points without a figure${more}`,
      columns: [...names, 'Why'],
      rows: failed
        .slice(0, listed)
        .map(({ values, reason = 'there is no figure' }) => [...values.map(String), reason]),
    },
  ];
}
