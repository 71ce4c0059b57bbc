import type { EChartsCoreOption } from 'echarts/core';
import { tick } from '../../lib/chart/axis-format';
import { plain } from '../../lib/format/numbers';
import { interleave } from '../../panels/waveforms/prepare';
import { colorOf } from '../data/plane-option';

/** Option of a line along the last axis. */
export function lineOption(
  places: ArrayLike<number>,
  values: ArrayLike<number>,
  {
    units,
    color,
    zoom,
  }: {
    readonly units: string | null;
    readonly color: string | undefined;
    readonly zoom: readonly [number, number] | null;
  },
): EChartsCoreOption {
  return {
    animation: false,
    grid: { left: 64, right: 16, top: 32, bottom: 44 },
    xAxis: {
      type: 'value',
      name: 'index',
      nameLocation: 'middle',
      nameGap: 26,
      min: zoom?.[0] ?? 'dataMin',
      max: zoom?.[1] ?? 'dataMax',
      axisLabel: { formatter: plain, showMinLabel: false, showMaxLabel: false },
    },
    yAxis: { type: 'value', name: units ?? '', scale: true, axisLabel: { formatter: tick } },
    series: [
      {
        id: 'line',
        type: 'line',
        dimensions: ['index', 'value'],
        data: interleave(places, values),
        showSymbol: false,
        silent: true,
        lineStyle: { width: 1.2 },
        color,
      },
    ],
  };
}

/** What an image is made of: elements row-major, and how many elements one of them stands for along each axis. */
export interface Image {
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: number;
  readonly rowStep: number;
  readonly columnStep: number;
  readonly limits: readonly [number, number];
}

const colours = 256;

/** Option of an image: the first row on top, as tables are read. */
export function imageOption(image: Image, heat: readonly string[]): EChartsCoreOption {
  const { rows, columns, rowStep, columnStep } = image;
  const axis = { type: 'value', nameLocation: 'middle', axisLabel: { formatter: plain } };
  return {
    animation: false,
    grid: { left: 72, right: 16, top: 16, bottom: 44 },
    xAxis: { ...axis, name: 'last axis', nameGap: 26, min: 0, max: columns * columnStep },
    yAxis: { ...axis, name: 'axis before it', nameGap: 52, min: 0, max: rows * rowStep, inverse: true },
    series: [
      {
        id: 'image',
        type: 'custom',
        silent: true,
        data: [[0]],
        // One picture for all elements: rectangles of their own would be too many.
        renderItem: (_: unknown, api: Drawing) => {
          const [left, top] = api.coord([0, 0]);
          const [right, bottom] = api.coord([columns * columnStep, rows * rowStep]);
          return {
            type: 'image',
            style: {
              image: picture(image, heat),
              x: left,
              y: top,
              width: right - left,
              height: bottom - top,
            },
          };
        },
      },
    ],
  };
}

interface Drawing {
  readonly coord: (point: readonly [number, number]) => readonly [number, number];
}

/** A canvas with one pixel for each element; elements that are no numbers are left clear. */
function picture({ values, rows, columns, limits }: Image, heat: readonly string[]): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  const scale = paletteOf(heat);
  const pixels = context.createImageData(columns, rows);
  const [low, high] = limits;
  const span = high - low;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!;
    if (!Number.isFinite(value)) continue;
    const share = span > 0 ? (value - low) / span : 0.5;
    const place = Math.min(colours - 1, Math.max(0, Math.round(share * (colours - 1))));
    pixels.data.set(scale[place]!, index * 4);
  }
  context.putImageData(pixels, 0, 0);
  return canvas;
}

function paletteOf(heat: readonly string[]): readonly (readonly [number, number, number, number])[] {
  return Array.from({ length: colours }, (_, index) => {
    const color = colorOf(index + 1, colours, { heat, logarithmic: false });
    const channel = (at: number): number => Number.parseInt(color.slice(at, at + 2), 16);
    return [channel(1), channel(3), channel(5), 255] as const;
  });
}
