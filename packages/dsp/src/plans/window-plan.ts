import type { Prepared, Sizes } from '../spec/kernel-spec.js';

/** Longer windows than this are left to the plain definition: their table would be large. */
const longestWindow = 512;

/** Side by side in memory: a weight for each of the four waveforms of a tile. */
const lanes = 4;

/**
 * A waveform's weighted sums around each sample (src/assembly/weighted-window.ts). `rows`: the weights of every place of a
 * window of `rows.length` samples, an odd number: those before the middle are for the first results, those behind it for the last
 * ones. Undefined when the waveform is shorter than the window or the window is very long.
 */
export function prepareWindow(
  kernel: string,
  { n }: Sizes,
  size: number,
  makeRows: () => readonly Float64Array[],
): Prepared | undefined {
  if (!(size >= 1 && size <= Math.min(n, longestWindow) && size % 2 === 1)) return undefined;
  const rows = makeRows();
  const middle = Array.from(rows[(size - 1) / 2] ?? []).reverse();
  return {
    kernel,
    extra: [size],
    table: [
      ...middle.flatMap((weight) => new Array<number>(lanes).fill(weight)),
      ...rows.flatMap((row) => Array.from(row)),
      ...rows.map((row) => row.reduce((sum, weight) => sum + weight, 0)),
    ],
    scratch: (bytes) => lanes * bytes * n,
  };
}
