/** A pulse made of straight lines. Times in s, heights in V. */
export interface PulseShape {
  /** Rise, flat top and fall. */
  readonly taur: number;
  readonly tauon: number;
  readonly tauf: number;
  /** Height; its sign is the polarity. */
  readonly pheight: number;
  /** 0: one lobe; 1: a second lobe of opposite sign and equal area. */
  readonly mode?: 0 | 1 | undefined;
  /** Fall into the second lobe, its flat part and its end; for mode 1. */
  readonly tauf2?: number | undefined;
  readonly tauoff?: number | undefined;
  readonly taur2?: number | undefined;
  /** Delay against the trigger channel, µs. */
  readonly delay?: number | undefined;
  /** Compare without the mean of both; true for one lobe, false for two when absent. */
  readonly OffsetSubtraction?: boolean | undefined;
}

/** A pulse as samples, with what a record must reach to count as one. */
export interface PulseTemplate {
  readonly samples: Float64Array;
  /** The template without its mean. */
  readonly centered: Float64Array;
  /** Σt²: what the correlation with the template itself gives. */
  readonly threshold: number;
  /** The same for the centered template. */
  readonly centeredThreshold: number;
  readonly subtractOffset: boolean;
  /** Its sign: 1, -1, or 0 for one with both. */
  readonly sign: number;
  /** A stretch whose samples, with the template's sign, are all below this reaches the threshold nowhere. */
  readonly quiet: number;
}

/**
 * Samples of a pulse shape: int(total/dT + ½) + 1 of them, evenly from its beginning to its end (so their distance is
 * total/(L−1), not exactly dT). One that is shorter than half a sampling time is a single 0, which no record fits. Throws a
 * RangeError for a shape without length or a sampling time that is not positive.
 */
export function makeTemplate(shape: PulseShape, dT: number): PulseTemplate {
  const { taur, tauon, tauf, pheight, mode = 0, tauf2 = 0, tauoff = 0, taur2 = 0 } = shape;
  const times = [0, taur, taur + tauon, taur + tauon + tauf];
  const heights = [0, 1, 1, 0];
  if (mode === 1) {
    const lobe = -(0.5 * (taur + tauf) + tauon) / (0.5 * (tauf2 + taur2) + tauoff);
    const end = times[3]!;
    times.push(end + tauf2, end + tauf2 + tauoff, end + tauf2 + tauoff + taur2);
    heights.push(lobe, lobe, 0);
  }
  const total = times.at(-1)!;
  if (!(total > 0) || !(dT > 0))
    throw new RangeError('a pulse shape needs a length, and a sampling time above 0');
  const length = Math.trunc(total / dT + 0.5) + 1;
  const step = length > 1 ? total / (length - 1) : 0;
  const samples = Float64Array.from({ length }, (_, i) => pheight * interpolate(i * step, times, heights));
  const mean = samples.reduce((sum, value) => sum + value, 0) / length;
  const centered = samples.map((value) => value - mean);
  const threshold = sumOfSquares(samples);
  const area = samples.reduce((sum, value) => sum + Math.abs(value), 0);
  return {
    samples,
    centered,
    threshold,
    centeredThreshold: sumOfSquares(centered),
    subtractOffset: shape.OffsetSubtraction ?? mode === 0,
    sign: mode === 0 ? Math.sign(pheight) : 0,
    // A little lower, so that rounding cannot hide a sum that just reaches the threshold.
    quiet: (threshold / area) * (1 - 1e-9),
  };
}

function interpolate(x: number, xs: readonly number[], ys: readonly number[]): number {
  for (let i = 1; i < xs.length; i++) {
    const [left, right] = [xs[i - 1]!, xs[i]!];
    if (x > right && i < xs.length - 1) continue;
    if (right === left) return ys[i]!;
    return ys[i - 1]! + ((ys[i]! - ys[i - 1]!) * (Math.min(x, right) - left)) / (right - left);
  }
  return ys.at(-1)!;
}

function sumOfSquares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
