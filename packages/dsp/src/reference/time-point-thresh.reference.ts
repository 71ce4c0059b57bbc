import type { Numbers } from '../spec/kernel-spec.js';

function forward(w: Numbers, level: number, start: number): number {
  for (let i = start; i < w.length - 1; i += 1) {
    if ((w[i]! <= level && level < w[i + 1]!) || (w[i]! >= level && level > w[i + 1]!)) return i;
  }
  return Number.NaN;
}

function backward(w: Numbers, level: number, start: number): number {
  for (let i = start; i > 0; i -= 1) {
    if ((w[i - 1]! < level && level <= w[i]!) || (w[i - 1]! > level && level >= w[i]!)) return i;
  }
  return Number.NaN;
}

/** First crossing of the threshold from a start, walking forward (walk = 1) or backward. */
export function timePointThresh(
  wIn: Numbers,
  threshold: Numbers,
  start: Numbers,
  walk: Numbers,
  tOut: Numbers,
): number {
  const search = walk[0] === 1 ? forward : backward;
  tOut[0] = search(wIn, threshold[0]!, start[0]!);
  return 0;
}
