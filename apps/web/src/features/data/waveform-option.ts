import type { EChartsCoreOption } from 'echarts/core';
import { tick } from '../../lib/chart/axis-format';
import { plain } from '../../lib/format/numbers';
import { interleave } from '../../panels/waveforms/prepare';
import { type RowCurve, timeAxis } from './waveform-curves';

/** Option of the waveform plot; times stand in the file's unit, the axis writes them in one that reads well. */
export function rowWaveformsOption(input: {
  readonly curves: readonly RowCurve[];
  readonly timeUnit: string;
  readonly valueUnit: string;
  readonly zoom: readonly [number, number] | null;
  readonly colors: readonly string[];
}): EChartsCoreOption {
  const { curves, colors, zoom } = input;
  const axis = timeAxis(
    input.timeUnit,
    Math.max(0, ...curves.map((curve) => Math.abs(curve.times.at(-1) ?? 0))),
  );
  return {
    animation: false,
    grid: { left: 64, right: 16, top: 32, bottom: 44 },
    legend: { top: 0, right: 0, type: 'scroll', show: curves.length > 1 },
    xAxis: {
      type: 'value',
      name: `time / ${axis.unit}`,
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
      axisLabel: { formatter: tick },
    },
    series: curves.map((curve, index) => ({
      id: String(index),
      name: `row ${curve.row}`,
      type: 'line',
      dimensions: ['time', 'value'],
      data: interleave(curve.times, curve.values),
      showSymbol: false,
      silent: true,
      lineStyle: { width: 1.2 },
      color: colors[index % colors.length],
    })),
  };
}
