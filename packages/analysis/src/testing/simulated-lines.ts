import { normalNumbers, uniformNumbers } from '../statistics/random.js';

/** What a simulated spectrum of lines is made from. */
export interface LinesTruth {
  readonly gain: number;
  readonly offset: number;
  /** FWHM = √(a + bE + cE²) in keV. */
  readonly a: number;
  readonly b: number;
  readonly c?: number;
}

/** Lines with counts, known gain and resolution, a small tail and a falling background. */
export function simulatedLines(
  lines: readonly (readonly [energy: number, counts: number])[],
  { gain, offset, a, b, c = 0 }: LinesTruth,
  background = 60_000,
  seed = 42n,
): Float64Array {
  const random = uniformNumbers(seed);
  const normal = normalNumbers(random);
  const values: number[] = [];
  for (const [energy, counts] of lines) {
    const sigma = Math.sqrt(a + b * energy + c * energy * energy) / 2.35482;
    for (let n = 0; n < counts; n++) {
      const tail = random() < 0.05 ? Math.log(random()) * sigma : 0;
      values.push((energy + sigma * normal() + tail - offset) / gain);
    }
  }
  for (let n = 0; n < background; n++) values.push((-900 * Math.log(random()) - offset) / gain);
  return Float64Array.from(values);
}
