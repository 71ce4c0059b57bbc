/** Domain of arrival times, ns. */
export const arrivalDomain: readonly [number, number] = [-1000, 5000];
const bias = -80;
const resolution = 35;
const slow = 1100;
const fast = 6;
const fastShare = 1 / 3;

/**
 * Density of arrival times of scintillation light in liquid argon, 1/ns: two exponential decays (1100 ns and, a third of
 * the light, 6 ns) seen with a Gaussian resolution of 35 ns and a bias of −80 ns, over a flat background. Positive inside
 * the domain. (Specification: hit and event tiers, 3.4.)
 * @param t time since the germanium signal, ns
 * @param background share of background, 0 to 1
 */
export function arrivalDensity(t: number, background: number): number {
  const signal =
    (1 - fastShare) * blurredDecay(t - bias, slow, resolution) +
    fastShare * blurredDecay(t - bias, fast, resolution);
  const [from, to] = arrivalDomain;
  return (1 - background) * signal + background / (to - from);
}

/** Beyond this erfc differs from 0 or 2 by less than the precision of float64. */
const farOut = 6;

/** An exponential decay of mean tau that begins at 0, folded with a Gaussian of width sigma. */
export function blurredDecay(t: number, tau: number, sigma: number): number {
  const z = (sigma / tau - t / sigma) / Math.SQRT2;
  if (z > 0) return (Math.exp((-t * t) / (2 * sigma * sigma)) * scaledErfc(z)) / (2 * tau);
  const exponent = (sigma * sigma) / (2 * tau * tau) - t / tau;
  const lost = z < -farOut ? 0 : Math.exp(-z * z) * scaledErfc(-z);
  return (Math.exp(exponent) * (2 - lost)) / (2 * tau);
}

/** exp(x²)·erfc(x) for x ≥ 0, to about 15 digits: by the series of erf near 0, by a continued fraction farther out. */
export function scaledErfc(x: number): number {
  if (x > 2.5) {
    // The farther out, the fewer terms make 15 digits.
    let fraction = 0;
    for (let k = x > 10 ? 12 : x > 5 ? 30 : 80; k > 0; k--) fraction = k / 2 / (x + fraction);
    return 1 / (Math.sqrt(Math.PI) * (x + fraction));
  }
  let term = x;
  let sum = x;
  for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
    term *= (2 * x * x) / (2 * k + 1);
    sum += term;
  }
  return Math.exp(x * x) - (2 / Math.sqrt(Math.PI)) * sum;
}
