/** The middle of a distribution, with half the width that holds the middle 36.5 % of it. */
export interface Middle {
  readonly median: number;
  /** Half the distance of the quantiles at 31.73 % and 68.27 %. */
  readonly halfWidth: number;
  /** Of the median: 1.2533 standard deviations over the root of the number, for a Gaussian of that half width. */
  readonly error: number;
  readonly entries: number;
}

/** Two decay constants, the longer one first, and the share of the shorter one. */
export interface DoubleDecay {
  readonly tau1: Middle;
  readonly tau2: Middle;
  readonly fraction: Middle;
}

const fewest = 100;
/** Quantile of a standard normal distribution at 68.27 %. */
const quantileSigma = 0.4754;

/**
 * Two decay constants of a preamplifier from those of single pulses: the medians, and half the widths between the quantiles
 * at 31.73 % and 68.27 %. (Specification: hit and event tiers, chapter 6.2.) A pulse whose constants come in the other order
 * counts with both exchanged; pulses with a constant that is not positive do not count.
 * @param tau1 and `tau2`: decay constants in any unit; @param fraction share of `tau2`, row by row
 * Throws a RangeError for fewer than 100 pulses.
 */
export function doubleDecay(
  tau1: ArrayLike<number>,
  tau2: ArrayLike<number>,
  fraction: ArrayLike<number>,
): DoubleDecay {
  const rows: (readonly [long: number, short: number, share: number])[] = [];
  for (let i = 0; i < tau1.length; i++) {
    const [one, other, share] = [tau1[i]!, tau2[i]!, fraction[i]!];
    if (!(one > 0 && other > 0 && Number.isFinite(one + other + share))) continue;
    rows.push(one >= other ? [one, other, share] : [other, one, 1 - share]);
  }
  if (rows.length < fewest)
    throw new RangeError(`${rows.length} pulses with two decay constants are too few: ${fewest} are needed`);
  const middle = (place: 0 | 1 | 2): Middle => middleOf(rows.map((row) => row[place]));
  return { tau1: middle(0), tau2: middle(1), fraction: middle(2) };
}

function middleOf(values: number[]): Middle {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  const halfWidth = (at(0.6827) - at(0.3173)) / 2;
  const error = ((halfWidth / quantileSigma) * 1.2533) / Math.sqrt(sorted.length);
  return { median: at(0.5), halfWidth, error, entries: sorted.length };
}
