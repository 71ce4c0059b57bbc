import { fitPolynomial, polynomial } from '../fit/polynomial.js';
import type { LineMaximum } from './line-maxima.js';

/** Which maximum of a spectrum is which line. */
export interface LineMatch {
  /** Places of the maxima and energies of their lines, in order. */
  readonly pairs: readonly { readonly position: number; readonly energy: number }[];
  /** Energy as a polynomial of the position. */
  readonly coefficients: readonly number[];
}

/** What scales are looked for. */
export interface MatchOptions {
  /** Of the polynomial from positions to keV; 0: a factor without offset. */
  readonly degree: number;
  /** Lowest and highest gain, keV per unit. */
  readonly gains: readonly [low: number, high: number];
  /** Roughly the gain; scales near it are preferred. */
  readonly guess?: number;
  /** How far a maximum may be from its line, relative to the energy; 0.004 when absent. */
  readonly tolerance?: number;
  /** Standard deviation of the offset relative to the highest line; 0.02 when absent, beyond three of them is none. */
  readonly offset?: number;
}

interface Candidate extends LineMatch {
  readonly score: number;
  /** Where it puts the highest line. */
  readonly top: number;
}

/** Standard deviation of a guess, relative. */
const guessSpread = 0.07;
/** Scales that put the highest line within so much of each other are the same one. */
const same = 0.02;
/** How much better than any other one the best scale must be: e³, twenty times as likely. */
const clear = 3;
/** The same for a single line: the guess alone tells it from lines beside it. */
const clearByGuess = 0.3;
/** Most that a maximum speaks for a single line. */
const mostOfOne = 10;
/** Maxima and lines of which every two propose a scale. */
const mostProposing = 20;

/**
 * Finds which maxima are which lines. Every two maxima and every two lines propose a scale (for a factor every one), and all
 * maxima judge it: those on lines speak for it by their evidence, those of the range of the lines and above it that are on
 * none speak against it, and so do lines away from their maxima, an offset, and a gain away from the guess. A single line
 * may have any others beside it: there maxima on none say nothing, and the guess counts more than what is highest. The
 * polynomial of the degree goes through the pairs of the best one.
 * @param maxima ascending
 * @param energies lines that are looked for, keV, ascending
 * Throws a RangeError when too few lines are found, and when two scales are about as likely.
 */
export function matchLines(
  maxima: readonly LineMaximum[],
  energies: readonly number[],
  options: MatchOptions,
): LineMatch {
  const { degree, gains, guess } = options;
  const least = energies.length === 1 ? 1 : Math.max(2, degree + 1);
  const candidates: Candidate[] = [];
  for (const [gain, offset] of proposals(maxima, energies, degree)) {
    if (gain < gains[0] || gain > gains[1]) continue;
    const one = judged([offset, gain], maxima, energies, options);
    if (one !== undefined && one.pairs.length >= least) candidates.push(one);
  }
  const near = guess === undefined ? '' : ` near ${shown(guess)} keV per unit`;
  const best = bestOf(candidates);
  if (best === undefined) {
    throw new RangeError(
      `fewer than ${least} of ${energies.length} lines were found among ${maxima.length} maxima${near}`,
    );
  }
  const other = bestOf(candidates.filter(({ top }) => Math.abs(top / best.top - 1) > same));
  if (other !== undefined && other.score > best.score - (energies.length === 1 ? clearByGuess : clear)) {
    const [one, two] = [best, other].map(({ top }) => shown(energies.at(-1)! / top));
    throw new RangeError(
      `the ${maxima.length} maxima may be lines at ${one} or at ${two} keV per unit: ` +
        'more counts, further lines, or a guess closer to the true one tell which',
    );
  }
  return { pairs: best.pairs, coefficients: best.coefficients };
}

function bestOf(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.reduce<Candidate | undefined>(
    (best, one) => (best === undefined || one.score > best.score ? one : best),
    undefined,
  );
}

