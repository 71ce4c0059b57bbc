/** Points of a curve. */
export interface Points {
  readonly times: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** What is done to a curve before it is drawn: (value − offset) ÷ scale at time − shift. */
export interface Shape {
  readonly shift: number;
  readonly offset: number;
  readonly scale: number;
}

export const asStored: Shape = { shift: 0, offset: 0, scale: 1 };

/** Share of the samples, from the first, that stand for the baseline. */
const baselineShare = 0.05;

/** The baseline of a whole curve: the median of its first samples, which a pulse does not move; 0 when it has none. */
export function startLevel(values: ArrayLike<number>): number {
  const count = Math.max(1, Math.floor(values.length * baselineShare));
  const sorted = Float64Array.from(values)
    .subarray(0, count)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const middle = sorted.length / 2;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The place that is farthest from a level, and how far (never negative); null for a curve without numbers. */
export function highestPoint(
  { times, values }: Points,
  level: number,
): { readonly time: number; readonly height: number } | null {
  let at = -1;
  let height = -1;
  for (let index = 0; index < values.length; index += 1) {
    const distance = Math.abs(values[index]! - level);
    if (distance > height) {
      height = distance;
      at = index;
    }
  }
  return at === -1 ? null : { time: times[at]!, height };
}

/** A curve in its shape; what is not a number stays so. */
export function shaped(
  curve: Points,
  { shift, offset, scale }: Shape,
): { times: Float64Array; values: Float64Array } {
  return {
    times: Float64Array.from(curve.times, (time) => time - shift),
    values: Float64Array.from(curve.values, (value) => (value - offset) / scale),
  };
}
