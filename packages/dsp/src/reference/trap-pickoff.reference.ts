import type { Numbers } from '../spec/kernel-spec.js';

function sum(wIn: Numbers, from: number, to: number): number {
  let total = 0;
  for (let i = from; i < to; i += 1) total += wIn[i]!;
  return total;
}

/** Mean of the last `rise` samples up to the time, less the mean of `rise` samples before the flat top. */
export function trapPickoff(
  wIn: Numbers,
  rise: Numbers,
  flat: Numbers,
  time: Numbers,
  aOut: Numbers,
): number {
  const r = rise[0]!;
  const f = flat[0]!;
  const end = time[0]! + 1;
  if (end < 2 * r + f || end > wIn.length) return 0;
  aOut[0] = (sum(wIn, end - r, end) - sum(wIn, end - 2 * r - f, end - r - f)) / r;
  return 0;
}
