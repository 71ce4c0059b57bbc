import { erfc } from '../special/erf.js';

const rootTwoPi = Math.sqrt(2 * Math.PI);

/** exp(−z²/2) with z = (x−μ)/σ; 1 at the mean. */
export function gaussUnnormalised(x: number, mu: number, sigma: number): number {
  const z = (x - mu) / sigma;
  return Math.exp((-z * z) / 2);
}

/** Density of a normal distribution with mean μ and standard deviation σ > 0. */
export function gaussPdf(x: number, mu: number, sigma: number): number {
  return gaussUnnormalised(x, mu, sigma) / (sigma * rootTwoPi);
}

/** Distribution function of a normal distribution, with all its digits where it is tiny. */
export function gaussCdf(x: number, mu: number, sigma: number): number {
  return erfc((mu - x) / (sigma * Math.SQRT2)) / 2;
}
