import { si } from '../../lib/format/numbers';
import type { UrlCodec } from '../../lib/url/url-state';
import type { Curve } from '../waveforms/prepare';
import { fromDivision, type Vertical } from './vertical';

/** Two places of cursors; null when they are put away. */
export type Pair = readonly [number, number] | null;

/** Two numbers in any order. */
export const pairCodec: UrlCodec<Pair> = {
  read: (text) => {
    const [one, other, ...rest] = (text ?? '').split(',');
    const pair = [one, other].map((part) => (part === undefined || part === '' ? Number.NaN : Number(part)));
    return rest.length === 0 && pair.every(Number.isFinite) ? [pair[0]!, pair[1]!] : null;
  },
  write: (pair) => (pair === null ? null : pair.map((each) => String(Number(each.toPrecision(6)))).join(',')),
};

/** A place moved by a key: by a hundredth of the span, with Shift by a tenth; stays within the span. */
export function movedBy(
  key: string,
  place: number,
  [low, high]: readonly [number, number],
  fast: boolean,
): number | null {
  const step = ((high - low) / 100) * (fast ? 10 : 1);
  const moved: Readonly<Record<string, number>> = {
    ArrowLeft: place - step,
    ArrowDown: place - step,
    ArrowRight: place + step,
    ArrowUp: place + step,
    Home: low,
    End: high,
  };
  const to = moved[key];
  return to === undefined ? null : Math.min(high, Math.max(low, to));
}

/** Value of a curve at a time, between its samples in a straight line; null outside of it. */
export function valueAt({ times, values }: Curve, time: number): number | null {
  const last = times.length - 1;
  if (last < 0 || !(time >= times[0]! && time <= times[last]!)) return null;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= time) low = middle;
    else high = middle;
  }
  const span = times[high]! - times[low]!;
  const part = span > 0 ? (time - times[low]!) / span : 0;
  return values[low]! + part * (values[high]! - values[low]!);
}

/** What the cursors measure, as name and text. Times are in ns, levels in divisions of the channel in front. */
export function measured(
  times: Pair,
  levels: Pair,
  front: { readonly view: Vertical; readonly unit: string } | null,
): (readonly [string, string])[] {
  const seconds = (ns: number): string => si(ns * 1e-9, 's', 4);
  const lines: (readonly [string, string])[] = [];
  if (times !== null) {
    const [one, other] = times;
    const difference = Math.abs(other - one);
    lines.push(['t1', seconds(one)], ['t2', seconds(other)], ['Δt', seconds(difference)]);
    lines.push(['1/Δt', difference > 0 ? si(1e9 / difference, 'Hz', 4) : '–']);
  }
  if (levels !== null && front !== null) {
    const [one, other] = levels.map((level) => fromDivision(level, front.view)) as [number, number];
    const text = (value: number): string => si(value, front.unit, 4);
    lines.push(['y1', text(one)], ['y2', text(other)], ['Δy', text(Math.abs(other - one))]);
  }
  return lines;
}
