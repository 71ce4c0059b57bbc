/** How the online energy is measured, in samples. */
export interface EnergyWindows {
  /** The baseline is the mean of the samples before this one. */
  readonly baselineEnd: number;
  /** The height is the mean from here … */
  readonly topBegin: number;
  /** … to here (not included). */
  readonly topEnd: number;
}

/**
 * Windows for a record of `length` samples whose pulse begins at `onset`: baseline up to 5 % of the record before
 * the onset, height in the first half of what follows 5 % after it. Undefined when the record leaves no room.
 */
export function energyWindows(length: number, onset: number): EnergyWindows | undefined {
  const guard = Math.max(2, Math.round(0.05 * length));
  const baselineEnd = Math.floor(onset) - guard;
  const topBegin = Math.floor(onset) + guard;
  const topEnd = Math.floor((topBegin + length) / 2);
  return baselineEnd >= 4 && topEnd - topBegin >= 4 ? { baselineEnd, topBegin, topEnd } : undefined;
}

/**
 * Height of a pulse in ADC counts: mean of the flat top minus mean of the baseline. With a decay constant
 * (in samples) the exponential fall is undone first by adding the running sum over the constant (pole-zero
 * correction). NaN never comes out of finite samples.
 */
export function pulseHeightOnline(
  samples: ArrayLike<number>,
  from: number,
  windows: EnergyWindows,
  decaySamples: number | undefined,
): number {
  const { baselineEnd, topBegin, topEnd } = windows;
  let sum = 0;
  for (let i = 0; i < baselineEnd; i++) sum += samples[from + i]!;
  const baseline = sum / baselineEnd;
  const restore = decaySamples === undefined ? 0 : 1 / decaySamples;
  let running = 0;
  for (let i = baselineEnd; i < topBegin; i++) running += samples[from + i]! - baseline;
  let top = 0;
  for (let i = topBegin; i < topEnd; i++) {
    const height = samples[from + i]! - baseline;
    running += height;
    top += height + restore * running;
  }
  return top / (topEnd - topBegin);
}
