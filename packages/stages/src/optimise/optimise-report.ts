import { type CurveMinimum, curveMinimum } from '@countroom/analysis';
import type { AnalysisReport, ReportPlot, Verdict } from '@countroom/contracts';
import { mergeTrees, type ParameterTree } from '@countroom/parameters';
import { reportNumber, reportSeries, type TableResult } from '../analysis/report-objects.js';
import { treeAt } from '../analysis/tree-at.js';
import { figureLabel } from './figure.js';
import { type OptimiseOptions, scaleOf } from './optimise-options.js';
import { bestOf, type Trial } from './search.js';

/** What a search found in one table, with the best values as parameters for chains. */
export function optimiseResult(
  place: { readonly table: string; readonly channel: string },
  trials: readonly Trial[],
  options: OptimiseOptions,
): TableResult {
  const label = figureLabel(options.figure);
  const best = bestOf(trials);
  const remarks =
    best === undefined
      ? [`no point has a ${label}: look at the cut and the guess`]
      : doubts(best, trials, options);
  const verdict: Verdict = best === undefined ? 'failed' : remarks.length === 0 ? 'good' : 'doubtful';
  const names = options.parameters.map(({ name }) => name);
  const curve = options.between && best !== undefined ? between(trials, options) : undefined;
  const sorted = trials.filter(({ value }) => Number.isFinite(value)).sort((a, b) => a.value - b.value);
  const report: AnalysisReport = {
    ...place,
    verdict,
    remarks,
    numbers: [
      reportNumber('figure', label, best?.value, best?.error),
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
            reportNumber('between_value', `${label} there`, curve.value),
          ]),
      reportNumber('points', 'Points tried', trials.length),
    ],
    tables: [
      {
        title: 'Best points',
        columns: [...names, label, '±'],
        rows: sorted
          .slice(0, 10)
          .map(({ values, value, error }) => [
            ...values.map(String),
            Number(value.toPrecision(5)),
            Number(error.toPrecision(2)),
          ]),
      },
    ],
    plots: plotsOf(trials, options, label),
  };
  const proposed = curve === undefined ? best?.values : [curve.text];
  const content = proposed?.reduce<ParameterTree>(
    (tree, value, i) => mergeTrees(tree, treeAt(names[i]!, value)),
    {},
  );
  return { report, content };
}

/** The lowest place of a curve through a grid of one parameter; undefined where too few points have a figure. */
function between(
  trials: readonly Trial[],
  { parameters: [parameter] }: OptimiseOptions,
): (CurveMinimum & { readonly unit: string; readonly text: string | number }) | undefined {
  const { numbers, unit } = scaleOf(parameter!.values)!;
  const points = {
    x: numbers,
    y: trials.map(({ value }) => value),
    errors: trials.map(({ error }) => error),
  };
  try {
    const found = curveMinimum(points);
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
  }
  const missing = trials.filter(({ value }) => !Number.isFinite(value)).length;
  if (missing > trials.length / 2) remarks.push(`${missing} of ${trials.length} points have no figure`);
  return remarks;
}

function plotsOf(
  trials: readonly Trial[],
  { parameters, method }: OptimiseOptions,
  label: string,
): ReportPlot[] {
  const [first, second] = parameters;
  const base = { logY: false, yLabel: label };
  const y = trials.map(({ value }) => value);
  const errors = trials.map(({ error }) => error);
  if (method !== 'grid') {
    const x = trials.map((_, place) => place + 1);
    return [
      {
        ...base,
        name: 'search',
        title: 'Search',
        xLabel: 'Point',
        series: [reportSeries('points', 'tried', x, y, errors)],
      },
    ];
  }
  if (second === undefined) {
    const scale = scaleOf(first!.values);
    const x = scale?.numbers ?? first!.values.map((_, place) => place);
    const unit = scale === undefined || scale.unit === '' ? '' : ` (${scale.unit})`;
    const title = `${label} by ${first!.name}`;
    return [
      {
        ...base,
        name: 'curve',
        title,
        xLabel: `${first!.name}${unit}`,
        series: [reportSeries('points', 'figure', x, y, errors)],
      },
    ];
  }
  const map = {
    x: second.values.map(String),
    y: first!.values.map(String),
    label: `${label}${
      parameters.length > 2
        ? `; the best over ${parameters
            .slice(2)
            .map(({ name }) => name)
            .join(', ')}`
        : ''
    }`,
    values: first!.values.map((row) =>
      second.values.map(
        (column) =>
          bestOf(trials.filter(({ values }) => values[0] === row && values[1] === column))?.value ?? null,
      ),
    ),
  };
  return [
    {
      name: 'map',
      title: `${label} by ${first!.name} and ${second.name}`,
      xLabel: second.name,
      yLabel: first!.name,
      logY: false,
      series: [],
      map,
    },
  ];
}
