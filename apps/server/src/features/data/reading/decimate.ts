/** Points of a curve: sample numbers and values; null where a sample is not a number. */
export interface Points {
  readonly indices: readonly number[];
  readonly values: readonly (number | null)[];
  /** Samples per point; 1 when nothing was left out. */
  readonly step: number;
}

/**
 * A curve that looks like the samples when drawn `pairs` pixels wide: the smallest and the largest sample of each of
 * `pairs` stretches, in the order in which they come. As it is when that would be no fewer points.
 */
export function decimate(samples: ArrayLike<number | bigint>, pairs: number): Points {
  const { length } = samples;
  const valueAt = (index: number): number | null => finite(Number(samples[index]));
  if (length <= 2 * pairs) {
    const indices = Array.from({ length }, (_, index) => index);
    return { indices, values: indices.map(valueAt), step: 1 };
  }
  const indices: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const start = Math.floor((pair * length) / pairs);
    const stop = Math.floor(((pair + 1) * length) / pairs);
    const [low, high] = extremes(samples, start, stop);
    indices.push(Math.min(low, high), Math.max(low, high));
  }
  return { indices, values: indices.map(valueAt), step: length / indices.length };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Places of the smallest and the largest finite sample; two different ones where there are two. */
function extremes(
  samples: ArrayLike<number | bigint>,
  start: number,
  stop: number,
): readonly [low: number, high: number] {
  let low = start;
  let high = stop - 1;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let index = start; index < stop; index += 1) {
    const value = Number(samples[index]);
    if (!Number.isFinite(value)) continue;
    if (value < min) {
      min = value;
      low = index;
    }
    if (value >= max) {
      max = value;
      high = index;
    }
  }
  return [low, high];
}
