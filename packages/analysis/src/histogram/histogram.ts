/** Counts in bins of equal width. Bin i goes from `from + i·width` (included) to `from + (i+1)·width` (excluded). */
export interface Histogram {
  readonly from: number;
  readonly width: number;
  readonly counts: Float64Array;
  /** Values below and above the range, and NaN. */
  readonly left: number;
}

/** A histogram of the values in a range. Throws a RangeError for a range or a width that is not positive. */
export function histogramOf(values: ArrayLike<number>, from: number, to: number, width: number): Histogram {
  const bins = Math.floor((to - from) / width + 1e-9);
  if (!(width > 0) || !(bins > 0) || !Number.isFinite(bins)) {
    throw new RangeError(`there is no bin of ${width} between ${from} and ${to}`);
  }
  const counts = new Float64Array(bins);
  let left = 0;
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor((values[i]! - from) / width);
    if (bin >= 0 && bin < bins) counts[bin] = counts[bin]! + 1;
    else left++;
  }
  return { from, width, counts, left };
}

/** Edges between the bins, one more than there are bins. */
export function binEdges({ from, width, counts }: Histogram): Float64Array {
  return Float64Array.from({ length: counts.length + 1 }, (_, i) => from + i * width);
}

/** Center of a bin. */
export function binCenter({ from, width }: Histogram, bin: number): number {
  return from + (bin + 0.5) * width;
}

/** The bin of a value: −1 below the range, the number of bins above. */
export function findBin({ from, width, counts }: Histogram, value: number): number {
  return Math.min(counts.length, Math.max(-1, Math.floor((value - from) / width)));
}

/** The part of a histogram that has its bins wholly between two values. */
export function partOf(histogram: Histogram, from: number, to: number): Histogram {
  const { width, counts } = histogram;
  const first = Math.max(0, Math.ceil((from - histogram.from) / width - 1e-9));
  const last = Math.min(counts.length, Math.floor((to - histogram.from) / width + 1e-9));
  return {
    from: histogram.from + first * width,
    width,
    counts: counts.slice(first, Math.max(first, last)),
    left: 0,
  };
}

/**
 * Range and width for values that are integers: a whole width of at least 1 and a range of whole bins, so that no bin
 * holds more integers than its neighbour.
 */
export function integerBins(
  from: number,
  to: number,
  width: number,
): { from: number; to: number; width: number } {
  const whole = Math.max(1, Math.round(width));
  const start = Math.floor(from);
  return { from: start, to: start + whole * Math.ceil((to - start) / whole), width: whole };
}

/**
 * Places of local maxima that stand out of their surroundings by more than `delta` on both sides; sweeping from low to
 * high, a maximum counts when the values have fallen by `delta` behind it, a minimum when they have risen by `delta`.
 */
export function localMaxima(values: ArrayLike<number>, delta: number): number[] {
  const found: number[] = [];
  let lookingForMaximum = true;
  let [highest, lowest] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (values[i]! > values[highest]!) highest = i;
    if (values[i]! < values[lowest]!) lowest = i;
    if (lookingForMaximum && values[i]! < values[highest]! - delta) {
      found.push(highest);
      lowest = i;
      lookingForMaximum = false;
    } else if (!lookingForMaximum && values[i]! > values[lowest]! + delta) {
      highest = i;
      lookingForMaximum = true;
    }
  }
  return found;
}
