import type { EChartsCoreOption } from 'echarts/core';
import { axisUnit, largestOf } from '../../lib/chart/axis-format';
import { exactMarks } from '../../lib/chart/exact-marks';
import { plain, si } from '../../lib/format/numbers';
import { type Curve, interleave } from '../waveforms/prepare';
import { divisions, fromDivision, timeDivisions, toDivision, type Vertical } from './vertical';

/** Where the screen lies in the canvas, px from its edges. Cursors and afterglow are laid over it. */
export const screen = { left: 64, right: 16, top: 30, bottom: 44 } as const;

/** A channel on the screen. */
export interface Trace {
  readonly curve: Curve;
  readonly label: string;
  readonly view: Vertical;
  readonly color: string;
}

/** The channel in front: the one asked for, else that which triggers, else the first. */
export function frontTrace<T extends { readonly curve: Pick<Curve, 'key' | 'triggerLevel'> }>(
  traces: readonly T[],
  asked: string,
): T | undefined {
  return (
    traces.find(({ curve }) => curve.key === asked) ??
    traces.find(({ curve }) => typeof curve.triggerLevel === 'number') ??
    traces[0]
  );
}

interface Input {
  readonly traces: readonly Trace[];
  /** Trace whose values stand at the vertical axis. */
  readonly front: Trace | undefined;
  /** Times at the left and right edge, ns. */
  readonly range: readonly [number, number];
  readonly markColor: string;
  /** Behind texts that stand over curves. */
  readonly backColor: string;
}

/** Earliest and latest time of curves, ns; null without one. */
export function extentOf(curves: readonly Curve[]): readonly [number, number] | null {
  const from = Math.min(...curves.map(({ times }) => times[0] ?? Number.POSITIVE_INFINITY));
  const to = Math.max(...curves.map(({ times }) => times.at(-1) ?? Number.NEGATIVE_INFINITY));
  return from < to ? [from, to] : null;
}

/** Option of the screen: ten by eight divisions, values of the channel in front at the left. */
export function scopeOption({ traces, front, range, markColor, backColor }: Input): EChartsCoreOption {
  const [from, to] = range;
  const [scale, unit] = timeUnit(range);
  const half = divisions / 2;
  const heights = front === undefined ? [] : [-half, half].map((edge) => fromDivision(edge, front.view));
  const axis = axisUnit(largestOf(heights), front?.curve.unit ?? '');
  return {
    animation: false,
    grid: { ...screen },
    legend: {
      top: 0,
      right: 0,
      left: 96,
      type: 'scroll',
      selectedMode: false,
      // Without its order the legend keeps that in which the channels were first seen.
      data: traces.map(({ label }) => label),
    },
    xAxis: {
      type: 'value',
      name: `time from trigger / ${unit}`,
      nameLocation: 'middle',
      nameGap: 26,
      min: from,
      max: to,
      splitNumber: timeDivisions,
      axisLabel: {
        formatter: (ns: number) => plain(Number((ns / scale).toPrecision(4))),
        showMinLabel: false,
        showMaxLabel: false,
      },
    },
    yAxis: {
      type: 'value',
      name: front === undefined ? '' : [front.label, axis.unit].filter((part) => part !== '').join(' / '),
      nameTextStyle: { align: 'left', padding: [0, 0, 0, -48], color: front?.color ?? markColor },
      min: -half,
      max: half,
      interval: 1,
      axisLabel: {
        color: front?.color ?? markColor,
        formatter: (division: number) =>
          front === undefined ? '' : axis.tick(Number(fromDivision(division, front.view).toPrecision(6))),
      },
    },
    series: [
      ...traces.map((trace) => lineOf(trace, trace === front)),
      marks(traces, from <= 0 && to >= 0, markColor, backColor),
    ],
  };
}

function lineOf({ curve, label, view, color }: Trace, isInFront: boolean): object {
  return {
    id: curve.key,
    name: label,
    type: 'line',
    dimensions: ['time', 'division'],
    data: interleave(
      curve.times,
      curve.values.map((value) => toDivision(value, view)),
    ),
    showSymbol: false,
    silent: true,
    clip: true,
    z: isInFront ? 3 : 2,
    lineStyle: { width: isInFront ? 1.6 : 1.2 },
    color,
  };
}

/** The moment of the trigger, and the level of each channel that triggers, in its colour. */
function marks(traces: readonly Trace[], hasMoment: boolean, markColor: string, backColor: string): object {
  const levels = traces.flatMap(({ curve, label, view, color }) => {
    const { triggerLevel } = curve;
    if (triggerLevel === null || triggerLevel === undefined) return [];
    const division = toDivision(triggerLevel, view);
    if (Math.abs(division) > divisions / 2) return [];
    return [
      {
        yAxis: division,
        lineStyle: { color, type: 'dashed' },
        label: {
          formatter: `trigger ${label} ${si(triggerLevel, curve.unit)}`,
          color,
          backgroundColor: backColor,
          padding: [1, 4],
          position: 'insideEndTop',
        },
      },
    ];
  });
  return {
    id: 'marks',
    type: 'line',
    data: [],
    silent: true,
    markLine: {
      precision: exactMarks,
      silent: true,
      symbol: 'none',
      animation: false,
      data: [
        ...(hasMoment
          ? [
              {
                xAxis: 0,
                lineStyle: { color: markColor, type: 'dashed' },
                label: { formatter: 'T', color: markColor, position: 'end', distance: 2 },
              },
            ]
          : []),
        ...levels,
      ],
    },
  };
}

/** Nanoseconds per unit of the time axis, and the unit. */
export function timeUnit([from, to]: readonly [number, number]): readonly [number, string] {
  const longest = Math.max(Math.abs(from), Math.abs(to));
  if (longest >= 2e9) return [1e9, 's'];
  if (longest >= 2e6) return [1e6, 'ms'];
  return longest >= 2e3 ? [1e3, 'µs'] : [1, 'ns'];
}
