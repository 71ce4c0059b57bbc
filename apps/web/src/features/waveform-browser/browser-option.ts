import type { EChartsCoreOption } from 'echarts/core';
import { tick } from '../../lib/chart/axis-format';
import { plain } from '../../lib/format/numbers';
import { interleave } from '../../panels/waveforms/prepare';
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
  readonly colors: readonly string[];
}

/** Option of the plot; times stand in the file's unit, the axis writes them in one that reads well. */
export function browserOption(input: Input): EChartsCoreOption {
  const { curves, colors, zoom } = input;
  const axis = timeAxis(input.timeUnit, longestOf(curves));
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
      ...(heights.length === 0
        ? {}
        : {
            min: ({ min, max }: Extent) => Math.min(min, ...heights.map((at) => at - (max - min) / 20)),
            max: ({ min, max }: Extent) => Math.max(max, ...heights.map((at) => at + (max - min) / 20)),
          }),
    },
    series: curves.map((curve, index) => {
      const color = colors[index % colors.length];
      return {
        id: curve.id,
        name: curve.label,
        type: 'line',
        dimensions: ['time', 'value'],
        data: interleave(curve.times, curve.values),
        showSymbol: false,
        silent: true,
        lineStyle: { width: 1.2 },
        color,
        ...(curve.marks.length === 0 ? {} : { markLine: markLine(curve, color, marks <= mostNamedMarks) }),
      };
    }),
  };
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
    silent: true,
    symbol: 'none',
    animation: false,
    lineStyle: { color, type: 'dashed', width: 1 },
    label: { show: named, formatter: '{b}', color, position: 'insideEndTop' },
    data: marks.map(({ name, axis, at }) => ({ name, ...(axis === 'x' ? { xAxis: at } : { yAxis: at }) })),
  };
}
