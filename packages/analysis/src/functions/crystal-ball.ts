import { gaussCdf } from './gauss.js';

/** Shape of a crystal ball function: a Gaussian whose low side turns into a power law β standard deviations below μ. */
export interface CrystalBallShape {
  readonly mu: number;
  readonly sigma: number;
  /** Where the tail begins, in σ below the mean; > 0. */
  readonly beta: number;
  /** Power of the tail; > 1. */
  readonly m: number;
}

/** Density of a crystal ball function. */
export function crystalBallPdf(x: number, shape: CrystalBallShape): number {
  const { mu, sigma, beta, m } = shape;
  const z = (x - mu) / sigma;
  const value =
    z > -beta
      ? Math.exp((-z * z) / 2)
      : (m / beta) ** m * Math.exp((-beta * beta) / 2) * (m / beta - beta - z) ** -m;
  return value / (sigma * area(shape));
}

/** Distribution function of {@link crystalBallPdf}. */
export function crystalBallCdf(x: number, shape: CrystalBallShape): number {
  const { mu, sigma, beta, m } = shape;
  const z = (x - mu) / sigma;
  const below =
    z > -beta
      ? tailArea(beta, m) + Math.sqrt(2 * Math.PI) * (gaussCdf(z, 0, 1) - gaussCdf(-beta, 0, 1))
      : ((m / beta) ** m * Math.exp((-beta * beta) / 2) * (m / beta - beta - z) ** (1 - m)) / (m - 1);
  return below / area(shape);
}

function tailArea(beta: number, m: number): number {
  return ((m / beta) * Math.exp((-beta * beta) / 2)) / (m - 1);
}

function area({ beta, m }: CrystalBallShape): number {
  return tailArea(beta, m) + Math.sqrt(2 * Math.PI) * gaussCdf(beta, 0, 1);
}
