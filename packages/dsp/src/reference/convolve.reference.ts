import type { Numbers } from '../spec/kernel-spec.js';

/** Places of the full result at which the three kinds of convolution begin. */
function startOf(mode: number, m: number): number {
  if (mode === 0x76) return m - 1;
  return mode === 0x73 ? Math.floor((m - 1) / 2) : 0;
}

/** Convolution with a kernel: full (f), valid (v) or same (s), by direct sums. */
export function convolve(wIn: Numbers, kernel: Numbers, mode: Numbers, wOut: Numbers): number {
  const start = startOf(mode[0]!, kernel.length);
  for (let j = 0; j < wOut.length; j += 1) {
    const place = j + start;
    const from = Math.max(0, place - wIn.length + 1);
    const to = Math.min(kernel.length - 1, place);
    let sum = 0;
    for (let k = from; k <= to; k += 1) sum += kernel[k]! * wIn[place - k]!;
    wOut[j] = sum;
  }
  return 0;
}

/** The waveform mirrored at its ends (without repeating the edge sample), "same" convolution. */
export function reflectedConvolve(wIn: Numbers, kernel: Numbers, wOut: Numbers): number {
  const n = wIn.length;
  const start = Math.floor((kernel.length - 1) / 2);
  const last = n - 1;
  const mirrored = (place: number) => {
    const at = Math.abs(place);
    return wIn[at > last ? 2 * last - at : at] ?? 0;
  };
  for (let j = 0; j < wOut.length; j += 1) {
    let sum = 0;
    for (let k = 0; k < kernel.length; k += 1) sum += kernel[k]! * mirrored(j + start - k);
    wOut[j] = sum;
  }
  return 0;
}
