type Range = readonly [number, number] | null;

/**
 * Points of a curve in a range (with one neighbour at each side), x and value in turn, as charts take them. A long one is thinned out to
 * the least and the greatest value of each of `stretches` stretches, in the order in which they came, so that no peak is lost; what is
 * not a number shows only where a stretch has nothing else.
 * @param x in increasing order
 */
export function thinned(
  x: Float64Array,
  values: Float64Array,
  range: Range,
  stretches: number,
): Float64Array {
  const first = range === null ? 0 : Math.max(0, placeOf(x, range[0]) - 1);
  const end = range === null ? values.length : Math.min(values.length, placeOf(x, range[1]) + 2);
  const count = Math.max(0, end - first);
  if (count <= 2 * stretches) {
    const all = new Float64Array(2 * count);
    for (let index = 0; index < count; index += 1) {
      all[2 * index] = x[first + index]!;
      all[2 * index + 1] = values[first + index]!;
    }
    return all;
  }
  const thin = new Float64Array(4 * stretches);
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const from = first + Math.floor((stretch * count) / stretches);
    const to = first + Math.floor(((stretch + 1) * count) / stretches);
    let low = from;
    let high = from;
    for (let index = from + 1; index < to; index += 1) {
      const value = values[index]!;
      if (value < values[low]! || Number.isNaN(values[low]!)) low = index;
      if (value > values[high]! || Number.isNaN(values[high]!)) high = index;
    }
    const [one, other] = low < high ? [low, high] : [high, low];
    thin[4 * stretch] = x[one]!;
    thin[4 * stretch + 1] = values[one]!;
    thin[4 * stretch + 2] = x[other]!;
    thin[4 * stretch + 3] = values[other]!;
  }
  return thin;
}

/** Number of the first x that is not below a value; the length when there is none. */
function placeOf(x: Float64Array, value: number): number {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
