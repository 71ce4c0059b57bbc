import type { Numbers } from '../spec/kernel-spec.js';

interface Levels {
  readonly deltaMax: number;
  readonly deltaMin: number;
  readonly absMax: number;
  readonly absMin: number;
  /** How many extrema of each kind are kept. */
  readonly room: number;
}

interface Extrema {
  readonly maxima: readonly number[];
  readonly minima: readonly number[];
}

/** Looks for a maximum and a minimum in turn; each counts once the waveform has gone away from it by its delta. */
function sweep(w: Numbers, levels: Levels, direction: 1 | -1): Extrema {
  const maxima: number[] = [];
  const minima: number[] = [];
  const start = direction === 1 ? 0 : w.length - 1;
  let highest = start;
  let lowest = start;
  let wantsMaximum = true;
  for (let i = start; i >= 0 && i < w.length; i += direction) {
    const value = w[i]!;
    if (value > w[highest]!) highest = i;
    if (value < w[lowest]!) lowest = i;
    if (wantsMaximum) {
      const isPast = value < w[highest]! - levels.deltaMax && w[highest]! > levels.absMax;
      if (!isPast || maxima.length >= levels.room) continue;
      maxima.push(highest);
      lowest = i;
      wantsMaximum = false;
    } else {
      const isPast = value > w[lowest]! + levels.deltaMin && w[lowest]! < levels.absMin;
      if (!isPast || minima.length >= levels.room) continue;
      minima.push(lowest);
      highest = i;
      wantsMaximum = true;
    }
  }
  return { maxima, minima };
}

function common(first: readonly number[], second: readonly number[]): number[] {
  return first.filter((place) => second.includes(place));
}

function union(first: readonly number[], second: readonly number[]): number[] {
  return [...new Set([...first, ...second])].sort((a, b) => a - b);
}

function ascending(places: readonly number[]): number[] {
  return [...places].sort((a, b) => a - b);
}

/** Minima of direction 2 as stored results have them: taken from the lists of maxima. */
function storedMinima(forward: Extrema, backward: Extrema): number[] {
  return common(
    forward.maxima.slice(0, forward.minima.length),
    ascending(backward.maxima).slice(0, backward.minima.length),
  );
}

function search(
  w: Numbers,
  levels: Levels,
  direction: number,
  bothMinima: (forward: Extrema, backward: Extrema) => number[],
): Extrema {
  if (direction === 0) return sweep(w, levels, 1);
  if (direction === 1) return sweep(w, levels, -1);
  const forward = sweep(w, levels, 1);
  const backward = sweep(w, levels, -1);
  return direction === 2
    ? { maxima: common(forward.maxima, backward.maxima), minima: bothMinima(forward, backward) }
    : {
        maxima: union(forward.maxima, backward.maxima),
        minima: union(forward.minima, backward.minima),
      };
}

function fill(places: readonly number[], out: Numbers, count: Numbers): void {
  const kept = places.slice(0, out.length);
  out.set(kept);
  count[0] = kept.length;
}

function extrema(bothMinima: (forward: Extrema, backward: Extrema) => number[]) {
  return (wIn: Numbers, ...args: Numbers[]): number => {
    const [deltaMax, deltaMin, direction, absMax, absMin, maxima, minima, maximumCount, minimumCount] = args;
    const levels: Levels = {
      deltaMax: deltaMax![0]!,
      deltaMin: deltaMin![0]!,
      absMax: absMax![0]!,
      absMin: absMin![0]!,
      room: maxima!.length,
    };
    const found = search(wIn, levels, direction![0]!, bothMinima);
    fill(found.maxima, maxima!, maximumCount!);
    fill(found.minima, minima!, minimumCount!);
    return 0;
  };
}

/** Local maxima and minima in turn; in direction 2 the minima are places of maxima, as in stored results. */
export const multiLocalExtrema = extrema(storedMinima);

/** Local maxima and minima in turn; in direction 2 the minima that both sweeps have found. */
export const multiLocalExtremaStrict = extrema((forward, backward) =>
  common(forward.minima, backward.minima),
);
