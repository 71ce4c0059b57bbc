import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FcioSimulation, simulateFcio } from '@countroom/decoders';

const riseSamples = 14;
const decaySamples = 5000;

/** The decay begins with the rise: this share of the charge is left in a pulse whose decay was taken out. */
const collected =
  Array.from({ length: riseSamples }, (_, sample) => Math.exp(-sample / decaySamples)).reduce(
    (sum, share) => sum + share,
  ) / riseSamples;

/** Pulse height at which the shipped Th-228 calibration (keV = 0.631 + 0.065062 ADC) puts an energy, ADC counts. */
function heightOf(keV: number): number {
  return (keV - 0.631) / 0.065062 / collected;
}

/** Strong gamma lines of Th-228 and its daughters, keV. */
export const thoriumLines = [238.632, 583.191, 2614.511] as const;

/** A FlashCam recording as the shipped `th228` configurations expect it: 1836 samples, the rise at about 911. */
export function thoriumRecording(options: FcioSimulation = {}): Buffer {
  const parts = simulateFcio({
    channels: 1,
    events: 300,
    samples: 1836,
    riseSample: 911,
    riseSamples,
    decaySamples,
    noise: 12,
    lines: thoriumLines.map((keV) => ({ amplitude: heightOf(keV), weight: 1 })),
    endpoint: heightOf(2500),
    ...options,
  });
  return Buffer.concat([...parts]);
}

/** The same as a file; returns its path. */
export function writeRecording(folder: string, name: string, options?: FcioSimulation): string {
  const path = join(folder, name);
  writeFileSync(path, thoriumRecording(options));
  return path;
}
