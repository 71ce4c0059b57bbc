import type { PlaneHistogram } from '@countroom/contracts';
import type { EChartsCoreOption } from 'echarts/core';
import { plain } from '../../lib/format/numbers';

/** A cell that holds something: its place and its counts. */
export interface Cell {
  readonly x: number;
  readonly y: number;
  readonly counts: number;
}

type Axis = PlaneHistogram['x'];

/** Cells that are not empty. */
export function cellsOf({ counts, bins }: Pick<PlaneHistogram, 'counts' | 'bins'>): Cell[] {
  return counts.flatMap((count, cell) =>
    count === 0 ? [] : [{ x: cell % bins, y: Math.floor(cell / bins), counts: count }],
  );
}

/** Edges of a bin of an axis. */
export function edgesOf({ min, max }: Axis, bins: number, bin: number): readonly [number, number] {
  const width = (max - min) / bins;
  return [min + bin * width, min + (bin + 1) * width];
}

/** The cell at a place of the plot; null outside. */
export function cellAt(plane: PlaneHistogram, x: number, y: number): Cell | null {
  const binOf = ({ min, max }: Axis, value: number): number | null =>
    value >= min && value <= max
      ? Math.min(plane.bins - 1, Math.floor(((value - min) / (max - min)) * plane.bins))
      : null;
  const [column, row] = [binOf(plane.x, x), binOf(plane.y, y)];
  if (column === null || row === null) return null;
  return { x: column, y: row, counts: plane.counts[row * plane.bins + column] ?? 0 };
}

/** `energy / keV`. */
export function axisLabel({ column, units }: Axis): string {
  return units === null || units === '' ? column : `${column} / ${units}`;
}

/** Colour of a number of counts between 1 and `most`, out of a scale of at least two. */
export function colorOf(
  counts: number,
  most: number,
  { heat, logarithmic }: { readonly heat: readonly string[]; readonly logarithmic: boolean },
): string {
  const share = logarithmic
    ? most <= 1
      ? 1
      : Math.log(counts) / Math.log(most)
    : most <= 1
      ? 1
      : (counts - 1) / (most - 1);
  const place = Math.min(1, Math.max(0, share)) * (heat.length - 1);
  const below = Math.min(heat.length - 2, Math.floor(place));
  return mixed(heat[below]!, heat[below + 1]!, place - below);
}

/** Option of the plot: a rectangle for each cell that holds something. */
export function planeOption(
  plane: PlaneHistogram,
  colors: { readonly heat: readonly string[]; readonly logarithmic: boolean },
): EChartsCoreOption {
  const cells = cellsOf(plane);
  const most = cells.reduce((largest, { counts }) => Math.max(largest, counts), 1);
  const axis = (side: Axis): object => ({
    type: 'value',
    min: side.min,
    max: side.max,
    axisLabel: { formatter: plain, showMinLabel: false, showMaxLabel: false },
  });
  return {
    animation: false,
    grid: { left: 72, right: 16, top: 32, bottom: 44 },
    xAxis: { ...axis(plane.x), name: axisLabel(plane.x), nameLocation: 'middle', nameGap: 26 },
    yAxis: { ...axis(plane.y), name: axisLabel(plane.y) },
    series: [
      {
        id: 'cells',
        type: 'custom',
        silent: true,
        clip: true,
        // Left, bottom, right and top edge, and the counts.
        dimensions: ['x0', 'y0', 'x1', 'y1', 'counts'],
        encode: { x: [0, 2], y: [1, 3] },
        data: cells.map(({ x, y, counts }) => {
          const [x0, x1] = edgesOf(plane.x, plane.bins, x);
          const [y0, y1] = edgesOf(plane.y, plane.bins, y);
          return [x0, y0, x1, y1, counts];
        }),
        renderItem: (_: unknown, api: Drawing) => {
          const [left, bottom] = api.coord([api.value(0), api.value(1)]);
          const [right, top] = api.coord([api.value(2), api.value(3)]);
          return {
            type: 'rect',
            // Without a gap between neighbours.
            shape: { x: left, y: top, width: right - left + 0.5, height: bottom - top + 0.5 },
            style: { fill: colorOf(api.value(4), most, colors) },
          };
        },
      },
    ],
  };
}

/** What ECharts hands to a function that draws an item. */
interface Drawing {
  readonly value: (dimension: number) => number;
  readonly coord: (point: readonly [number, number]) => readonly [number, number];
}

function mixed(from: string, to: string, share: number): string {
  const channel = (at: number): string => {
    const [one, other] = [from, to].map((color) => Number.parseInt(color.slice(at, at + 2), 16));
    return Math.round(one! + (other! - one!) * share)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
