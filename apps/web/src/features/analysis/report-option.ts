import type { ReportPlot, ReportSeries } from '@countroom/contracts';
import type { EChartsCoreOption } from 'echarts/core';
import { tick } from '../../lib/chart/axis-format';
import { exactMarks } from '../../lib/chart/exact-marks';
import { plain } from '../../lib/format/numbers';
import type { Tokens } from '../../lib/theme/tokens';
import { logFloor } from '../../panels/spectrum/prepare';

type Point = readonly [number, number];
export type Range = readonly [number, number] | null;

/** Corners of a step line: `x` has one more edge than `y` has counts. */
export function stepPoints({ x, y }: Pick<ReportSeries, 'x' | 'y'>, logarithmic: boolean): Point[] {
  return x.flatMap((edge, index) => {
    const count = y[Math.min(index, y.length - 1)];
    if (edge === null || count === null || count === undefined) return [];
    return [[edge, logarithmic ? Math.max(logFloor, count) : count] as const];
  });
}

/** Points that have both coordinates. */
export function points({ x, y }: Pick<ReportSeries, 'x' | 'y'>): Point[] {
  return x.flatMap((at, index) => {
    const value = y[index];
    return at === null || value === null || value === undefined ? [] : [[at, value] as const];
  });
}

/** Vertical bars of points with errors: x, lower end, upper end. */
export function errorBars({ x, y, error }: ReportSeries): (readonly [number, number, number])[] {
  return x.flatMap((at, index) => {
    const [value, by] = [y[index], error?.[index]];
    if (at === null || value === null || value === undefined || by === null || by === undefined) return [];
    return [[at, value - by, value + by] as const];
  });
}

/** Option of a plot of a report; `range` is the part of the x axis that is looked at. */
export function reportOption(plot: ReportPlot, range: Range, tokens: Tokens): EChartsCoreOption {
  const { logY } = plot;
  const counts = plot.series.some(({ kind }) => kind === 'steps');
  const named = plot.series.flatMap(({ kind, name }) => (kind === 'marks' ? [] : [name]));
  const hasLegend = named.length > 1;
  return {
    animation: false,
    // The legend stands above the name of the axis: side by side they have no room on a small screen.
    grid: { left: 68, right: 20, top: hasLegend ? 52 : 34, bottom: 46 },
    legend: { show: hasLegend, data: named, top: 0, right: 8, selectedMode: false },
    xAxis: {
      type: 'value',
      name: plot.xLabel,
      nameLocation: 'middle',
      nameGap: 28,
      scale: true,
      ...(range === null ? tightRange(plot) : { min: range[0], max: range[1] }),
      axisLabel: { formatter: plain, showMinLabel: false, showMaxLabel: false, hideOverlap: true },
    },
    yAxis: {
      type: logY ? 'log' : 'value',
      name: plot.yLabel,
      nameTextStyle: { align: 'left', padding: [0, 0, 0, -52] },
      scale: !counts,
      ...(logY ? { min: logFloor } : counts ? { minInterval: 1 } : {}),
      axisLabel: {
        formatter: (value: number) => (logY && value < 1 ? '' : counts ? tick(value) : plain(value)),
      },
    },
    series: plot.series.flatMap((series, index) => drawn(series, index, plot, tokens)),
  };
}

/** The ends of histograms, which are seldom round numbers. */
function tightRange({ series }: ReportPlot): object {
  const steps = series.find(({ kind }) => kind === 'steps')?.x.filter((edge) => edge !== null) ?? [];
  return steps.length < 2 ? {} : { min: steps[0], max: steps.at(-1) };
}

function drawn(series: ReportSeries, index: number, { logY }: ReportPlot, tokens: Tokens): object[] {
  const color = tokens.series[index % tokens.series.length]!;
  const common = { id: `${series.kind}-${series.name}`, name: series.name, color, silent: true };
  switch (series.kind) {
    case 'steps':
      return [
        {
          ...common,
          type: 'line',
          step: 'end',
          data: stepPoints(series, logY),
          showSymbol: false,
          lineStyle: { width: 1 },
        },
      ];
    case 'curve':
      return [
        { ...common, type: 'line', data: points(series), showSymbol: false, lineStyle: { width: 1.5 } },
      ];
    case 'points':
      return [
        {
          ...common,
          type: 'line',
          data: points(series),
          showSymbol: true,
          symbol: 'circle',
          symbolSize: 5,
          lineStyle: { width: 0 },
        },
        ...(series.error === undefined ? [] : [barsOf(series, color)]),
      ];
    case 'marks':
      return [
        {
          ...common,
          type: 'line',
          data: [],
          markLine: {
            precision: exactMarks,
            silent: true,
            symbol: 'none',
            lineStyle: { color: tokens.dim, type: 'dashed', width: 1 },
            label: {
              formatter: '{b}',
              color: tokens.text,
              rotate: 90,
              position: 'insideEndTop',
              fontSize: 10,
            },
            data: series.x.flatMap((at, place) =>
              at === null ? [] : [{ xAxis: at, name: series.labels?.[place] ?? '' }],
            ),
          },
        },
      ];
  }
}

interface CustomApi {
  readonly value: (dimension: number) => number;
  readonly coord: (point: readonly number[]) => readonly [number, number];
}

function barsOf(series: ReportSeries, color: string): object {
  return {
    id: `errors-${series.name}`,
    type: 'custom',
    silent: true,
    data: errorBars(series),
    encode: { x: 0, y: [1, 2] },
    renderItem: (_: unknown, api: CustomApi) => {
      const low = api.coord([api.value(0), api.value(1)]);
      const high = api.coord([api.value(0), api.value(2)]);
      return {
        type: 'line',
        shape: { x1: low[0], y1: low[1], x2: high[0], y2: high[1] },
        style: { stroke: color, lineWidth: 1 },
      };
    },
  };
}

/** Numbers of a plot as rows for a file: series, x, y, error. */
export function plotCsv(plot: ReportPlot): string {
  const rows = plot.series.flatMap(({ name, x, y, error }) =>
    x.map((at, index) => [name, at ?? '', y[index] ?? '', error?.[index] ?? ''].join(',')),
  );
  return ['series,x,y,error', ...rows, ''].join('\n');
}
