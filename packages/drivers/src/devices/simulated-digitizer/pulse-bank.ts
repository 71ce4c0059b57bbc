import type { RandomSource } from './random-source.js';
import type { SimulatedDigitizerConfig } from './simulated-digitizer.config.js';

/** Steps between shortest and longest rise, and parts of a sample by which a pulse can be shifted. */
const rises = 16;
const phases = 8;
/** Noise samples kept beyond a record's length; records begin at random places in them. */
const noiseLength = 1 << 17;

/**
 * Pulse shapes, decay and noise, computed once. Shapes have height 1 for full charge, as float32 per sample:
 * charge collected along a smooth rise, then the exponential decay of a resistive feedback preamplifier.
 */
export class PulseBank {
  /** Noise of standard deviation 1, adc. */
  readonly noise: Float32Array;
  /** Decay by sample since any moment: exp(-i dt / tau). */
  readonly decay: Float32Array;
  readonly riseNs: readonly number[];
  private readonly shapes: Float32Array[] = [];

  constructor(config: SimulatedDigitizerConfig, random: RandomSource) {
    const { recordSamples, samplePeriodNs, decayUs, riseNs } = config;
    const tauNs = decayUs * 1000;
    this.noise = Float32Array.from({ length: noiseLength + recordSamples }, () => random.normal());
    this.decay = Float32Array.from({ length: recordSamples }, (_, i) =>
      Math.exp((-i * samplePeriodNs) / tauNs),
    );
    this.riseNs = Array.from(
      { length: rises },
      (_, i) => riseNs.min + ((riseNs.max - riseNs.min) * i) / (rises - 1),
    );
    for (const rise of this.riseNs) {
      for (let phase = 0; phase < phases; phase++) {
        const shift = phase / phases;
        const shape = Float32Array.from({ length: recordSamples }, (_, i) =>
          pulseHeight((i + 1 - shift) * samplePeriodNs, rise, tauNs),
        );
        this.shapes.push(shape);
      }
    }
  }

  /** A place in the noise from which a whole record fits. */
  noisePlace(random: RandomSource): number {
    return random.below(noiseLength);
  }

  /** Number of a random rise. */
  randomRise(random: RandomSource): number {
    return random.below(rises);
  }

  /**
   * Shape of a pulse that begins `fraction` (0 to 1) of a sample before its first entry's sample: entry i is its
   * height i samples later.
   */
  shape(rise: number, fraction: number): Float32Array {
    const phase = Math.min(phases - 1, Math.floor((1 - fraction) * phases));
    return this.shapes[rise * phases + phase]!;
  }
}

/** Height of a unit pulse `t` ns after its begin: half a cosine up over the rise, decay all along. */
export function pulseHeight(t: number, riseNs: number, tauNs: number): number {
  if (t <= 0) return 0;
  const charge = t >= riseNs ? 1 : 0.5 - 0.5 * Math.cos((Math.PI * t) / riseNs);
  return charge * Math.exp(-Math.max(0, t - riseNs / 2) / tauNs);
}
