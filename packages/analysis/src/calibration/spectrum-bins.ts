import { type Histogram, histogramOf, integerBins } from '../histogram/histogram.js';

/** Values that are looked at to see whether all are whole. */
const looked = 2000;

/** Whether values are whole numbers, as counts of an ADC are: seen from some of them. */
export function areWhole(values: ArrayLike<number>): boolean {
  const stride = Math.max(1, Math.floor(values.length / looked));
  let seen = false;
  for (let i = 0; i < values.length; i += stride) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (!Number.isInteger(value)) return false;
    seen = true;
  }
  return seen;
}

/**
 * A histogram in which no bin holds more whole numbers than its neighbours: for values that are whole the width becomes a
 * whole one, with edges half way between two of them, so that a place between edges means the values themselves.
 * Throws a RangeError for a range or a width that is not positive.
 */
export function spectrumBins(
  values: ArrayLike<number>,
  range: { readonly from: number; readonly to: number; readonly width: number },
  whole: boolean,
): Histogram {
  if (!whole) return histogramOf(values, range.from, range.to, range.width);
  const { from, to, width } = integerBins(range.from, range.to, range.width);
  return histogramOf(values, from - 0.5, to - 0.5, width);
}
