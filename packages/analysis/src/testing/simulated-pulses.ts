import { normalNumbers, uniformNumbers } from '../statistics/random.js';
import type { Waveforms } from '../superpulse/superpulse.js';

/** What simulated waveforms are made from; lengths and times in samples, heights in ADC. */
export interface PulsesTruth {
  readonly rows: number;
  readonly samples: number;
  readonly start: number;
  readonly baseline: number;
  /** Standard deviation of white noise, and of noise that each sample has nine tenths of from the one before. */
  readonly noise: number;
  readonly slowNoise?: number;
  /** Height of each pulse. */
  readonly height: (uniform: () => number, normal: () => number) => number;
  /** Of the rise, at least and at most. */
  readonly rise: readonly [shortest: number, longest: number];
  /** Longer and shorter decay constant, and the share of the shorter one; one constant alone without it. */
  readonly tau: readonly [long: number, short?: number, share?: number];
  /** Every so many-th waveform has a second pulse on its tail. */
  readonly piled?: number;
}

/** Pulses of a charge-sensitive amplifier, sampled, with noise. */
export function simulatedPulses(truth: PulsesTruth, seed = 21n): Waveforms {
  const { rows, samples, start, baseline, noise, slowNoise = 0, rise, piled = 0 } = truth;
  const uniform = uniformNumbers(seed);
  const normal = normalNumbers(uniform);
  const values = new Float64Array(rows * samples);
  for (let row = 0; row < rows; row++) {
    const wave = values.subarray(row * samples, (row + 1) * samples).fill(baseline);
    const length = rise[0] + (rise[1] - rise[0]) * uniform();
    addPulse(wave, { at: start + uniform(), height: truth.height(uniform, normal), length }, truth.tau);
    if (piled > 0 && row % piled === 0)
      addPulse(
        wave,
        { at: start + (samples - start) / 2, height: 0.15 * truth.height(uniform, normal), length },
        truth.tau,
      );
    let slow = normal();
    for (let i = 0; i < samples; i++) {
      slow = 0.9 * slow + Math.sqrt(0.19) * normal();
      wave[i]! += noise * normal() + slowNoise * slow;
    }
  }
  return { values, samples };
}

/** A step that rises evenly and decays all along. */
function addPulse(
  wave: Float64Array,
  { at, height, length }: { readonly at: number; readonly height: number; readonly length: number },
  [long, short = 1, share = 0]: PulsesTruth['tau'],
): void {
  // The answer to a charge that comes evenly over the rise: the integral of the decays.
  const integral = (t: number): number =>
    t <= 0 ? 0 : (1 - share) * long * (1 - Math.exp(-t / long)) + share * short * (1 - Math.exp(-t / short));
  for (let i = Math.floor(at); i < wave.length; i++)
    wave[i]! += (height * (integral(i - at) - integral(i - at - length))) / length;
}
