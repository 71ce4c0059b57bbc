import { EventError } from '../errors.js';

/** Cross-talk between channels: shares of the energy of a row's channel that appear in a column's channel. */
export interface CrossTalk {
  /** Table keys of the rows and columns. */
  readonly channels: readonly number[];
  /** Shares where the response is negative; null and NaN: none. */
  readonly negative: readonly (readonly (number | null)[])[];
  /** Shares where the response is positive; null and NaN: none. */
  readonly positive: readonly (readonly (number | null)[])[];
}

/** Shares for the tables of a map. */
export interface Shares {
  /** Row and column of each table of the map; −1 where the matrices do not have it. */
  readonly position: Int32Array;
  /** Share of the energy of channel i in channel j at `i * size + j`. */
  readonly shares: Float64Array;
  readonly size: number;
}

/**
 * Makes one matrix of two: of both shares what is larger in magnitude, NaN is 0. Gives a look-up by the keys of a map's
 * tables. Throws an EventError when the matrices do not fit to the channels.
 */
export function sharesBetween({
  channels,
  negative,
  positive,
}: CrossTalk): (keys: readonly number[]) => Shares {
  const size = channels.length;
  for (const [name, matrix] of Object.entries({ negative, positive })) {
    if (matrix.length !== size || matrix.some((row) => row.length !== size))
      throw new EventError(`crossTalk.${name} must be ${size} × ${size} numbers, as many as channels`);
  }
  const known = (value: number | null): number => (value === null || Number.isNaN(value) ? 0 : value);
  const shares = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [p, n] = [known(positive[row]![column]!), known(negative[row]![column]!)];
      shares[row * size + column] = Math.abs(p) > Math.abs(n) ? p : n;
    }
  }
  const position = new Map(channels.map((key, i) => [key, i]));
  return (keys) => ({
    position: Int32Array.from(keys, (key) => position.get(key) ?? -1),
    shares,
    size,
  });
}
