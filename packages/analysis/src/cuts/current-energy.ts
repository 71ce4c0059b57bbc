import { leastSquares, type Points } from '../fit/costs.js';
import { minimise } from '../fit/minimise.js';
import { fitPolynomial, polynomial } from '../fit/polynomial.js';
import { type CurrentPeak, fitCurrentPeak } from './current-peak.js';

/** Mean and width of A/E of single sites in a band of energies. */
export interface CurrentBand {
  readonly from: number;
  readonly to: number;
  readonly peak: CurrentPeak;
}

/** How A/E of single sites depends on the energy E in keV: mean m₀ + m₁E, width √(s₀ + (s₁/E)^s₂). */
export interface CurrentEnergy {
  readonly mean: readonly [m0: number, m1: number];
  readonly meanErrors: readonly [number, number];
  readonly sigma: readonly [s0: number, s1: number, s2: number];
  readonly bands: readonly CurrentBand[];
  /** Bands that could not be fitted, and why. */
  readonly left: readonly { readonly from: number; readonly to: number; readonly reason: string }[];
}

/** Where the bands are, in keV. */
export interface BandChoice {
  /** 900 and 2350 when absent. */
  readonly from?: number;
  readonly to?: number;
  /** 20 when absent. */
  readonly width?: number;
  /** Lines that no band may touch: their energies. */
  readonly lines: readonly number[];
  /** How far from a line a band has to stay; 5 when absent. */
  readonly apart?: number;
}

const fewestBands = 4;
const fewestEvents = 200;

/** Mean of A/E of single sites at an energy in keV. */
export function currentMean(energy: number, { mean }: Pick<CurrentEnergy, 'mean'>): number {
  return polynomial(energy, mean);
}

/** Standard deviation of A/E of single sites at an energy in keV. */
export function currentSigma(energy: number, { sigma: [s0, s1, s2] }: Pick<CurrentEnergy, 'sigma'>): number {
  return Math.sqrt(s0 + (s1 / energy) ** s2);
}

/** A/E as standard deviations from the mean of single sites at its energy; NaN gives NaN. */
export function currentClassifier(
  current: number,
  energy: number,
  dependence: Pick<CurrentEnergy, 'mean' | 'sigma'>,
): number {
  return (current - currentMean(energy, dependence)) / currentSigma(energy, dependence);
}

/**
 * Mean and width of A/E over the Compton continuum, in bands away from lines. The exponent of the width is 2 where the
 * bands do not tell it. (Specification: hit and event tiers, chapter 6.5.)
 * @param currents A/E of events, row by row with `energies` in keV
 * Throws a RangeError when fewer than four bands can be fitted.
 */
export function currentOverEnergy(
  currents: ArrayLike<number>,
  energies: ArrayLike<number>,
  choice: BandChoice,
): CurrentEnergy {
  const { from = 900, to = 2350, width = 20, lines, apart = 5 } = choice;
  const bands: CurrentBand[] = [];
  const left: { from: number; to: number; reason: string }[] = [];
  const events = inBands(currents, energies, from, width, Math.floor((to - from) / width + 1e-9));
  events.forEach((inside, i) => {
    const band = { from: from + i * width, to: from + (i + 1) * width };
    if (lines.some((line) => line > band.from - apart && line < band.to + apart)) return;
    if (inside.length < fewestEvents) {
      left.push({ ...band, reason: `${inside.length} events are too few` });
      return;
    }
    try {
      bands.push({ ...band, peak: fitCurrentPeak(inside) });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      left.push({ ...band, reason: error.message });
    }
  });
  if (bands.length < fewestBands) {
    throw new RangeError(
      `A/E could be fitted in ${bands.length} of ${bands.length + left.length} bands of energy, ` +
        `which are too few: at least ${fewestBands} with ${fewestEvents} events each are needed`,
    );
  }
  const x = bands.map((band) => (band.from + band.to) / 2);
  const means = fitPolynomial(
    { x, y: bands.map(({ peak }) => peak.mean), errors: bands.map(({ peak }) => peak.meanError) },
    1,
  );
  return {
    mean: [means.coefficients[0]!, means.coefficients[1]!],
    meanErrors: [means.errors[0]!, means.errors[1]!],
    sigma: fitSigma({
      x,
      y: bands.map(({ peak }) => peak.sigma),
      errors: bands.map(({ peak }) => peak.sigmaError),
    }),
    bands,
    left,
  };
}

/** A/E of the events of every band; NaN is left out. */
function inBands(
  currents: ArrayLike<number>,
  energies: ArrayLike<number>,
  from: number,
  width: number,
  bands: number,
): number[][] {
  const events = Array.from({ length: bands }, (): number[] => []);
  for (let i = 0; i < energies.length; i++) {
    const current = currents[i]!;
    if (Number.isFinite(current)) events[Math.floor((energies[i]! - from) / width)]?.push(current);
  }
  return events;
}

/** √(s₀ + (s₁/E)^s₂), fitted in units of the middle width and energy, where all parameters are about 1. */
function fitSigma({ x, y, errors }: Points): [number, number, number] {
  const energy = middle(x);
  const size = middle(y);
  const cost = leastSquares(
    { x: x.map((at) => at / energy), y: y.map((value) => value / size), errors: errors.map((e) => e / size) },
    (at, [constant, falling, power]) => Math.sqrt(constant! + (falling! / at) ** power!),
  );
  const fit = (power: number, fixed: boolean) =>
    minimise(cost, [
      { name: 's0', start: 0.5, lower: 0, step: 0.1 },
      { name: 's1', start: 0.7, lower: 0, step: 0.1 },
      { name: 's2', start: power, lower: 0.5, upper: 6, step: 0.2, fixed },
    ]);
  const square = fit(2, true);
  const free = fit(2, false);
  // The width of the Gaussian noise of A over E falls with the square; other powers have to show.
  const { values } = free.valid && free.cost < square.cost - 4 ? free : square;
  const power = values['s2']!;
  return [values['s0']! * size * size, values['s1']! * energy * size ** (2 / power), power];
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
