import type { Numbers } from '../spec/kernel-spec.js';
import { hasNan, isAllNan } from './has-nan.js';
import { timePointThresh } from './time-point-thresh.reference.js';

/** Values of the waveform at a list of places; NaN places stay NaN. Fault 1: a place is not whole. */
export function multiAFilter(wIn: Numbers, places: Numbers, aOut: Numbers): number {
  for (let i = 0; i < places.length; i += 1) {
    const place = places[i]!;
    if (Number.isNaN(place) || place < 0 || place > wIn.length - 1) continue;
    if (Math.floor(place) !== place) return 1;
    aOut[i] = wIn[place]!;
  }
  return 0;
}

/** Replaces an entry that occurs before by the minimum that belongs to the earlier one; drops a leading 0. */
export function removeDuplicates(tIn: Numbers, minima: Numbers, tOut: Numbers): number {
  if (isAllNan(tIn) || isAllNan(minima)) return 0;
  tOut.set(tIn);
  for (let first = 0; first < tIn.length; first += 1) {
    for (let later = first + 1; later < tIn.length; later += 1) {
      if (tIn[first] === tIn[later]) tOut[later] = minima[first]!;
    }
  }
  if (tOut[0] === 0) {
    tOut.copyWithin(0, 1);
    tOut[tOut.length - 1] = Number.NaN;
  }
  return 0;
}

/**
 * For each maximum, the crossing of the threshold before it. Fault 1: a maximum is not whole, fault 2: it lies outside
 * the waveform.
 */
export function multiTFilter(
  wIn: Numbers,
  threshold: Numbers,
  maxima: Numbers,
  minima: Numbers,
  tOut: Numbers,
): number {
  if (hasNan(wIn) || Number.isNaN(threshold[0]!) || isAllNan(maxima) || isAllNan(minima)) return 0;
  const times = new Float32Array(maxima.length).fill(Number.NaN);
  for (let i = 0; i < maxima.length; i += 1) {
    const start = maxima[i]!;
    if (Number.isNaN(start)) continue;
    if (start < 0 || start >= wIn.length) return 2;
    if (Math.floor(start) !== start) return 1;
    timePointThresh(wIn, threshold, maxima.subarray(i, i + 1), backward, times.subarray(i, i + 1));
  }
  return removeDuplicates(times, minima, tOut);
}

const backward = new Float64Array([0]);

/** Keeps the candidates whose neighbourhood goes down less than `ratio` of their height. */
export function peakSnrThreshold(
  wIn: Numbers,
  candidates: Numbers,
  ratio: Numbers,
  width: Numbers,
  ...[kept, count]: Numbers[]
): number {
  if (Number.isNaN(ratio[0]!) || Number.isNaN(width[0]!)) return 0;
  let found = 0;
  for (const candidate of candidates) {
    if (Number.isNaN(candidate)) continue;
    const from = Math.max(0, Math.trunc(candidate - width[0]!));
    const to = Math.min(wIn.length - 1, Math.trunc(candidate + width[0]!));
    let lowest = Number.POSITIVE_INFINITY;
    for (let i = from; i < to; i += 1) if (wIn[i]! < lowest) lowest = wIn[i]!;
    if (!(Math.abs(lowest / wIn[Math.trunc(candidate)]!) < ratio[0]!)) continue;
    kept![found] = candidate;
    found += 1;
  }
  count![0] = found;
  return 0;
}
