import type { Numbers } from '../spec/kernel-spec.js';

/** Largest sample. */
export function amax(wIn: Numbers, aOut: Numbers): number {
  let best = wIn[0]!;
  for (let i = 1; i < wIn.length; i += 1) if (wIn[i]! > best) best = wIn[i]!;
  aOut[0] = best;
  return 0;
}
