import type { Numbers } from '../spec/kernel-spec.js';

/** Numbers of the faults of `pad`. */
export const padFaults = { tooLong: 1, fractionalOffset: 2, tooShort: 3 } as const;

/** offset x start value, the used elements, then the end value. NaN in the used elements makes all NaN. */
export function pad(
  wIn: Numbers,
  lenIn: Numbers,
  offset: Numbers,
  startValue: Numbers,
  endValue: Numbers,
  wOut: Numbers,
): number {
  const [used, before, start, end] = [lenIn[0]!, offset[0]!, startValue[0]!, endValue[0]!];
  if ([used, before, start, end].some(Number.isNaN)) return 0;
  if (used > wIn.length || used < 0) return padFaults.tooLong;
  for (let i = 0; i < used; i += 1) if (Number.isNaN(wIn[i])) return 0;
  if (Math.floor(before) !== before || before < 0) return padFaults.fractionalOffset;
  if (before + used > wOut.length) return padFaults.tooShort;
  wOut.fill(end);
  wOut.fill(start, 0, before);
  wOut.set(wIn.subarray(0, used), before);
  return 0;
}