/** Straight lines through a maximum and a line, or through two of both. */
function* proposals(
  maxima: readonly LineMaximum[],
  energies: readonly number[],
  degree: number,
): Generator<readonly [gain: number, offset: number]> {
  const strong = [...maxima]
    .sort((a, b) => b.evidence - a.evidence)
    .slice(0, mostProposing)
    .map(({ position }) => position)
    .sort((a, b) => a - b);
  if (degree === 0 || energies.length === 1) {
    for (const position of strong) for (const energy of energies) yield [energy / position, 0];
    return;
  }
  for (let i = 0; i < strong.length; i++) {
    for (let j = i + 1; j < strong.length; j++) {
      for (let k = 0; k < energies.length; k++) {
        for (let l = k + 1; l < energies.length; l++) {
          const gain = (energies[l]! - energies[k]!) / (strong[j]! - strong[i]!);
          yield [gain, energies[k]! - gain * strong[i]!];
        }
      }
    }
  }
}

/** A scale with its pairs and what speaks for it; undefined when it has too few of them, or too large an offset. */
function judged(
  line: readonly [offset: number, gain: number],
  maxima: readonly LineMaximum[],
  energies: readonly number[],
  { degree, guess, tolerance = 0.004, offset: offsetSpread = 0.02 }: MatchOptions,
): Candidate | undefined {
  const highest = energies.at(-1)!;
  if (Math.abs(line[0]) > 3 * offsetSpread * highest) return undefined;
  const factor = degree === 0 || energies.length === 1;
  let coefficients: readonly number[] = line;
  // A bent scale is away from the straight line between its ends.
  let pairs = nearest(maxima, energies, coefficients, 3 * tolerance);
  for (let round = 0; round < 2; round++) {
    if (pairs.length < (factor ? 1 : 2)) return undefined;
    const x = pairs.map(({ maximum }) => maximum.position);
    const y = pairs.map(({ energy }) => energy);
    const errors = y.map((energy) => tolerance * energy);
    const order = factor ? 1 : Math.min(degree, pairs.length - 1);
    coefficients = fitPolynomial({ x, y, errors }, order, factor).coefficients;
    pairs = nearest(maxima, energies, coefficients, tolerance);
  }
  const [offset = 0, gain = line[1]] = coefficients;
  if (!(gain > 0) || Math.abs(offset) > 3 * offsetSpread * highest) return undefined;
  const matched = new Map(pairs.map(({ maximum, off }) => [maximum, off]));
  let score = -((offset / (offsetSpread * highest)) ** 2) / 2;
  if (guess !== undefined) score -= (Math.log(gain / guess) / guessSpread) ** 2 / 2;
  const single = energies.length === 1;
  for (const one of maxima) {
    const off = matched.get(one);
    const weight = single ? Math.min(mostOfOne, weightOf(one)) : weightOf(one);
    if (off !== undefined) score += weight - (3 * (off / tolerance)) ** 2 / 2;
    else if (!single && polynomial(one.position, coefficients) > 0.9 * energies[0]!) score -= weight;
  }
  return {
    pairs: pairs.map(({ maximum, energy }) => ({ position: maximum.position, energy })),
    coefficients,
    score,
    top: (highest - offset) / gain,
  };
}

/** The evidence as long as it is small; of strong maxima so much that no other line hides behind them. */
function weightOf({ evidence }: LineMaximum): number {
  return 10 * Math.log1p(evidence / 10);
}

interface Pair {
  readonly maximum: LineMaximum;
  readonly energy: number;
  /** Distance of both relative to the energy. */
  readonly off: number;
}

/** For each line the nearest maximum within the tolerance; every maximum is used once. */
function nearest(
  maxima: readonly LineMaximum[],
  energies: readonly number[],
  coefficients: readonly number[],
  tolerance: number,
): Pair[] {
  const places = maxima.map(({ position }) => polynomial(position, coefficients));
  const pairs: Pair[] = [];
  for (const energy of energies) {
    let found: number | undefined;
    places.forEach((place, i) => {
      const distance = Math.abs(place - energy);
      if (
        distance < tolerance * energy &&
        (found === undefined || distance < Math.abs(places[found]! - energy))
      )
        found = i;
    });
    if (found === undefined || pairs.at(-1)?.maximum === maxima[found]) continue;
    pairs.push({ maximum: maxima[found]!, energy, off: Math.abs(places[found]! / energy - 1) });
  }
  return pairs;
}

function shown(gain: number): string {
  return String(Number(gain.toPrecision(4)));
}
