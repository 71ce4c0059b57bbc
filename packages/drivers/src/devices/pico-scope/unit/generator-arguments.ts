import type { ForeignArgument } from '../../../transports/ffi/foreign-library.js';
import type { PicoScopeConfig } from '../pico-scope.config.js';
import { sweepCodes, waveCode } from '../sdk/codes.js';
import type { GeneratorConfig } from '../settings/generator.config.js';

/** Least count of a dwell in sweeps of arbitrary waveforms. */
const shortestDwell = 3;

/** Offset and peak to peak voltage, µV. */
export function generatorMicrovolts({ offsetV, peakToPeakV }: GeneratorConfig): [number, number] {
  return [Math.round(offsetV * 1e6), Math.round(peakToPeakV * 1e6)];
}

/** Parameters of SetSigGenBuiltIn behind the handle: shape, sweep; no shots, no trigger. */
export function builtInArguments({ family, generator }: PicoScopeConfig): ForeignArgument[] {
  const { frequencyHz, stopFrequencyHz = frequencyHz, dwellS = 10 / frequencyHz } = generator;
  const noise = generator.shape === 'white-noise' && family !== '4000a' ? 1 : 0;
  const wave = waveCode(family, generator.shape);
  const frequencies = [frequencyHz, stopFrequencyHz, generator.stepHz, dwellS];
  return [
    ...generatorMicrovolts(generator),
    wave,
    ...frequencies,
    sweepCodes[generator.sweep],
    noise,
    0,
    0,
    0,
    0,
    0,
  ];
}

/** Parameters of SetSigGenArbitrary behind the handle, with the phase of the frequency. */
export function arbitraryArguments(generator: GeneratorConfig, phase: number): ForeignArgument[] {
  const wave = Int16Array.from(generator.points, (share) => Math.round(32_767 * share));
  // One frequency for ever: the sweep does not move, its dwell is the shortest that is taken.
  const still = [phase, phase, 0, shortestDwell];
  return [...generatorMicrovolts(generator), ...still, wave, wave.length, 0, 0, 0, 0, 0, 0, 0, 0];
}
