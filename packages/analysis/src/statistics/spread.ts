/** Where a distribution lies and how wide it is, told by its quantiles: single far values do not matter. */
export interface Spread {
  readonly median: number;
  /** 2.355 standard deviations, of which the quantiles at 15.87 and 84.13 % are two apart. */
  readonly fwhm: number;
  /** One standard deviation, for a Gaussian distribution. */
  readonly fwhmError: number;
  /** Finite values that counted. */
  readonly entries: number;
}

/** FWHM of a Gaussian over its standard deviation. */
export const fwhmOfSigma = 2 * Math.sqrt(2 * Math.LN2);
/** Of half the distance between these quantiles, relative to σ/√n: √((2p(1−p) − 2p²)/(4φ(1)²)) with p = 0.1587. */
const efficiency = 0.962;

/** The spread of the finite values. Throws a RangeError for fewer than 20 of them. */
export function spreadOf(values: ArrayLike<number>): Spread {
  const sorted = Float64Array.from(values)
    .filter((value) => Number.isFinite(value))
    .sort();
  const entries = sorted.length;
  if (entries < 20) throw new RangeError(`${entries} values are too few to tell how wide they are spread`);
  const at = (fraction: number): number => {
    const place = fraction * (entries - 1);
    const below = Math.floor(place);
    const [low, high] = [sorted[below]!, sorted[Math.min(entries - 1, below + 1)]!];
    return low + (place - below) * (high - low);
  };
  const fwhm = (fwhmOfSigma * (at(0.841345) - at(0.158655))) / 2;
  return { median: at(0.5), fwhm, fwhmError: (efficiency * fwhm) / Math.sqrt(entries), entries };
}
