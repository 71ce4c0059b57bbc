import type { Numbers } from '../spec/kernel-spec.js';
import { blSubtract } from './bl-subtract.reference.js';
import { poleZero } from './pole-zero.reference.js';
import { trapNorm } from './trapezoid.reference.js';

/**
 * Baseline, decay and trapezoid in one go: trap_norm of pole_zero of the waveform less its baseline, in double from the
 * first step to the last. Fault 1: the waveform has an infinite sample.
 */
export function trapPoleZero(
  wIn: Numbers,
  baseline: Numbers,
  tau: Numbers,
  rise: Numbers,
  ...[flat, wOut]: Numbers[]
): number {
  const level = new Float64Array(wIn.length);
  blSubtract(wIn, baseline, level);
  const corrected = new Float64Array(wIn.length);
  const fault = poleZero(level, tau, corrected);
  if (fault !== 0) return fault;
  trapNorm(corrected, rise, flat!, level);
  wOut!.set(level);
  return 0;
}
