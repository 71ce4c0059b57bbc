import { binCenter, histogramOf, localMaxima } from '../histogram/histogram.js';
import { matchLines } from './match-lines.js';

/** Steps of a factor of 1.15 between guesses: the search around each reaches 20 % to both sides. */
const step = 1.15;
/** Most bins of a search, and most maxima that are matched to lines. */
const bins = 4000;
const mostMaxima = 25;

/**
 * Roughly how many keV one unit of the values is: of all scales at which the highest line lies between a twentieth and
 * all of the range that the values fill, the one at which most lines fall on maxima. Undefined when none does, or when
 * there is one line only.
 * @param energies lines of the source, keV, ascending
 */
export function guessScale(values: ArrayLike<number>, energies: readonly number[]): number | undefined {
  if (energies.length < 2) return undefined;
  const top = quantile(values, 0.9995);
  if (!(top > 0)) return undefined;
  const highest = energies.at(-1)!;
  let best: { guess: number; found: number; residual: number } | undefined;
  for (let guess = (0.8 * highest) / top; guess < (20 * highest) / top; guess *= step) {
    const positions = maximaOf(
      values,
      (0.6 * energies[0]!) / guess,
      Math.min(top, (1.1 * highest) / guess),
      1 / guess,
    );
    const match = tryMatch(positions, energies, guess);
    if (match === undefined) continue;
    const { found, residual } = match;
    if (best === undefined || found > best.found || (found === best.found && residual < best.residual))
      best = { guess: match.scale, found, residual };
  }
  return best?.guess;
}

function maximaOf(values: ArrayLike<number>, from: number, to: number, width: number): number[] {
  if (!(to > from)) return [];
  const histogram = histogramOf(values, from, to, Math.max(width, (to - from) / bins));
  const significance = histogram.counts.map((count) => Math.sqrt(count));
  return localMaxima(significance, 5)
    .sort((a, b) => significance[b]! - significance[a]!)
    .slice(0, mostMaxima)
    .map((bin) => binCenter(histogram, bin))
    .sort((a, b) => a - b);
}

function tryMatch(
  positions: readonly number[],
  energies: readonly number[],
  guess: number,
): { scale: number; found: number; residual: number } | undefined {
  try {
    const { pairs, coefficients } = matchLines(positions, energies, { degree: 1, guess });
    const [offset = 0, scale = guess] = coefficients;
    const residual = pairs.reduce(
      (sum, { position, energy }) => sum + ((offset + scale * position) / energy - 1) ** 2,
      0,
    );
    // A scale with a large offset explains any two maxima.
    return Math.abs(offset) > 0.02 * energies.at(-1)! ? undefined : { scale, found: pairs.length, residual };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A quantile of the finite values, from a sample of at most 20 000 of them spread evenly; NaN without any. */
function quantile(values: ArrayLike<number>, fraction: number): number {
  const stride = Math.max(1, Math.floor(values.length / 20_000));
  const sample: number[] = [];
  for (let i = 0; i < values.length; i += stride) if (Number.isFinite(values[i])) sample.push(values[i]!);
  sample.sort((a, b) => a - b);
  return sample[Math.min(sample.length - 1, Math.floor(fraction * sample.length))] ?? Number.NaN;
}
