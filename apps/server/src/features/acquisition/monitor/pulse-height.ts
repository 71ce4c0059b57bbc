/** Length of the sliding mean that the highest point is sought in, in samples. */
const smoothing = 8;

/**
 * Height of the pulse in one waveform over its baseline, in the samples' unit: the highest sliding mean of 8 samples less
 * the mean of the first eighth. Good enough to watch a spectrum grow; real energies come from processing. NaN below 16
 * samples.
 */
export function pulseHeight(values: ArrayLike<number>, from: number, length: number): number {
  if (length < 2 * smoothing) return Number.NaN;
  const baselineSamples = Math.max(smoothing, length >> 3);
  let baseline = 0;
  for (let i = 0; i < baselineSamples; i++) baseline += values[from + i]!;
  let sum = 0;
  for (let i = 0; i < smoothing; i++) sum += values[from + i]!;
  let highest = sum;
  for (let i = smoothing; i < length; i++) {
    sum += values[from + i]! - values[from + i - smoothing]!;
    if (sum > highest) highest = sum;
  }
  return highest / smoothing - baseline / baselineSamples;
}
