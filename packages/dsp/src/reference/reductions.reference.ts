import type { Numbers } from '../spec/kernel-spec.js';

function fold(start: number, step: (total: number, value: number) => number) {
  return (wIn: Numbers, out: Numbers): number => {
    let total = start;
    for (const value of wIn) total = step(total, value);
    out[0] = total;
    return 0;
  };
}

/** Smallest sample. */
export const amin = fold(Number.POSITIVE_INFINITY, Math.min);
/** Sum of all samples, in double. */
export const sum = fold(0, (total, value) => total + value);

/** Average of all samples. */
export function mean(wIn: Numbers, out: Numbers): number {
  let total = 0;
  for (const value of wIn) total += value;
  out[0] = total / wIn.length;
  return 0;
}

/** Standard deviation with n (numpy's default). */
export function std(wIn: Numbers, out: Numbers): number {
  let total = 0;
  for (const value of wIn) total += value;
  const average = total / wIn.length;
  let squares = 0;
  for (const value of wIn) squares += (value - average) ** 2;
  out[0] = Math.sqrt(squares / wIn.length);
  return 0;
}

/** Middle of the sorted samples; of an even number the mean of the middle two. */
export function median(wIn: Numbers, out: Numbers): number {
  const sorted = wIn.slice().sort();
  const half = Math.floor(sorted.length / 2);
  out[0] = sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  return 0;
}

/** Largest less smallest sample. */
export function ptp(wIn: Numbers, out: Numbers): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of wIn) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  out[0] = high - low;
  return 0;
}

/** Place of the first sample that is better than all others; the first NaN when there is one. */
function placeOf(isBetter: (value: number, best: number) => boolean) {
  return (wIn: Numbers, out: Numbers): number => {
    let place = 0;
    for (let i = 0; i < wIn.length; i += 1) {
      if (Number.isNaN(wIn[i]!)) {
        out[0] = i;
        return 0;
      }
      if (isBetter(wIn[i]!, wIn[place]!)) place = i;
    }
    out[0] = place;
    return 0;
  };
}

/** Place of the first largest sample. */
export const argmax = placeOf((value, best) => value > best);
/** Place of the first smallest sample. */
export const argmin = placeOf((value, best) => value < best);

function running(start: number, step: (total: number, value: number) => number) {
  return (wIn: Numbers, wOut: Numbers): number => {
    let total = start;
    for (let i = 0; i < wIn.length; i += 1) {
      total = step(total, wIn[i]!);
      wOut[i] = total;
    }
    return 0;
  };
}

/** Running sum; NaN from the first NaN on. */
export const cumsum = running(0, (total, value) => total + value);
/** Running product; NaN from the first NaN on. */
export const cumprod = running(1, (total, value) => total * value);

/** Product of all samples, in double. */
export const prod = fold(1, (total, value) => total * value);

/** Square of the standard deviation with n. */
export function variance(wIn: Numbers, out: Numbers): number {
  std(wIn, out);
  out[0] = out[0]! ** 2;
  return 0;
}

/** Every sample less the one before. */
export function diff(wIn: Numbers, wOut: Numbers): number {
  for (let i = 0; i < wOut.length; i += 1) wOut[i] = wIn[i + 1]! - wIn[i]!;
  return 0;
}
