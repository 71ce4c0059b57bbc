import { erf } from '../special/erf.js';

/** Where a step lies and how high it is. */
export interface StepShape {
  /** The range in which the density is normalised. */
  readonly xLo: number;
  readonly xHi: number;
  readonly mu: number;
  readonly sigma: number;
  /** Height of the step in units of the mean level, from −1 (falls to 0) to 1. */
  readonly hstep: number;
}

/** Smeared step below or above a line, normalised on [xLo, xHi], 0 outside: [1 + h·erf(z/√2)] / norm. */
export function stepPdf(x: number, { xLo, xHi, mu, sigma, hstep }: StepShape): number {
  if (x < xLo || x > xHi) return 0;
  const z = (x - mu) / sigma;
  return (
    (1 + hstep * erf(z / Math.SQRT2)) /
    (stepIntegral(xHi, mu, sigma, hstep) - stepIntegral(xLo, mu, sigma, hstep))
  );
}

/** Distribution function of {@link stepPdf}; 0 below and 1 above its range. */
export function stepCdf(x: number, { xLo, xHi, mu, sigma, hstep }: StepShape): number {
  const from = stepIntegral(xLo, mu, sigma, hstep);
  const at = stepIntegral(Math.min(Math.max(x, xLo), xHi), mu, sigma, hstep);
  return (at - from) / (stepIntegral(xHi, mu, sigma, hstep) - from);
}

/** Antiderivative σ[z + h(z·erf(z/√2) + √(2/π)e^(−z²/2))] of a step that is not normalised. */
export function stepIntegral(x: number, mu: number, sigma: number, h: number): number {
  const z = (x - mu) / sigma;
  const smeared = z * erf(z / Math.SQRT2) + Math.sqrt(2 / Math.PI) * Math.exp((-z * z) / 2);
  return sigma * (z + h * smeared);
}
