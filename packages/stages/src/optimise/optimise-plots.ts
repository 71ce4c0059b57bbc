import { binEdges, histogramOf, spreadOf } from '@countroom/analysis';
import type { ReportPlot, ReportTrials } from '@countroom/contracts';
import { reportSeries } from '../analysis/report-objects.js';
import { type OptimiseOptions, scaleOf } from './optimise-options.js';
import type { Trial } from './search.js';

/** Half width of the drawn distribution, in FWHM, and its bins: more where there are more values. */
const reach = 4;
const [fewestBins, mostBins] = [24, 160];

/** A figure of merit for axes. */
export interface FigureWords {
  readonly label: string;
  readonly unit: string;
}

/** `FWHM of trapEmax (ADC)`. */
export function withUnit({ label, unit }: FigureWords): string {
  return unit === '' ? label : `${label} (${unit})`;
}

/** All points that were tried, as they are drawn: over one parameter as a curve, over more with a choice of two. */
export function trialPlots(
  trials: readonly Trial[],
  options: OptimiseOptions,
  figure: FigureWords,
): ReportPlot[] {
  const names = options.parameters.map(({ name }) => name);
  const [first = '', second] = names;
  const all = names.length === 1 ? first : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  const tried: ReportPlot = {
    name: 'tried',
    title: `${figure.label} by ${all}`,
    xLabel: second ?? first,
    yLabel: second === undefined ? withUnit(figure) : first,
    logY: false,
    series: [],
    trials: trialsOf(trials, options, figure),
  };
  return options.method === 'grid' ? [tried] : [tried, historyPlot(trials, figure)];
}

function trialsOf(trials: readonly Trial[], options: OptimiseOptions, figure: FigureWords): ReportTrials {
  const isGrid = options.method === 'grid';
  const axes = options.parameters.map(({ name, values }, place) => {
    const tried = isGrid ? values : trials.map((trial) => trial.values[place]!);
    const scale = scaleOf(tried);
    return {
      name,
      values: tried.map(String),
      numbers: scale === undefined ? null : [...scale.numbers],
      unit: scale?.unit ?? '',
    };
  });
  const { y: values, error: errors = [] } = reportSeries(
    'points',
    '',
    [],
    trials.map(({ value }) => value),
    trials.map(({ error }) => error),
  );
  const faults = trials.flatMap(({ value, reason = 'there is no figure' }, point) =>
    Number.isFinite(value) ? [] : [{ point, reason }],
  );
  return { layout: isGrid ? 'grid' : 'search', axes, ...figure, values, errors, faults };
}

/** How a search went, with the best figure so far. */
function historyPlot(trials: readonly Trial[], figure: FigureWords): ReportPlot {
  const x = trials.map((_, place) => place + 1);
  let lowest = Number.NaN;
  const soFar = trials.map(({ value }) => {
    if (!(value >= lowest)) lowest = Number.isFinite(value) ? value : lowest;
    return lowest;
  });
  return {
    name: 'search',
    title: 'Course of the search',
    xLabel: 'Point',
    yLabel: withUnit(figure),
    logY: false,
    series: [
      reportSeries(
        'points',
        'tried',
        x,
        trials.map(({ value }) => value),
        trials.map(({ error }) => error),
      ),
      reportSeries('curve', 'best so far', x, soFar),
    ],
  };
}

/** What the figure is made of, at the best point: around the line, or around the median. Empty for too few values. */
export function distributionPlot(
  values: ArrayLike<number>,
  figure: OptimiseOptions['figure'],
  figureUnit: string,
): ReportPlot[] {
  const unit = figure.kind === 'line' || figure.kind === 'relative-spread' ? '' : figureUnit;
  const finite = Float64Array.from(values).filter((value) => Number.isFinite(value));
  const range = finite.length < 20 ? undefined : rangeOf(finite, figure);
  if (range === undefined) return [];
  const [from, to] = range;
  const inside = finite.reduce((count, value) => count + (value >= from && value < to ? 1 : 0), 0);
  const bins = Math.min(mostBins, Math.max(fewestBins, Math.round(4 * Math.sqrt(inside))));
  const width = (to - from) / bins;
  const histogram = histogramOf(finite, from, to, width);
  return [
    {
      name: 'distribution',
      title: `${figure.of}${figure.kind === 'line' ? ' around the line,' : ''} at the best point`,
      xLabel: `${figure.of}${unit === '' ? '' : ` (${unit})`}`,
      yLabel: `Counts per ${Number(width.toPrecision(2))}${unit === '' ? '' : ` ${unit}`}`,
      logY: false,
      series: [reportSeries('steps', figure.of, binEdges(histogram), histogram.counts)],
    },
  ];
}

function rangeOf(
  values: Float64Array,
  { kind, energy, reach: fitted, guess = 1 }: OptimiseOptions['figure'],
): readonly [number, number] | undefined {
  if (kind !== 'line') {
    const { median, fwhm } = spreadOf(values);
    return fwhm > 0 ? [median - reach * fwhm, median + reach * fwhm] : undefined;
  }
  // A guess may be off by a fifth: the line is where most values are.
  const [at, side] = [energy / guess, fitted / guess];
  const { counts, from, width } = histogramOf(values, 0.8 * at, 1.2 * at, Math.min(side, 0.1 * at) / 5);
  const middle = from + (counts.indexOf(Math.max(...counts)) + 0.5) * width;
  return [middle - side, middle + side];
}
