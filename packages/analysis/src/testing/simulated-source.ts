import { normalNumbers, uniformNumbers } from '../statistics/random.js';

/** Energies in keV, A/E and LQ of events of a simulated thorium source, with what they were made from. */
export interface SimulatedEvents {
  readonly energies: Float64Array;
  readonly currents: Float64Array;
  readonly charges: Float64Array;
}

/** What the events are made from: A/E of single sites has the mean m₀ + m₁E and the width √(s₀ + (s₁/E)²). */
export const simulatedTruth = {
  mean: [1.02, -1.5e-5] as const,
  sigma: [1.6e-5, 8] as const,
  late: { mean: 0.7, sigma: 0.05 },
  /** What several sites lose of A/E, and what they gain in LQ, on average: exponentially distributed. */
  loss: 0.06,
  lag: 0.1,
  /** Fraction of single sites: in the double escape peak, in the full energy peak beside it, in the Compton continuum. */
  single: { double: 0.95, full: 0.12, compton: 0.5 },
};

/** Events of lines at 1592.5 and 1620.7 keV over a Compton continuum from 900 to 2350 keV. */
export function simulatedEvents(
  lineCounts = 6000,
  comptonCounts = 120_000,
  seed = 77n,
  double = simulatedTruth.single.double,
): SimulatedEvents {
  const uniform = uniformNumbers(seed);
  const normal = normalNumbers(uniform);
  const { mean, sigma, late, single, loss: meanLoss, lag: meanLag } = simulatedTruth;
  const events: [energy: number, current: number, charge: number][] = [];
  const add = (energy: number, fraction: number): void => {
    const isSingle = uniform() < fraction;
    const width = Math.sqrt(sigma[0] + (sigma[1] / energy) ** 2);
    const loss = isSingle ? 0 : -meanLoss * Math.log(uniform());
    // Several sites drift for different times, which makes some of their charge late.
    const lag = isSingle ? 0 : -meanLag * Math.log(uniform());
    events.push([
      energy,
      mean[0] + mean[1] * energy + width * normal() - loss,
      late.mean + late.sigma * normal() + lag,
    ]);
  };
  for (let n = 0; n < lineCounts; n++) {
    add(1592.513 + 1.1 * normal(), double);
    add(1620.738 + 0.9 * normal(), single.full);
  }
  for (let n = 0; n < comptonCounts; n++) add(900 + 1450 * uniform(), single.compton);
  const column = (i: 0 | 1 | 2): Float64Array => Float64Array.from(events, (event) => event[i]);
  return { energies: column(0), currents: column(1), charges: column(2) };
}
