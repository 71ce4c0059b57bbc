import type { Numbers } from '../spec/kernel-spec.js';
import { hasNan } from './has-nan.js';
import { solve } from './linear-system.js';

/** Number of the fault of a fit. */
export const noFit = 1;

/**
 * A fit of sum p_j i^j over the sample index i by least squares, for waveforms of n samples: the sums of powers are made
 * once. The lowest coefficient comes first; a NaN in the waveform gives 0 in all of them.
 */
export function polynomialFit(n: number, degree: number): (wIn: Numbers, pars: Numbers) => number {
  const sums = new Float64Array(2 * degree + 1);
  for (let i = 0; i < n; i += 1)
    for (let power = 0; power < sums.length; power += 1) sums[power]! += i ** power;
  const size = degree + 1;
  return (wIn, pars) => {
    if (hasNan(wIn)) {
      pars.fill(0);
      return 0;
    }
    const matrix = Float64Array.from(
      { length: size * size },
      (_, at) => sums[Math.floor(at / size) + (at % size)]!,
    );
    const right = new Float64Array(size);
    for (let i = 0; i < n; i += 1) for (let j = 0; j < size; j += 1) right[j]! += wIn[i]! * i ** j;
    if (!solve(matrix, right)) return noFit;
    pars.set(right);
    return 0;
  };
}
