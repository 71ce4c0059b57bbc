import { erfc } from '../special/erf.js';

/** λe^(−λz)/σ for z = (x−μ)/σ from 0, else 0. */
export function exponentialPdf(x: number, mu: number, sigma: number, lambda: number): number {
  const z = (x - mu) / sigma;
  return z < 0 ? 0 : (lambda * Math.exp(-lambda * z)) / sigma;
}

/** (mx + b) normalised on [xLo, xHi]; 0 outside. */
export function linearPdf(x: number, xLo: number, xHi: number, m: number, b: number): number {
  if (x < xLo || x > xHi) return 0;
  return (m * x + b) / ((m / 2) * (xHi * xHi - xLo * xLo) + b * (xHi - xLo));
}

/** Moyal's approximation of the energy loss in thin layers: exp(−(z + e^(−z))/2)/(σ√2π). */
export function moyalPdf(x: number, mu: number, sigma: number): number {
  const z = (x - mu) / sigma;
  return Math.exp(-(z + Math.exp(-z)) / 2) / (sigma * Math.sqrt(2 * Math.PI));
}

/** Distribution function of {@link moyalPdf}: erfc(e^(−z/2)/√2). */
export function moyalCdf(x: number, mu: number, sigma: number): number {
  return erfc(Math.exp(-(x - mu) / sigma / 2) / Math.SQRT2);
}

/** 1/width between `from` and `from + width`, else 0. */
export function uniformPdf(x: number, from: number, width: number): number {
  return x >= from && x <= from + width ? 1 / width : 0;
}
