import type { MetersFrame } from '@countroom/contracts';

/** What a reading of a channel holds. */
export type Quantity = 'mean' | 'effective' | 'peak';

/** A reading of all channels: time, and a value per channel. */
export interface Reading {
  readonly atMs: number;
  readonly values: Readonly<Record<string, Readonly<Record<Quantity, number>>>>;
}

/** Name of a channel among those of its detector. */
export function meterKey({ source, label }: { readonly source: string; readonly label: string }): string {
  return `${source} ${label}`;
}

/** The readings so far and a new one; at most `most` are kept. */
export function addReading(
  known: readonly Reading[],
  frame: MetersFrame,
  atMs: number,
  most: number,
): Reading[] {
  const values = Object.fromEntries(
    frame.channels.map((one) => [
      meterKey(one),
      { mean: one.mean, effective: one.effective, peak: one.peak },
    ]),
  );
  return [...known, { atMs, values }].slice(-most);
}

/** Seconds before the newest reading and the values of a channel. */
export function seriesOf(readings: readonly Reading[], key: string, quantity: Quantity): [number, number][] {
  const last = readings.at(-1)?.atMs ?? 0;
  return readings.flatMap(({ atMs, values }): [number, number][] => {
    const value = values[key]?.[quantity];
    return value === undefined ? [] : [[(atMs - last) / 1000, value]];
  });
}

/** Values of one channel over those of another, in time. */
export function pairsOf(
  readings: readonly Reading[],
  x: string,
  y: string,
  quantity: Quantity,
): [number, number][] {
  return readings.flatMap(({ values }): [number, number][] => {
    const [a, b] = [values[x]?.[quantity], values[y]?.[quantity]];
    return a === undefined || b === undefined ? [] : [[a, b]];
  });
}

/** Seconds per unit of a history that is so long, and the unit: s, min or h. */
export function historyUnit(seconds: number): readonly [number, string] {
  if (seconds >= 7200) return [3600, 'h'];
  return seconds >= 240 ? [60, 'min'] : [1, 's'];
}
