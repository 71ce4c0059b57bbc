import type { Numbers } from '../spec/kernel-spec.js';

/** First place in `sorted[0, count)` at which a number is not less than `value`. */
function placeOf(sorted: Float64Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Middle one of `length` samples around each; beyond the ends stands the first or the last sample. */
export function medianFilter(wIn: Numbers, length: Numbers, wOut: Numbers): number {
  const n = wIn.length;
  const size = length[0]!;
  const half = (size - 1) / 2;
  const at = (i: number) => wIn[Math.min(Math.max(i, 0), n - 1)]!;
  const sorted = Float64Array.from({ length: size }, (_, k) => at(k - half)).sort();
  for (let i = 0; i < n; i += 1) {
    wOut[i] = sorted[half]!;
    const gone = placeOf(sorted, size, at(i - half));
    sorted.copyWithin(gone, gone + 1, size);
    const next = at(i + 1 + half);
    const place = placeOf(sorted, size - 1, next);
    sorted.copyWithin(place + 1, place, size - 1);
    sorted[place] = next;
  }
  return 0;
}
