import { RandomSource } from '../../simulated-digitizer/random-source.js';

/** A quantity of the world: swings slowly around a mean, with noise on top. */
export interface Quantity {
  readonly mean: number;
  /** Half of the slow swing, and how long it takes, s. */
  readonly swing: number;
  readonly periodS: number;
  /** Standard deviation of the noise of each look. */
  readonly noise: number;
}

/** What simulated sensors see; the same seed gives the same world. */
export class SimulatedWorld {
  private readonly random: RandomSource;
  private readonly seconds: () => number;
  private readonly phases = new Map<string, number>();

  /** @param seconds time of the world */
  constructor(seed: number, seconds: () => number) {
    this.random = new RandomSource(seed);
    this.seconds = seconds;
  }

  get timeS(): number {
    return this.seconds();
  }

  /** The quantity of a name now. */
  value(name: string, { mean, swing, periodS, noise }: Quantity): number {
    let phase = this.phases.get(name);
    if (phase === undefined) {
      phase = 2 * Math.PI * this.random.uniform();
      this.phases.set(name, phase);
    }
    const slow = swing * Math.sin((2 * Math.PI * this.timeS) / periodS + phase);
    return mean + slow + noise * this.random.normal();
  }

  /** How many particles came since the last look, at a rate in Hz (Poisson). */
  particles(name: string, rateHz: number): number {
    const now = this.timeS;
    let next = this.phases.get(name) ?? this.random.exponential(1 / rateHz);
    let count = 0;
    while (next <= now) {
      count += 1;
      next += this.random.exponential(1 / rateHz);
    }
    this.phases.set(name, next);
    return count;
  }
}

/** Quantities that several kinds of sensors see. */
export const roomTemperature: Quantity = { mean: 21.5, swing: 1.5, periodS: 900, noise: 0.02 };
export const airPressure: Quantity = { mean: 1013.2, swing: 2, periodS: 3600, noise: 0.03 };
export const airHumidity: Quantity = { mean: 45, swing: 6, periodS: 1200, noise: 0.1 };
