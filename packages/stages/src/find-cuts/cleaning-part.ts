import { binEdges, type CutWindow, cutWindow, histogramOf } from '@countroom/analysis';
import type { JsonValue, ReportPlot } from '@countroom/contracts';
import { reportMarks, reportNumber, reportSeries } from '../analysis/report-objects.js';
import { type CleaningOptions, nameOf } from './cut-options.js';
import { type CutPart, cutPart, roundedTo, tableNumber } from './cut-part.js';

/** Windows of parameters; `columns` are their values. Throws a RangeError that names the window that cannot be found. */
export function cleaningPart(windows: readonly CleaningOptions[], columns: readonly Float64Array[]): CutPart {
  if (windows.length === 0) return cutPart({});
  const found = windows.map((options, i) => ({
    options,
    values: columns[i]!,
    window: windowOf(options, columns[i]!),
  }));
  const kept = found.map(({ options, window }) => (options.outside ? 1 - window.kept : window.kept));
  const names = windows.map((options) => `is_valid_${nameOf(options)}`);
  const keeps = (event: number): boolean =>
    found.every(({ options, values, window }) => {
      const value = values[event]!;
      return options.outside
        ? value <= window.low || value >= window.high
        : value > window.low && value < window.high;
    });
  const rows = columns[0]!.length;
  let clean = 0;
  for (let event = 0; event < rows; event++) if (keeps(event)) clean++;
  const share = clean / rows;
  return cutPart({
    doubts: found.flatMap(({ options }, i) =>
      kept[i]! < 0.5 ? [`${nameOf(options)} keeps only ${(100 * kept[i]!).toFixed(0)} % of the events`] : [],
    ),
    numbers: [
      reportNumber('clean', 'Clean events', 100 * share, 100 * Math.sqrt((share * (1 - share)) / rows), '%'),
    ],
    tables: [
      {
        title: 'Data cleaning',
        columns: ['Parameter', 'Mode', 'σ', 'From', 'To', 'Kept (%)', '±'],
        rows: found.map(({ options, window }, i) => [
          nameOf(options),
          tableNumber(window.mean, 7),
          tableNumber(window.sigma),
          tableNumber(window.low, 7),
          tableNumber(window.high, 7),
          tableNumber(100 * kept[i]!),
          tableNumber(100 * window.keptError, 2),
        ]),
      },
    ],
    plots: found.map(({ options, values, window }) => windowPlot(options, values, window)),
    operations: {
      ...Object.fromEntries(found.map(({ options, window }, i) => [names[i]!, operationOf(options, window)])),
      is_clean: { expression: names.map((name) => `(${name})`).join(' & '), parameters: {} },
    },
    keeps,
  });
}

function windowOf(options: CleaningOptions, values: Float64Array): CutWindow {
  try {
    const { below, above } = options;
    return cutWindow(values, { below: below ?? Infinity, above: above ?? Infinity });
  } catch (error) {
    if (error instanceof RangeError) throw new RangeError(`${nameOf(options)}: ${error.message}`);
    throw error;
  }
}

function operationOf({ of, outside }: CleaningOptions, { low, high, sigma }: CutWindow): JsonValue {
  const sides: [limit: number, name: string, comparison: string][] = [
    [low, 'cut_low', outside ? '<=' : '>'],
    [high, 'cut_high', outside ? '>=' : '<'],
  ];
  const finite = sides.filter(([limit]) => Number.isFinite(limit));
  return {
    expression: finite
      .map(([, name, comparison]) => `((${of}) ${comparison} ${name})`)
      .join(outside ? ' | ' : ' & '),
    parameters: Object.fromEntries(finite.map(([limit, name]) => [name, roundedTo(limit, sigma)])),
  };
}

function windowPlot(options: CleaningOptions, values: Float64Array, window: CutWindow): ReportPlot {
  const { mean, sigma, low, high } = window;
  const reach = 1.5 * Math.max(options.below ?? 4, options.above ?? 4) * sigma;
  const histogram = histogramOf(values, mean - reach, mean + reach, reach / 80);
  const limits = [low, high].filter(Number.isFinite);
  return {
    name: `window-${nameOf(options)}`,
    title: `Window of ${nameOf(options)}`,
    xLabel: options.of,
    yLabel: 'Events',
    logY: true,
    series: [
      reportSeries('steps', 'events', binEdges(histogram), histogram.counts),
      reportMarks(
        'limits',
        limits,
        limits.map((limit) => limit.toPrecision(5)),
      ),
    ],
  };
}
