import type { MetersFrame } from '@countroom/contracts';

/** Readings that are kept. */
export const historyLength = 120;

/** A reading of all channels: time and mean per channel. */
export interface Reading {
  readonly atMs: number;
  readonly means: Readonly<Record<string, number>>;
}

/** Name of a channel among those of its detector. */
export function meterKey({ source, label }: { readonly source: string; readonly label: string }): string {
  return `${source} ${label}`;
}

/** The readings so far and a new one; those of another run are forgotten. */
export function addReading(known: readonly Reading[], frame: MetersFrame, atMs: number): Reading[] {
  const means = Object.fromEntries(frame.channels.map((one) => [meterKey(one), one.mean]));
  return [...known, { atMs, means }].slice(-historyLength);
}

/** Seconds before the newest reading and the values of a channel. */
export function seriesOf(readings: readonly Reading[], key: string): [number, number][] {
  const last = readings.at(-1)?.atMs ?? 0;
  return readings.flatMap(({ atMs, means }): [number, number][] => {
    const value = means[key];
    return value === undefined ? [] : [[(atMs - last) / 1000, value]];
  });
}

/** Values of one channel over those of another, in time. */
export function pairsOf(readings: readonly Reading[], x: string, y: string): [number, number][] {
  return readings.flatMap(({ means }): [number, number][] => {
    const [a, b] = [means[x], means[y]];
    return a === undefined || b === undefined ? [] : [[a, b]];
  });
}
