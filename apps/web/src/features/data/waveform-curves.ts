import type { WaveformsPreview } from '@countroom/contracts';

/** A waveform ready to be drawn. */
export interface RowCurve {
  readonly row: number;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** Share of the samples, from the first, that stand for the baseline. */
const baselineShare = 0.05;

/** Curves of an answer; without its baseline when wanted: the median of the first samples, which a pulse does not move. */
export function curvesOf(preview: WaveformsPreview, withoutBaseline: boolean): RowCurve[] {
  return preview.waveforms.map(({ row, times, values }) => {
    const numbers = Float64Array.from(values, (value) => value ?? Number.NaN);
    const offset = withoutBaseline ? baseline(numbers) : 0;
    return { row, times: Float64Array.from(times), values: numbers.map((value) => value - offset) };
  });
}

function baseline(values: Float64Array): number {
  const first = values.subarray(0, Math.max(1, Math.floor(values.length * baselineShare)));
  const sorted = first.filter((value) => !Number.isNaN(value)).sort();
  const middle = sorted.length / 2;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** How the time axis is written: how many file units are one axis unit, and the axis unit. */
export function timeAxis(unit: string, longest: number): { readonly scale: number; readonly unit: string } {
  if (unit !== 'ns') return { scale: 1, unit: unit === '' ? 'sample' : unit };
  if (longest >= 2e6) return { scale: 1e6, unit: 'ms' };
  return longest >= 2e3 ? { scale: 1e3, unit: 'µs' } : { scale: 1, unit: 'ns' };
}

/** Value of a curve at a time: that of the nearest point before it; NaN outside. */
export function valueAt(curve: RowCurve, time: number): number {
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
