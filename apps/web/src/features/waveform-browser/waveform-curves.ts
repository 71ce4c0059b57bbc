/** A curve ready to be drawn. */
export interface Curve {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

type Range = readonly [number, number];

/** The points in a range with one neighbour at each side: what is drawn then fills the height of the plot. */
export function partOf<T extends Curve>(curve: T, range: Range | null): T {
  if (range === null) return curve;
  const { times } = curve;
  const after = times.findIndex((time) => time >= range[0]);
  const beyond = times.findIndex((time) => time > range[1]);
  const first = after === -1 ? times.length : Math.max(0, after - 1);
  const end = beyond === -1 ? times.length : beyond + 1;
  return { ...curve, times: times.subarray(first, end), values: curve.values.subarray(first, end) };
}

/** How the time axis is written: how many file units are one axis unit, and the axis unit. */
export function timeAxis(unit: string, longest: number): { readonly scale: number; readonly unit: string } {
  if (unit !== 'ns') return { scale: 1, unit: unit === '' ? 'sample' : unit };
  if (longest >= 2e6) return { scale: 1e6, unit: 'ms' };
  return longest >= 2e3 ? { scale: 1e3, unit: 'µs' } : { scale: 1, unit: 'ns' };
}

/** Value of a curve at a time: that of the nearest point before it; NaN outside. */
export function valueAt(curve: Curve, time: number): number {
  const { times, values } = curve;
  if (times.length === 0 || !(time >= times[0]!) || time > times.at(-1)!) return Number.NaN;
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (times[middle]! <= time) low = middle;
    else high = middle - 1;
  }
  return values[low]!;
}

/** First row to ask for so that `count` rows from it are there; 0 when there are fewer. */
export function clampRow(row: number, count: number, rows: number): number {
  return Math.max(0, Math.min(Math.floor(row), rows - count));
}
