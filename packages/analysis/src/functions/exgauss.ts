import { erfc } from '../special/erf.js';
import { gaussCdf, gaussPdf } from './gauss.js';

/** Exponents above this (a tenth of what a double can hold) take the asymptotic form. */
const largestExponent = Math.log(Number.MAX_VALUE) / 10;

/**
 * Density of a Gaussian convolved with an exponential: a tail to low x for τ > 0, to high x for τ < 0. For tails much
 * shorter than σ the asymptotic form σG(x)·d·(1 − τ²d²), d = 1/(σ + τz), is used.
 */
export function exgaussPdf(x: number, mu: number, sigma: number, tau: number): number {
  const z = (x - mu) / sigma;
  const size = Math.abs(tau);
  const exponent = (x - mu) / tau + (sigma * sigma) / (2 * tau * tau);
  if (exponent > largestExponent || Number.isNaN(exponent)) {
    const d = 1 / (sigma + tau * z);
    return sigma * gaussPdf(x, mu, sigma) * d * (1 - tau * tau * d * d);
  }
  return (Math.exp(exponent) * erfc((tau * z + sigma) / (Math.SQRT2 * size))) / (2 * size);
}

/** Distribution function of {@link exgaussPdf}: Φ(z) + τ·T(x), and so for τ = 0 that of the Gaussian. */
export function exgaussCdf(x: number, mu: number, sigma: number, tau: number): number {
  return gaussCdf(x, mu, sigma) + tau * exgaussPdf(x, mu, sigma, tau);
}
