const mostPoints = 2048;

export interface WaveformView {
  readonly points: Float32Array;
  readonly decimated: boolean;
}

/** Samples as float32; long waveforms as lowest and highest of equal stretches, in turn, so that no spike is lost. */
export function viewWaveform(values: ArrayLike<number>, from: number, length: number): WaveformView {
  if (length <= mostPoints) {
    const points = new Float32Array(length);
    for (let i = 0; i < length; i++) points[i] = values[from + i]!;
    return { points, decimated: false };
  }
  const stretches = mostPoints / 2;
  const points = new Float32Array(mostPoints);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const begin = Math.floor((stretch * length) / stretches);
    const end = Math.floor(((stretch + 1) * length) / stretches);
    let lowest = values[from + begin]!;
    let highest = lowest;
    for (let i = begin + 1; i < end; i++) {
      const value = values[from + i]!;
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
    points[2 * stretch] = lowest;
    points[2 * stretch + 1] = highest;
  }
  return { points, decimated: true };
}
