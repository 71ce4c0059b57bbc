import type { EChartsCoreOption } from 'echarts/core';
import { tick } from '../../lib/chart/axis-format';
import { exactMarks } from '../../lib/chart/exact-marks';
import { plain } from '../../lib/format/numbers';
import { thinned } from '../../lib/waveforms/thin';
import { timeAxis } from '../waveform-browser/waveform-curves';
import type { PreviewCurve } from './preview-curves';

/** Stretches that a curve is thinned out to: about a pixel each, fewer when there are many curves. */
const manyStretches = 1000;
const fewStretches = 250;
const mostStretches = 12_000;

/** A time that is drawn as a line through all curves over time. */
export interface TimeMark {
  readonly name: string;
  readonly at: number;
}

/** Curves that share a pair of axes. */
export interface CurveGroup {
  readonly curves: readonly PreviewCurve[];
  readonly xUnit: PreviewCurve['xUnit'];
  readonly unit: string;
}

/** Over each other, those of times apart from the others; or each variable by itself. */
export function groupsOf(curves: readonly PreviewCurve[], stacked: boolean): CurveGroup[] {
  const groups = new Map<string, PreviewCurve[]>();
  for (const curve of curves) {
    const key = stacked ? curve.name : curve.xUnit;
    groups.set(key, [...(groups.get(key) ?? []), curve]);
  }
  return [...groups.values()].map((members) => {
    const units = [...new Set(members.map(({ unit }) => unit).filter((unit) => unit !== ''))];
    return {
      curves: members,
      xUnit: members[0]?.xUnit ?? '',
      unit: units.length === 1 ? (units[0] ?? '') : '',
    };
  });
}

/** Height of the plot for so many groups, in pixels. */
export function heightFor(groups: number): number {
  return groups <= 1 ? 380 : 64 + groups * 190;
}

/** Option of the plot: one grid per group, below each other, times with one axis for all. */
export function previewOption(input: {
  readonly groups: readonly CurveGroup[];
  readonly marks: readonly TimeMark[];
  readonly zoom: readonly [number, number] | null;
  readonly colors: readonly string[];
  /** Colour of words. */
  readonly text: string;
}): EChartsCoreOption {
  const { groups, marks, zoom, colors, text } = input;
  const names = [...new Set(groups.flatMap(({ curves }) => curves.map(({ name }) => name)))];
  const labels = [...new Set(groups.flatMap(({ curves }) => curves.map(labelOf)))];
  const colorOf = (name: string): string | undefined => colors[names.indexOf(name) % colors.length];
  const drawn = groups.reduce((sum, { curves }) => sum + curves.length, 0);
  const stretches = Math.max(fewStretches, Math.min(manyStretches, Math.floor(mostStretches / drawn)));
  const height = heightFor(groups.length);
  const each = (height - 42) / Math.max(1, groups.length);
  const times = groups.filter(({ xUnit }) => xUnit === 'ns').flatMap(({ curves }) => curves);
  const axis = timeAxis(
    'ns',
    times.reduce((most, { x }) => Math.max(most, Math.abs(x.at(-1) ?? 0)), 0),
  );
  return {
    animation: false,
    legend: { top: 0, left: 96, right: 0, type: 'scroll', data: labels, selectedMode: false },
    grid: groups.map((_, index) => ({ left: 64, right: 16, top: 36 + index * each, height: each - 38 })),
    xAxis: groups.map(({ xUnit }, index) => ({
      type: 'value',
      gridIndex: index,
      name:
        index < groups.length - 1 && groups[index + 1]?.xUnit === xUnit
          ? ''
          : xUnit === 'ns'
            ? `time / ${axis.unit}`
            : xUnit === 'MHz'
              ? 'frequency / MHz'
              : 'element',
      nameLocation: 'middle',
      nameGap: 24,
      min: (xUnit === 'ns' ? zoom?.[0] : undefined) ?? 'dataMin',
      max: (xUnit === 'ns' ? zoom?.[1] : undefined) ?? 'dataMax',
      axisLabel: {
        formatter: (value: number) => plain(xUnit === 'ns' ? value / axis.scale : value),
        showMinLabel: false,
        showMaxLabel: false,
      },
      splitNumber: 8,
    })),
    yAxis: groups.map(({ unit, curves }, index) => ({
      type: 'value',
      gridIndex: index,
      name: unit === '' ? (groups.length > 1 ? (curves[0]?.name ?? '') : 'value') : unit,
      scale: true,
      axisLabel: { formatter: tick },
      splitNumber: groups.length > 1 ? 3 : 5,
    })),
    series: groups.flatMap(({ curves, xUnit }, index) =>
      curves.map((curve, place) => ({
        id: `${labelOf(curve)} ${curve.row}`,
        name: labelOf(curve),
        type: 'line',
        xAxisIndex: index,
        yAxisIndex: index,
        dimensions: ['x', 'value'],
        data: thinned(curve.x, curve.values, xUnit === 'ns' ? zoom : null, stretches),
        showSymbol: curve.values.length < 2,
        silent: true,
        lineStyle: { width: 1.3, ...(curve.of === undefined ? {} : { type: [5, 3], opacity: 0.85 }) },
        color: colorOf(curve.name),
        ...(place === 0 && xUnit === 'ns' && marks.length > 0
          ? {
              markLine: {
                precision: exactMarks,
                silent: true,
                symbol: 'none',
                animation: false,
                lineStyle: { type: 'dashed', width: 1 },
                label: {
                  show: index === 0 && marks.length <= 8,
                  formatter: '{b}',
                  position: 'insideEndTop',
                  fontSize: 10,
                  color: text,
                  textBorderWidth: 0,
                },
                data: marks.map(({ name, at }) => ({ name, xAxis: at })),
              },
            }
          : {}),
      })),
    ),
  };
}

/** `wf_trap`, or `wf_trap, th228 v2` of the chain that is compared with. */
function labelOf({ name, of }: PreviewCurve): string {
  return of === undefined ? name : `${name}, ${of}`;
}
