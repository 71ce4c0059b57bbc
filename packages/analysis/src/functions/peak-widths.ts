import { type PeakShape, peakShape } from './hpge-peak.js';

/** Where a line is highest: at μ without a tail, else below it (for τ > 0); to about 1e-8 of its width. */
export function peakMode(peak: PeakShape): number {
  const { mu, sigma, htail, tau } = peak;
  if (htail === 0) return mu;
  const reach = 2 * sigma + htail * Math.abs(tau);
  return maximum((x) => peakShape(x, peak), mu - reach, mu + reach);
}

/**
 * Full width of a line where it has fallen to a fraction of its maximum (½: FWHM), in the unit of x.
 * Throws a RangeError when the fraction is not between 0 and 1.
 */
export function peakWidth(peak: PeakShape, fraction = 0.5): number {
  if (!(fraction > 0 && fraction < 1))
    throw new RangeError(`a fraction between 0 and 1 is needed, not ${fraction}`);
  const { sigma, htail } = peak;
  if (htail === 0) return 2 * sigma * Math.sqrt(-2 * Math.log(fraction));
  const mode = peakMode(peak);
  const level = fraction * peakShape(mode, peak);
  const above = (x: number): number => peakShape(x, peak) - level;
  return crossing(above, mode, sigma) - crossing(above, mode, -sigma);
}

/** Each makes the interval 1.6 times shorter; the shape itself has no more digits. */
const searchSteps = 45;

/** Golden-section search. */
function maximum(f: (x: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  let [a, b] = [high - ratio * (high - low), low + ratio * (high - low)];
  let [fa, fb] = [f(a), f(b)];
  for (let step = 0; step < searchSteps; step++) {
    if (fa > fb) {
      [high, b, fb] = [b, a, fa];
      a = high - ratio * (high - low);
      fa = f(a);
    } else {
      [low, a, fa] = [a, b, fb];
      b = low + ratio * (high - low);
      fb = f(b);
    }
  }
  return (low + high) / 2;
}

/** The first place from `start` in the direction of `step` where f changes its sign: bracketed, then halved. */
function crossing(f: (x: number) => number, start: number, step: number): number {
  let inside = start;
  let outside = start + step;
  for (let i = 0; f(outside) > 0; i++) {
    if (i > 1000) throw new RangeError('the line does not fall to that fraction of its maximum');
    inside = outside;
    outside += step;
  }
  for (let i = 0; i < 100; i++) {
    const middle = (inside + outside) / 2;
    if (f(middle) > 0) inside = middle;
    else outside = middle;
  }
  return (inside + outside) / 2;
}
