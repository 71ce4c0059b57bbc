import type { Numbers } from '../spec/kernel-spec.js';
import { hasNan } from './has-nan.js';
import { roundHalfEven } from './round-half-even.js';

interface Range {
  readonly low: number;
  readonly high: number;
}

/** Smallest and largest sample. */
function rangeOf(wIn: Numbers): Range {
  let low = wIn[0]!;
  let high = low;
  for (const value of wIn) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

/** Counts samples in bins of equal width from `low` on; what lies outside is dropped, and so is `except`. */
function count(wIn: Numbers, low: number, width: number, weights: Numbers, except = Number.NaN): void {
  for (const value of wIn) {
    if (value === except) continue;
    const bin = Math.floor((value - low) / width);
    if (bin >= 0 && bin < weights.length) weights[bin] = weights[bin]! + 1;
  }
}

function drawBorders(low: number, width: number, borders: Numbers): void {
  for (let i = 0; i < borders.length; i += 1) borders[i] = low + width * i;
}

/**
 * Bins between the smallest and the largest sample. The largest sample itself is in no bin, so that a constant
 * waveform gives an empty histogram.
 */
export function histogram(wIn: Numbers, weights: Numbers, borders: Numbers): number {
  weights.fill(0);
  if (hasNan(wIn)) return 0;
  const { low, high } = rangeOf(wIn);
  const width = (high - low) / weights.length;
  drawBorders(low, width, borders);
  if (width > 0) count(wIn, low, width, weights, high);
  return 0;
}

/** As histogram, with the largest sample in the last bin; a constant waveform fills the first bin. */
export function fullHistogram(wIn: Numbers, weights: Numbers, borders: Numbers): number {
  histogram(wIn, weights, borders);
  if (hasNan(wIn)) return 0;
  const { low, high } = rangeOf(wIn);
  const last = high > low ? weights.length - 1 : 0;
  for (const value of wIn) if (value === high) weights[last] = weights[last]! + 1;
  return 0;
}

/** Middle of the first fullest of `bins` bins, rounded to a multiple of `step`; the sample itself when all are equal. */
function modeOf(wIn: Numbers, bins: number, step: number): number {
  const { low, high } = rangeOf(wIn);
  const width = (high - low) / bins;
  if (width === 0) return low;
  const weights = new Float64Array(bins);
  count(wIn, low, width, weights, high);
  const fullest = weights.indexOf(Math.max(...weights));
  return roundHalfEven((low + width * (fullest + 0.5)) / step) * step;
}

/** Bins of a given width around a centre; without a centre (NaN), around the most frequent value. Fault 1: NaN. */
export function histogramAroundMode(
  wIn: Numbers,
  center: Numbers,
  binWidth: Numbers,
  weights: Numbers,
  borders: Numbers,
): number {
  if (hasNan(wIn)) return 1;
  const width = binWidth[0]!;
  if (Number.isNaN(width)) return 0;
  const bins = weights.length;
  const middle = Number.isNaN(center[0]!) ? modeOf(wIn, bins, width) : center[0]!;
  const low = middle - width * Math.floor(bins / 2) - width / 2;
  weights.fill(0);
  drawBorders(low, width, borders);
  count(wIn, low, width, weights);
  return 0;
}
