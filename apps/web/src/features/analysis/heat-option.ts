import type { ReportPlot } from '@countroom/contracts';
import type { EChartsCoreOption } from 'echarts/core';
import type { Tokens } from '../../lib/theme/tokens';

/** Values over two parameters; where there is none, the reason may be known. */
export interface HeatMap extends NonNullable<ReportPlot['map']> {
  readonly faults?: readonly (readonly (string | null)[])[];
}

/** One point of a map: its column, its row, and the value there. */
export type HeatPoint = readonly [column: number, row: number, value: number];

/** Points that have a value. */
export function heatPoints({ values }: Pick<HeatMap, 'values'>): HeatPoint[] {
  return values.flatMap((row, y) =>
    row.flatMap((value, x): HeatPoint[] => (value === null ? [] : [[x, y, value]])),
  );
}

/** Points that were tried and have no value: column, row and why. */
export function faultPoints({ faults }: HeatMap): (readonly [column: number, row: number, reason: string])[] {
  return (faults ?? []).flatMap((row, y) =>
    row.flatMap((reason, x) => (reason === null ? [] : [[x, y, reason] as const])),
  );
}

/** A cross: tried, and nothing came of it. */
export function crossAt(x: number, y: number, reach: number, color: string): object {
  const line = (slope: 1 | -1): object => ({
    type: 'line',
    shape: { x1: x - reach, y1: y - slope * reach, x2: x + reach, y2: y + slope * reach },
    style: { stroke: color, lineWidth: 1.5 },
  });
  return { type: 'group', children: [line(1), line(-1)] };
}

/** The point with the lowest value; undefined when none has one. */
export function lowestPoint(map: HeatMap): HeatPoint | undefined {
  return heatPoints(map).reduce<HeatPoint | undefined>(
    (best, point) => (best === undefined || point[2] < best[2] ? point : best),
    undefined,
  );
}

/** Values of several sizes are told apart by their ratio: a few that are far off leave colours for the others. */
export function isLogarithmic([low, high]: readonly [number, number]): boolean {
  return low > 0 && high > 10 * low;
}

/** Colour of a value between the lowest and the highest: the best stands out by the far end of the scale. */
export function heatColor(
  value: number,
  [low, high]: readonly [number, number],
  heat: readonly string[],
): string {
  const scale = isLogarithmic([low, high]) ? Math.log : (one: number): number => one;
  const share = high > low ? (scale(high) - scale(value)) / (scale(high) - scale(low)) : 1;
  return heat[Math.min(heat.length - 1, Math.floor(share * heat.length))] ?? '';
}

interface CustomApi {
  readonly value: (dimension: number) => number;
  readonly coord: (point: readonly number[]) => readonly [number, number];
  readonly size: (extent: readonly number[]) => readonly [number, number];
}

/** Option of a surface over two parameters: a field for each point, the best one framed. */
export function heatOption(
  { xLabel, yLabel }: Pick<ReportPlot, 'xLabel' | 'yLabel'>,
  map: HeatMap,
  { heat, text, panel, dim }: Pick<Tokens, 'heat' | 'text' | 'panel' | 'dim'>,
): EChartsCoreOption {
  const points = heatPoints(map);
  const best = lowestPoint(map);
  const known = points.map(([, , value]) => value);
  const ends = [Math.min(...known), Math.max(...known)] as const;
  return {
    animation: false,
    grid: { left: 84, right: 20, top: 30, bottom: 46 },
    legend: { show: false },
    xAxis: {
      type: 'category',
      data: map.x,
      name: xLabel,
      nameLocation: 'middle',
      nameGap: 28,
      axisLabel: { hideOverlap: true },
    },
    yAxis: {
      type: 'category',
      data: map.y,
      name: yLabel,
      nameTextStyle: { align: 'left', padding: [0, 0, 0, -52] },
    },
    series: [
      {
        id: 'map',
        type: 'custom',
        silent: true,
        data: points.map((point) => [...point]),
        encode: { x: 0, y: 1 },
        renderItem: (_: unknown, api: CustomApi) => {
          const [column, row, value] = [api.value(0), api.value(1), api.value(2)];
          const [x, y] = api.coord([column, row]);
          const [width, height] = api.size([1, 1]);
          const isBest = best?.[0] === column && best[1] === row;
          const inset = isBest ? 2 : 0.5;
          return {
            type: 'rect',
            z2: isBest ? 1 : 0,
            shape: {
              x: x - width / 2 + inset,
              y: y - height / 2 + inset,
              width: Math.max(1, width - 2 * inset),
              height: Math.max(1, height - 2 * inset),
            },
            style: {
              fill: heatColor(value, ends, heat),
              stroke: isBest ? text : panel,
              lineWidth: isBest ? 3 : 0,
            },
          };
        },
      },
      {
        id: 'faults',
        type: 'custom',
        silent: true,
        data: faultPoints(map).map(([column, row]) => [column, row]),
        encode: { x: 0, y: 1 },
        renderItem: (_: unknown, api: CustomApi) => {
          const [x, y] = api.coord([api.value(0), api.value(1)]);
          return crossAt(x, y, Math.min(6, Math.min(...api.size([1, 1])) / 3), dim);
        },
      },
    ],
  };
}

/** The points of a map as rows for a file. */
export function mapCsv({ xLabel, yLabel }: Pick<ReportPlot, 'xLabel' | 'yLabel'>, map: HeatMap): string {
  const rows = heatPoints(map).map(([x, y, value]) => [map.y[y], map.x[x], value].join(','));
  return [[yLabel, xLabel, map.label.replaceAll(',', ';')].join(','), ...rows, ''].join('\n');
}
