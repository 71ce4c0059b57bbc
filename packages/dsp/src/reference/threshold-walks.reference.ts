import type { Numbers } from '../spec/kernel-spec.js';

/** Two neighbouring samples with the threshold between: `from` is nearer to where the walk began. */
interface Crossing {
  readonly from: number;
  readonly to: number;
  /** Threshold and samples at both places. */
  readonly level: number;
  readonly valueFrom: number;
  readonly valueTo: number;
}

/** Letters of the ways to place a crossing. */
export const crossingModes = 'ibafcrnl';

const places: Readonly<Record<string, (crossing: Crossing) => number>> = {
  i: ({ from }) => from,
  b: ({ from, to }) => Math.min(from, to),
  c: ({ from, to }) => Math.min(from, to),
  a: ({ from, to }) => Math.max(from, to),
  f: ({ from, to }) => Math.max(from, to),
  r: ({ from, to, level, valueFrom, valueTo }) =>
    Math.abs(level - valueFrom) < Math.abs(level - valueTo) ? from : to,
  n: ({ from, to }) => (from + to) / 2,
  l: ({ from, level, valueFrom, valueTo }) => from + (level - valueFrom) / (valueTo - valueFrom),
};

function place(w: Numbers, mode: Numbers, level: number, from: number, to: number): number | undefined {
  const locate = places[String.fromCharCode(mode[0]!)];
  return locate?.({ from, to, level, valueFrom: w[from]!, valueTo: w[to]! });
}

function crosses(before: number, level: number, after: number): boolean {
  return (before <= level && level < after) || (before >= level && level > after);
}

function crossesBack(before: number, level: number, after: number): boolean {
  return (before < level && level <= after) || (before > level && level >= after);
}

/** The sample before the first crossing from `start` on, or undefined. A backward walk ends at sample 2. */
function crossing(w: Numbers, level: number, start: number, forward: boolean): number | undefined {
  if (forward) {
    for (let i = start; i < w.length - 1; i += 1) if (crosses(w[i]!, level, w[i + 1]!)) return i;
    return undefined;
  }
  for (let i = start; i > 1; i -= 1) if (crossesBack(w[i - 1]!, level, w[i]!)) return i - 1;
  return undefined;
}

/** First crossing of a threshold from a start, placed between the samples. Fault 1: unknown mode. */
export function interpolatedTimePointThresh(
  wIn: Numbers,
  threshold: Numbers,
  start: Numbers,
  walk: Numbers,
  ...[mode, tOut]: Numbers[]
): number {
  if (start[0]! < 0 || start[0]! >= wIn.length) return 0;
  const before = crossing(wIn, threshold[0]!, Math.trunc(start[0]!), walk[0]! > 0);
  if (before === undefined) return 0;
  const found = place(wIn, mode!, threshold[0]!, before, before + 1);
  if (found === undefined) return 1;
  tOut![0] = found;
  return 0;
}

/** First i on the way with x_i <= A < x_{i + polarity}, or undefined. */
function riseThrough(
  w: Numbers,
  level: number,
  way: { readonly start: number; readonly step: number; readonly polarity: number },
): number | undefined {
  for (let i = way.start; i >= 0 && i < w.length; i += way.step) {
    const next = w[i + way.polarity];
    if (next !== undefined && w[i]! <= level && level < next) return i;
  }
  return undefined;
}

/**
 * Crossings of several thresholds: those above the start's sample in the direction of the polarity, those below it in
 * the other. The mode `l` counts the fraction upward whatever the polarity, as stored results have it. Fault 1:
 * unknown mode.
 */
export function multiTimePointThresh(
  wIn: Numbers,
  thresholds: Numbers,
  start: Numbers,
  polarity: Numbers,
  ...[mode, tOut]: Numbers[]
): number {
  const from = Math.trunc(start[0]!);
  if (from < 0 || from >= wIn.length) return 0;
  const step = Math.sign(polarity[0]!);
  for (let k = 0; k < thresholds.length; k += 1) {
    const level = thresholds[k]!;
    const way =
      level >= wIn[from]!
        ? { start: from, step, polarity: step }
        : { start: from - step, step: -step, polarity: step };
    const i = riseThrough(wIn, level, way);
    if (i === undefined) continue;
    const found = place(wIn, mode!, level, i, i + step);
    if (found === undefined) return 1;
    tOut![k] = found;
  }
  return 0;
}
