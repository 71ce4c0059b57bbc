import { binEdges, distributionBelow, histogramOf } from '@countroom/analysis';
import type { JsonValue, ReportPlot, ReportTable } from '@countroom/contracts';
import { reportMarks, reportNumber, reportSeries } from '../analysis/report-objects.js';
import { type CleaningOptions, type FlagOptions, nameOf } from './cut-options.js';
import { type CutPart, cutPart, roundedTo, tableNumber } from './cut-part.js';
import { isKept, type WindowLimits, windowLimits } from './window-limits.js';

interface FoundWindow {
  readonly options: CleaningOptions;
  readonly values: Float64Array;
  readonly window: WindowLimits;
}

/**
 * Windows of parameters, and flags that are given.
 * Throws a RangeError that names the window that cannot be found.
 * @param column values of an expression for the events
 */
export function cleaningPart(
  windows: readonly CleaningOptions[],
  flags: readonly FlagOptions[],
  column: (expression: string) => Float64Array,
): CutPart {
  const found = windows.map((options): FoundWindow => {
    const values = column(options.of);
    return { options, values, window: windowLimits(options, values) };
  });
  const given = flags.map((flag) => ({ ...flag, values: column(flag.expression) }));
  const keeps = (event: number): boolean =>
    found.every(({ options, values, window }) => isKept(values[event]!, window, options.outside)) &&
    given.every(({ values }) => isTrue(values[event]!));
  const rows = (found[0] ?? given[0])!.values.length;
  let clean = 0;
  for (let event = 0; event < rows; event++) if (keeps(event)) clean++;
  const share = clean / rows;
  const names = [...windows.map(nameOf), ...flags.map(({ name }) => name)].map((name) => `is_valid_${name}`);
  return cutPart({
    doubts: [
      ...found.flatMap(({ options, window }) =>
        window.kept < 0.5
          ? [`${nameOf(options)} keeps only ${(100 * window.kept).toFixed(0)} % of the events`]
          : [],
      ),
      ...found.flatMap(({ options, window }) =>
        window.by === 'given' ? [`${nameOf(options)} has no core to cut on: the given limits are taken`] : [],
      ),
    ],
    numbers: [
      reportNumber('clean', 'Clean events', 100 * share, 100 * Math.sqrt((share * (1 - share)) / rows), '%'),
    ],
    tables: [cleaningTable(found, given)],
    plots: found.map(windowPlot),
    operations: {
      ...Object.assign({}, ...found.map(operationsOf)),
      ...Object.fromEntries(
        flags.map(({ name, expression }) => [`is_valid_${name}`, { expression, parameters: {} }]),
      ),
      is_clean: { expression: names.map((name) => `(${name})`).join(' & '), parameters: {} },
    } as CutPart['operations'],
    keeps,
  });
}

/** What an expression calls true: not 0 and not NaN. */
function isTrue(value: number): boolean {
  return value !== 0 && !Number.isNaN(value);
}

function cleaningTable(
  found: readonly FoundWindow[],
  given: readonly (FlagOptions & { readonly values: Float64Array })[],
): ReportTable {
  return {
    title: 'Data cleaning',
    columns: ['Parameter', 'Mode', 'σ', 'From', 'To', 'Kept (%)', '±', 'Limits by', 'p'],
    rows: [
      ...found.map(({ options, window }) => [
        nameOf(options),
        tableNumber(window.mean, 7),
        tableNumber(window.sigma),
        tableNumber(window.low, 7),
        tableNumber(window.high, 7),
        tableNumber(100 * window.kept),
        tableNumber(100 * window.keptError, 2),
        window.distribution === undefined ? window.by : `${window.by} (${window.distribution.shape})`,
        window.distribution === undefined ? null : tableNumber(window.distribution.pValue, 2),
      ]),
      ...given.map(({ name, values }) => {
        const kept = values.reduce((sum, value) => sum + (isTrue(value) ? 1 : 0), 0) / values.length;
        const error = Math.sqrt((kept * (1 - kept)) / values.length);
        return [
          name,
          null,
          null,
          null,
          null,
          tableNumber(100 * kept),
          tableNumber(100 * error, 2),
          'expression',
          null,
        ];
      }),
    ],
  };
}

function operationsOf({ options, window }: FoundWindow): { readonly [column: string]: JsonValue } {
  const { of, outside, classifier } = options;
  const { low, high, sigma, mean } = window;
  const sides: [limit: number, name: string, comparison: string][] = [
    [low, 'cut_low', outside ? '<=' : '>'],
    [high, 'cut_high', outside ? '>=' : '<'],
  ];
  const finite = sides.filter(([limit]) => Number.isFinite(limit));
  const name = nameOf(options);
  const flag = {
    expression: finite
      .map(([, limit, comparison]) => `((${of}) ${comparison} ${limit})`)
      .join(outside ? ' | ' : ' & '),
    parameters: Object.fromEntries(finite.map(([limit, key]) => [key, roundedTo(limit, sigma)])),
  };
  if (!classifier) return { [`is_valid_${name}`]: flag };
  return {
    [`${name}_classifier`]: {
      expression: `((${of}) - mean)/std`,
      parameters: { mean: roundedTo(mean, sigma / 100), std: Number(sigma.toPrecision(6)) },
    },
    [`is_valid_${name}`]: flag,
  };
}

function windowPlot({ options, values, window }: FoundWindow): ReportPlot {
  const { mean, sigma, low, high, distribution } = window;
  const limits = [low, high].filter(Number.isFinite);
  const farthest = Math.max(4 * sigma, ...limits.map((limit) => Math.abs(limit - mean)));
  const reach = 1.5 * farthest;
  const histogram = histogramOf(values, mean - reach, mean + reach, reach / 80);
  const edges = binEdges(histogram);
  return {
    name: `window-${nameOf(options)}`,
    title: `Window of ${nameOf(options)}`,
    xLabel: options.of,
    yLabel: 'Events',
    logY: true,
    series: [
      reportSeries('steps', 'events', edges, histogram.counts),
      ...(distribution === undefined
        ? []
        : [
            reportSeries(
              'curve',
              distribution.shape,
              edges.subarray(1).map((edge, bin) => (edge + edges[bin]!) / 2),
              edges
                .subarray(1)
                .map(
                  (edge, bin) =>
                    distribution.counts *
                    (distributionBelow(edge, distribution) - distributionBelow(edges[bin]!, distribution)),
                ),
            ),
          ]),
      reportMarks(
        'limits',
        limits,
        limits.map((limit) => limit.toPrecision(5)),
      ),
    ],
  };
}
