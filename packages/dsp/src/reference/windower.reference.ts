import type { Numbers } from '../spec/kernel-spec.js';

/** m samples from a start (its whole part); places outside the waveform stay NaN. */
export function windower(wIn: Numbers, start: Numbers, wOut: Numbers): number {
  const from = Math.trunc(start[0]!);
  for (let i = 0; i < wOut.length; i += 1) {
    const place = from + i;
    if (place >= 0 && place < wIn.length) wOut[i] = wIn[place]!;
  }
  return 0;
}
