import { lineMaxima } from './line-maxima.js';
import { type LineMatch, matchLines } from './match-lines.js';

/** A guess of the user is so good, relative. */
const guessRange = 1.25;
/** Offset of a scale, relative to the highest line: of a spectrum near a guess, and of one without. */
const offsetNearGuess = 0.05;
/** Bins in which lines are looked for near a guess, keV. */
const narrowest = 0.25;

/**
 * Finds which maxima of a spectrum are which lines, and with them a first scale. Near a guess (within 25 %) in what would be
 * the range of the lines; without one among all scales at which the highest line lies between a twentieth and all of the
 * range that the values fill, for which it takes two lines.
 * @param energies lines of the source, keV, ascending
 * @param degree of the polynomial from values to keV; 0: a factor without offset
 * @param guess roughly keV per unit
 * Throws a RangeError that says why there is no scale, or that there is more than one.
 */
export function findScale(
  values: ArrayLike<number>,
  energies: readonly number[],
  degree: number,
  guess?: number,
): LineMatch {
  const highest = energies.at(-1)!;
  if (guess !== undefined) {
    const maxima = lineMaxima(values, {
      from: (0.6 * energies[0]!) / guess,
      to: (1.3 * highest) / guess,
      finest: narrowest / guess,
    });
    const gains = [guess / guessRange, guess * guessRange] as const;
    return matchLines(maxima, energies, { degree, gains, guess, offset: offsetNearGuess });
  }
  const top = quantile(values, 0.9995);
  if (energies.length < 2 || !(top > 0))
    throw new RangeError(
      'no scale puts lines on maxima of the spectrum; say roughly how many keV a unit is (guess)',
    );
  const gains = [(0.75 * highest) / top, (20 * highest) / top] as const;
  const maxima = lineMaxima(values, { from: 0, to: 1.05 * top });
  return matchLines(maxima, energies, { degree, gains });
}

/** A quantile of the finite values, from a sample of at most 20 000 of them spread evenly; NaN without any. */
function quantile(values: ArrayLike<number>, fraction: number): number {
  const stride = Math.max(1, Math.floor(values.length / 20_000));
  const sample: number[] = [];
  for (let i = 0; i < values.length; i += stride) if (Number.isFinite(values[i])) sample.push(values[i]!);
  sample.sort((a, b) => a - b);
  return sample[Math.min(sample.length - 1, Math.floor(fraction * sample.length))] ?? Number.NaN;
}
