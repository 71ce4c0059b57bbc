import { fitPolynomial, polynomial } from '../fit/polynomial.js';

/** Which maximum of a spectrum is which line. */
export interface LineMatch {
  /** Places of the maxima and energies of their lines, in order. */
  readonly pairs: readonly { readonly position: number; readonly energy: number }[];
  /** Energy as a polynomial of the position. */
  readonly coefficients: readonly number[];
}

/**
 * Finds which maxima are which lines: the order-keeping choice in which most lines lie within `tolerance` (relative) of a
 * polynomial through them, of those the one with the smallest residual. A straight line through two pairs proposes, the
 * polynomial of the degree decides.
 * @param positions places of maxima, ascending
 * @param energies lines that are looked for, ascending
 * @param guess roughly keV per unit, within a factor of `guessRange`
 * Throws a RangeError when fewer than `least` lines are found.
 */
export function matchLines(
  positions: readonly number[],
  energies: readonly number[],
  options: {
    readonly degree: number;
    readonly guess: number;
    readonly guessRange?: number;
    readonly tolerance?: number;
    readonly least?: number;
  },
): LineMatch {
  const { degree, guess, guessRange = 1.2, tolerance = 0.004 } = options;
  const least = options.least ?? Math.max(2, degree + 1);
  let best: (LineMatch & { readonly residual: number }) | undefined;
  const consider = (scale: number, offset: number): void => {
    let pairs = nearest(positions, energies, (x) => scale * x + offset, 3 * tolerance);
    if (pairs.length < least) return;
    let coefficients: readonly number[] = [];
    for (let round = 0; round < 2; round++) {
      const points = { x: pairs.map((one) => one.position), y: pairs.map((one) => one.energy) };
      const errors = points.y.map((energy) => tolerance * energy);
      coefficients = fitPolynomial({ ...points, errors }, Math.min(degree, pairs.length - 1)).coefficients;
      pairs = nearest(positions, energies, (x) => polynomial(x, coefficients), tolerance);
      if (pairs.length < least) return;
    }
    const residual = pairs.reduce(
      (sum, one) => sum + (polynomial(one.position, coefficients) / one.energy - 1) ** 2,
      0,
    );
    const better =
      best === undefined ||
      pairs.length > best.pairs.length ||
      (pairs.length === best.pairs.length && residual < best.residual);
    if (better) best = { pairs, coefficients, residual };
  };
  for (let i = 0; i < positions.length; i++) {
    for (let j = i + 1; j < positions.length; j++) {
      for (let k = 0; k < energies.length; k++) {
        for (let l = k + 1; l < energies.length; l++) {
          const scale = (energies[l]! - energies[k]!) / (positions[j]! - positions[i]!);
          if (scale < guess / guessRange || scale > guess * guessRange) continue;
          consider(scale, energies[k]! - scale * positions[i]!);
        }
      }
    }
  }
  if (best === undefined) {
    throw new RangeError(
      `fewer than ${least} of ${energies.length} lines were found among ${positions.length} maxima near ${guess} keV per unit`,
    );
  }
  return { pairs: best.pairs, coefficients: best.coefficients };
}

/** For each line the nearest maximum within the tolerance; every maximum is used once. */
function nearest(
  positions: readonly number[],
  energies: readonly number[],
  energyOf: (x: number) => number,
  tolerance: number,
): { position: number; energy: number }[] {
  const pairs: { position: number; energy: number }[] = [];
  for (const energy of energies) {
    let found: number | undefined;
    for (const position of positions) {
      const off = Math.abs(energyOf(position) - energy);
      if (off < tolerance * energy && (found === undefined || off < Math.abs(energyOf(found) - energy)))
        found = position;
    }
    if (found !== undefined && pairs.at(-1)?.position !== found) pairs.push({ position: found, energy });
  }
  return pairs;
}
