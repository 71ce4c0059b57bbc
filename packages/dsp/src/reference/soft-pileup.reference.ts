import type { Numbers } from '../spec/kernel-spec.js';

/** Sums of the first N samples with the weights e^(-i / tau). */
function sums(wIn: Numbers, count: number, tau: number) {
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  let s5 = 0;
  for (let i = 0; i < count; i += 1) {
    const decay = Math.exp(-i / tau);
    s2 += decay;
    s3 += decay * decay;
    s4 += wIn[i]! * decay;
    s5 += wIn[i]!;
  }
  return { s1: count, s2, s3, s4, s5 };
}

function subtract(wIn: Numbers, amplitude: number, tau: number, base: number, wOut: Numbers): number {
  for (let i = 0; i < wIn.length; i += 1) wOut[i] = wIn[i]! - (amplitude * Math.exp(-i / tau) + base);
  return 0;
}

/** Takes away A e^(-i / tau) + B as fitted to the first N samples. */
export function softPileupCorr(wIn: Numbers, count: Numbers, tau: Numbers, wOut: Numbers): number {
  const { s1, s2, s3, s4, s5 } = sums(wIn, count[0]!, tau[0]!);
  const slope = (s4 * s1 - s2 * s5) / (s3 * s1 - s2 * s2);
  const base = (s5 - s2 * slope) / s1;
  return subtract(wIn, (s4 - base * s2) / s3, tau[0]!, base, wOut);
}

/** Takes away A e^(-i / tau) + B with B given and A fitted to the first N samples. */
export function softPileupCorrBl(
  wIn: Numbers,
  count: Numbers,
  tau: Numbers,
  base: Numbers,
  wOut: Numbers,
): number {
  const { s2, s3, s4 } = sums(wIn, count[0]!, tau[0]!);
  return subtract(wIn, (s4 - base[0]! * s2) / s3, tau[0]!, base[0]!, wOut);
}
