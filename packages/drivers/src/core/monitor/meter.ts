/** Values of a voltmeter. */
export interface MeterValues {
  readonly mean: number;
  /** √(mean of squares), DC part included. */
  readonly effective: number;
  /** Standard deviation. */
  readonly sigma: number;
  /** Largest absolute value, with its sign. */
  readonly peak: number;
}

/** What a voltmeter shows of a record: value = count × scale + offset. NaN for an empty one. */
export function meterOf(counts: ArrayLike<number>, scale = 1, offset = 0): MeterValues {
  const { length } = counts;
  let [sum, squares, low, high] = [0, 0, Infinity, -Infinity];
  for (let i = 0; i < length; i++) {
    const value = counts[i]!;
    sum += value;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const mean = sum / length;
  for (let i = 0; i < length; i++) squares += (counts[i]! - mean) ** 2;
  const sigma = Math.abs(scale) * Math.sqrt(squares / length);
  const level = mean * scale + offset;
  const [a, b] = [low * scale + offset, high * scale + offset];
  return {
    mean: level,
    effective: Math.sqrt(sigma * sigma + level * level),
    sigma,
    peak: Math.abs(a) > Math.abs(b) ? a : b,
  };
}
