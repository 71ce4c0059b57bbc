import type { ReportTrials } from '@countroom/contracts';
import type { EChartsCoreOption } from 'echarts/core';
import { plain } from '../../lib/format/numbers';
import type { Tokens } from '../../lib/theme/tokens';
import { crossAt, heatColor } from './heat-option';
import { axisLabel, bestTried, triedPoints } from './trials';

const radius = 5;

/** A place that was tried on two axes; the value is null where there is no figure. */
export interface SearchPoint {
  readonly point: number;
  readonly x: number;
  readonly y: number;
  readonly value: number | null;
  readonly fault: string | null;
}

/** Where a search has been on two of its axes. */
export function searchPoints(trials: ReportTrials, across: number, up: number): SearchPoint[] {
  const [xs, ys] = [trials.axes[across]?.numbers, trials.axes[up]?.numbers];
  return triedPoints(trials).flatMap(({ point, value, fault }) => {
    const [x, y] = [xs?.[point], ys?.[point]];
    return x === undefined || y === undefined ? [] : [{ point, x, y, value, fault }];
  });
}

interface CustomApi {
  readonly value: (dimension: number) => number;
  readonly coord: (point: readonly number[]) => readonly [number, number];
}

/** Option of the places that a search has tried on two axes, coloured by the figure; the best is ringed. */
export function searchOption(
  trials: ReportTrials,
  across: number,
  up: number,
  { heat, text, dim }: Pick<Tokens, 'heat' | 'text' | 'dim'>,
): EChartsCoreOption {
  const points = searchPoints(trials, across, up);
  const known = points.flatMap(({ value }) => value ?? []);
  const ends = [Math.min(...known), Math.max(...known)] as const;
  const best = bestTried(triedPoints(trials));
  const axis = { type: 'value', scale: true, axisLabel: { formatter: plain, hideOverlap: true } };
  return {
    animation: false,
    grid: { left: 84, right: 20, top: 30, bottom: 46 },
    legend: { show: false },
    xAxis: { ...axis, name: axisLabel(trials.axes[across]!), nameLocation: 'middle', nameGap: 28 },
    yAxis: {
      ...axis,
      name: axisLabel(trials.axes[up]!),
      nameTextStyle: { align: 'left', padding: [0, 0, 0, -52] },
    },
    series: [
      {
        id: 'tried',
        type: 'custom',
        silent: true,
        data: points.map(({ x, y, point }) => [x, y, point]),
        encode: { x: 0, y: 1 },
        renderItem: (_: unknown, api: CustomApi) => {
          const [x, y] = api.coord([api.value(0), api.value(1)]);
          const found = points.find(({ point }) => point === api.value(2));
          if (found === undefined || found.value === null) return crossAt(x, y, radius, dim);
          const isBest = best?.point === found.point;
          return {
            type: 'circle',
            z2: isBest ? 1 : 0,
            shape: { cx: x, cy: y, r: isBest ? radius + 2 : radius },
            style: {
              fill: heatColor(found.value, ends, heat),
              stroke: text,
              lineWidth: isBest ? 3 : 0.5,
            },
          };
        },
      },
    ],
  };
}

/** The points of a search or of a grid as rows for a file. */
export function trialsCsv(trials: ReportTrials): string {
  const { axes, label } = trials;
  const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rows = triedPoints(trials).map(({ places, value, error, fault }) =>
    [
      ...axes.map(({ values }, axis) => quoted(values[places[axis]!] ?? '')),
      value ?? '',
      error ?? '',
      quoted(fault ?? ''),
    ].join(','),
  );
  const head = [...axes.map(({ name }) => name), label, 'error', 'why not'].map(quoted).join(',');
  return [head, ...rows, ''].join('\n');
}
