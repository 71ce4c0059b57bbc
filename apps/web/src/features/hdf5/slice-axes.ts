import type { Hdf5Slice } from '@countroom/contracts';

/** Indices of the axes before those that are shown; missing ones are 0, too large ones the last. */
export function leadingIndices(
  shape: readonly number[],
  shown: number,
  given: readonly number[],
): readonly number[] {
  return shape
    .slice(0, Math.max(0, shape.length - shown))
    .map((extent, axis) => Math.max(0, Math.min(extent - 1, Math.floor(given[axis] ?? 0))));
}

/** A range of an axis as it is asked for. */
export interface AxisRange {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

/** Indices, then ranges, as the server takes them. */
export function axesText(indices: readonly number[], ranges: readonly AxisRange[]): string {
  return [...indices.map(String), ...ranges.map(({ start, stop, step }) => `${start}:${stop}:${step}`)].join(
    ';',
  );
}

/** A whole axis in at most so many steps. */
export function thinned(extent: number, most: number): AxisRange {
  return { start: 0, stop: extent, step: Math.max(1, Math.ceil(extent / most)) };
}

/** A part of an axis: so many from a place on. */
export function part(extent: number, from: number, count: number): AxisRange {
  const start = Math.max(0, Math.min(Math.floor(from), Math.max(0, extent - 1)));
  return { start, stop: Math.min(extent, start + count), step: 1 };
}

type Cell = Hdf5Slice['data'][number];

/** Elements as rows: one column for one axis, one cell for a single value. */
export function rowsOf({ shape, data }: Pick<Hdf5Slice, 'shape' | 'data'>): readonly (readonly Cell[])[] {
  const width = shape.length === 2 ? (shape[1] ?? 0) : 1;
  if (width === 0) return [];
  return Array.from({ length: Math.ceil(data.length / width) }, (_, row) =>
    data.slice(row * width, (row + 1) * width),
  );
}

/** An element as a number; NaN where it is none. */
export function numberOf(cell: Cell): number {
  return typeof cell === 'number' || typeof cell === 'string' || typeof cell === 'boolean'
    ? Number(cell)
    : Number.NaN;
}

/** The lowest and the highest finite number; 0 and 1 without one. */
export function extent(values: ArrayLike<number>): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!;
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low > high ? [0, 1] : [low, high];
}
