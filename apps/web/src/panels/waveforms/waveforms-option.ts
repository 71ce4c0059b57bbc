import type { EChartsCoreOption } from 'echarts/core';
import { tick } from '../../lib/chart/axis-format';
import { exactMarks } from '../../lib/chart/exact-marks';
import { plain } from '../../lib/format/numbers';
import { channelColor, channelLabel } from '../channel-keys';
import type { LiveLook } from './overlay';
import { type Curve, interleave } from './prepare';

interface Input {
  readonly curves: readonly Curve[];
  /** Older waveforms of the same channels, faint behind the newest. */
  readonly before?: readonly Curve[];
  readonly look?: LiveLook;
  readonly reference: ReadonlyMap<string, Curve> | null;
  /** All channels there are: a channel keeps its colour whichever others are shown. */
  readonly channels: readonly string[];
  readonly colors: readonly string[];
  readonly markColor: string;
}

/** Option of the waveform plot. Nothing moves by itself: live data is never animated. */
export function waveformsOption(input: Input): EChartsCoreOption {
  const { before = [], look } = input;
  const isAligned = look?.align === 'max';
  const unit = look?.norm === 'max' ? 'share of the height' : (input.curves[0]?.unit ?? '');
  const line = (curve: Curve, name: string, dashed: boolean) => ({
    id: name,
    name,
    type: 'line',
    dimensions: ['time', 'value'],
    data: interleave(curve.times, curve.values),
    showSymbol: false,
    silent: true,
    lineStyle: { width: dashed ? 1 : 1.2, type: dashed ? 'dashed' : 'solid', opacity: dashed ? 0.7 : 1 },
    color: channelColor(curve.key, input.channels, input.colors),
  });
  const lines = [
    ...input.curves.map((curve) => line(curve, channelLabel(curve.key, input.channels), false)),
    ...input.curves.flatMap((curve) => {
      const kept = input.reference?.get(curve.key);
      return kept === undefined
        ? []
        : [line(kept, `${channelLabel(curve.key, input.channels)} reference`, true)];
    }),
  ];
  const [scale, timeUnit] = timeScale(input.curves);
  const hasTrigger = !isAligned && input.curves.some((curve) => (curve.times[0] ?? 0) < 0);
  return {
    animation: false,
    grid: { left: 64, right: 16, top: 32, bottom: 44 },
    // Without its order the legend keeps that in which the channels were first seen.
    legend: { top: 0, right: 0, left: 96, type: 'scroll', data: lines.map(({ name }) => name) },
    xAxis: {
      type: 'value',
      name: `${isAligned ? 'time from the highest point' : hasTrigger ? 'time from trigger' : 'time'} / ${timeUnit}`,
      nameLocation: 'middle',
      nameGap: 26,
      min: 'dataMin',
      max: 'dataMax',
      axisLabel: {
        formatter: (value: number) => plain(value / scale),
        showMinLabel: false,
        showMaxLabel: false,
      },
      splitNumber: 8,
    },
    yAxis: {
      type: 'value',
      name: unit,
      scale: true,
      axisLabel: { formatter: tick },
    },
    series: [
      ...before.map((curve) => faint(curve, channelColor(curve.key, input.channels, input.colors))),
      ...lines,
      ...(hasTrigger ? [triggerMark(input.markColor, input.curves)] : []),
    ],
  };
}

function faint(curve: Curve, color: string): object {
  return {
    id: `before ${curve.key} ${curve.eventNumber}`,
    // Without a name of its own it stands in no legend.
    type: 'line',
    dimensions: ['time', 'value'],
    data: interleave(curve.times, curve.values),
    showSymbol: false,
    silent: true,
    lineStyle: { width: 1, opacity: 0.25 },
    color,
  };
}

/** Nanoseconds per unit of the time axis, and the unit: what suits the longest waveform. */
function timeScale(curves: readonly Curve[]): readonly [number, string] {
  const longest = Math.max(
    0,
    ...curves.map((curve) => Math.max(Math.abs(curve.times[0] ?? 0), Math.abs(curve.times.at(-1) ?? 0))),
  );
  if (longest >= 2e6) return [1e6, 'ms'];
  return longest >= 2e3 ? [1e3, 'µs'] : [1, 'ns'];
}

/** The moment of the trigger, and the level of the channels that trigger. */
function triggerMark(color: string, curves: readonly Curve[]): object {
  const levels = curves.flatMap(({ triggerLevel }) =>
    triggerLevel === null || triggerLevel === undefined ? [] : [{ yAxis: triggerLevel }],
  );
  return {
    id: 'trigger',
    type: 'line',
    data: [],
    silent: true,
    markLine: {
      precision: exactMarks,
      silent: true,
      symbol: 'none',
      animation: false,
      data: [{ xAxis: 0 }, ...levels],
      lineStyle: { color, type: 'dashed' },
      label: { formatter: 'trigger', color, position: 'insideEndTop' },
    },
  };
}
