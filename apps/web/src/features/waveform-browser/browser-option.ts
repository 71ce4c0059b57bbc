import type { EChartsCoreOption } from 'echarts/core';
import { tick } from '../../lib/chart/axis-format';
import { exactMarks } from '../../lib/chart/exact-marks';
import { plain } from '../../lib/format/numbers';
import { timeFactor } from '../../lib/waveforms/time-unit';
import { interleave } from '../../panels/waveforms/prepare';
import type { BrowserAddress, Style } from './browser-address';
import type { DrawnCurve } from './curves';
import { timeAxis } from './waveform-curves';

const mostNamedMarks = 8;

interface Input {
  readonly curves: readonly DrawnCurve[];
  readonly timeUnit: string;
  readonly valueUnit: string;
  /** Whether time 0 is a place of each waveform, not that of the file. */
  readonly aligned: boolean;
  readonly zoom: readonly [number, number] | null;
  readonly heights?: readonly [number, number] | null;
  readonly xUnit?: BrowserAddress['xUnit'];
  readonly style?: Style;
  readonly colors: readonly string[];
}

const plainStyle: Style = { color: '', line: '', width: null };
const dashes = ['solid', [6, 3], [2, 2], [8, 3, 2, 3], [12, 4]] as const;

/** Option of the plot; times stand in the file's unit, the axis writes them in one that reads well. */
export function browserOption(input: Input): EChartsCoreOption {
  const { curves, colors, zoom, heights: limits = null, style = plainStyle, xUnit = '' } = input;
  const axis = chosenAxis(input.timeUnit, curves, xUnit);
  const colorOf = coloring(curves, style, colors);
  const variables = [...new Set(curves.map(({ variable }) => variable ?? ''))];
  const marks = curves.reduce((sum, curve) => sum + curve.marks.length, 0);
  const heights = curves.flatMap((curve) =>
    curve.marks.flatMap(({ axis, at }) => (axis === 'y' ? [at] : [])),
  );
  return {
    animation: false,
    grid: { left: 64, right: 16, top: 32, bottom: 44 },
    legend: {
      top: 0,
      right: 0,
      left: 96,
      type: 'scroll',
      show: curves.length > 1 || curves[0]?.label.includes(','),
    },
    xAxis: {
      type: 'value',
      name: `${input.aligned ? 'aligned time' : 'time'} / ${axis.unit}`,
      nameLocation: 'middle',
      nameGap: 26,
      min: zoom?.[0] ?? 'dataMin',
      max: zoom?.[1] ?? 'dataMax',
      axisLabel: {
        formatter: (value: number) => plain(value / axis.scale),
        // The ends are seldom round numbers.
        showMinLabel: false,
        showMaxLabel: false,
      },
      splitNumber: 8,
    },
    yAxis: {
      type: 'value',
      name: input.valueUnit === '' ? 'value' : `value / ${input.valueUnit}`,
      scale: true,
      axisLabel: { formatter: tick, showMinLabel: heights.length === 0, showMaxLabel: heights.length === 0 },
      // Lines at values must be inside of the plot.
      ...(limits !== null
        ? { min: limits[0], max: limits[1] }
        : heights.length === 0
          ? {}
          : {
              min: ({ min, max }: Extent) => Math.min(min, ...heights.map((at) => at - (max - min) / 20)),
              max: ({ min, max }: Extent) => Math.max(max, ...heights.map((at) => at + (max - min) / 20)),
            }),
    },
    series: curves.map((curve, index) => {
      const color = colorOf(curve, index);
      return {
        id: curve.id,
        name: curve.label,
        type: 'line',
        dimensions: ['time', 'value'],
        data: interleave(curve.times, curve.values),
        showSymbol: style.line === 'points' || style.line === 'both',
        symbol: 'circle',
        symbolSize: 3,
        ...(style.line === 'steps' ? { step: 'end' } : {}),
        silent: true,
        lineStyle: {
          width: style.line === 'points' ? 0 : (style.width ?? 1.2),
          type: dashes[variables.indexOf(curve.variable ?? '') % dashes.length],
        },
        color,
        ...(curve.marks.length === 0 ? {} : { markLine: markLine(curve, color, marks <= mostNamedMarks) }),
      };
    }),
  };
}

/** One colour per waveform, per table, or for all; a single waveform has one per variable. */
function coloring(
  curves: readonly DrawnCurve[],
  { color }: Style,
  colors: readonly string[],
): (curve: DrawnCurve, index: number) => string | undefined {
  const rows = new Set(curves.map(({ table, row }) => `${table} ${row}`));
  const keyOf = ({ table, row, variable = '' }: DrawnCurve): string => {
    if (color === 'one') return variable;
    if (color === 'table') return table;
    return rows.size === 1 ? variable : `${table} ${row}`;
  };
  const keys = [...new Set(curves.map(keyOf))];
  return (curve) => colors[keys.indexOf(keyOf(curve)) % colors.length];
}

/** The axis in a unit of time of the reader's choice, in samples, or in one that reads well. */
export function chosenAxis(
  timeUnit: string,
  curves: readonly DrawnCurve[],
  xUnit: BrowserAddress['xUnit'],
): ReturnType<typeof timeAxis> {
  if (xUnit === 'sample') {
    const times = curves[0]?.times;
    return { scale: times === undefined || times.length < 2 ? 1 : times[1]! - times[0]!, unit: 'sample' };
  }
  const factor = timeFactor(xUnit, timeUnit);
  return factor === null ? timeAxis(timeUnit, longestOf(curves)) : { scale: factor, unit: xUnit };
}

interface Extent {
  readonly min: number;
  readonly max: number;
}

/** The time farthest from 0. */
export function longestOf(curves: readonly DrawnCurve[]): number {
  return Math.max(
    0,
    ...curves.flatMap(({ times }) => [Math.abs(times[0] ?? 0), Math.abs(times.at(-1) ?? 0)]),
  );
}

function markLine({ marks }: DrawnCurve, color: string | undefined, named: boolean): object {
  return {
    precision: exactMarks,
    silent: true,
    symbol: 'none',
    animation: false,
    lineStyle: { color, type: 'dashed', width: 1 },
    label: { show: named, formatter: '{b}', color, position: 'insideEndTop' },
    data: marks.map(({ name, axis, at }) => ({ name, ...(axis === 'x' ? { xAxis: at } : { yAxis: at }) })),
  };
}
