import type { HistogramsFrame } from '@countroom/contracts';
import { plain } from '../../lib/format/numbers';

/** A histogram to draw. */
export interface ShownHistogram {
  readonly key: string;
  readonly title: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly counts: Float32Array;
  readonly logarithmic: boolean;
  readonly text: string;
}

/** Histograms of a frame; those that point outside of the payload are left out. */
export function decodeHistograms(header: HistogramsFrame, payload: ArrayBuffer): ShownHistogram[] {
  const all = new Float32Array(payload, 0, Math.floor(payload.byteLength / 4));
  return header.histograms.flatMap((one) => {
    const { offset, length, consumer, name, title, unit, min, max, logarithmic } = one;
    if (offset < 0 || length < 1 || offset + length > all.length) return [];
    return [
      {
        key: `${consumer}/${name}`,
        title: `${consumer}: ${bareTitle(title, unit)}`,
        unit,
        min,
        max,
        counts: all.slice(offset, offset + length),
        logarithmic,
        text: momentsText(one),
      },
    ];
  });
}

/** Titles of picoCosmo's histograms carry their unit; it stands at the axis already. */
function bareTitle(title: string, unit: string): string {
  const ending = ` (${unit})`;
  return unit !== '' && title.endsWith(ending) ? title.slice(0, -ending.length) : title;
}

/** Entries, mean and sigma, and what lies outside. */
export function momentsText(one: HistogramsFrame['histograms'][number]): string {
  const three = (value: number | null): string =>
    value === null ? '–' : `${plain(Number(value.toPrecision(3)))}${one.unit === '' ? '' : ` ${one.unit}`}`;
  const outside = one.underflow + one.overflow;
  const rest = outside === 0 ? '' : `, ${plain(outside)} outside`;
  const entries = one.entries === 1 ? '1 entry' : `${plain(one.entries)} entries`;
  return `${entries}, mean ${three(one.mean)}, sigma ${three(one.sigma)}${rest}`;
}

/** Corners of the step line. */
export function steps({ min, max, counts }: ShownHistogram, floor: number): [number, number][] {
  const width = (max - min) / counts.length;
  const points = Array.from(counts, (count, bin): [number, number] => [
    min + bin * width,
    Math.max(floor, count),
  ]);
  return [...points, [max, Math.max(floor, counts.at(-1) ?? 0)]];
}
