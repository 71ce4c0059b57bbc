/** A waveform made small enough to draw. */
export interface Decimated {
  /** The samples themselves, or minimum and maximum in turn per group of samples. */
  readonly values: Float32Array;
  readonly decimated: boolean;
}

/**
 * At most `points` values of a waveform (at least 2). Longer waveforms are split into `points / 2` groups of
 * about equal size, of each of which minimum and maximum are kept, so that no short pulse is lost.
 */
export function decimate(samples: ArrayLike<number>, points: number): Decimated {
  if (samples.length <= points) return { values: Float32Array.from(samples), decimated: false };
  const groups = Math.max(1, Math.floor(points / 2));
  const values = new Float32Array(2 * groups);
  for (let group = 0; group < groups; group++) {
    const from = Math.floor((group * samples.length) / groups);
    const to = Math.floor(((group + 1) * samples.length) / groups);
    let low = samples[from]!;
    let high = low;
    for (let i = from + 1; i < to; i++) {
      const value = samples[i]!;
      if (value < low) low = value;
      else if (value > high) high = value;
    }
    values[2 * group] = low;
    values[2 * group + 1] = high;
  }
  return { values, decimated: true };
}
