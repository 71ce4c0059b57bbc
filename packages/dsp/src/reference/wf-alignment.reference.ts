import type { Numbers } from '../spec/kernel-spec.js';
import { roundHalfEven } from './round-half-even.js';

function placeOfLargest(waveform: Numbers, sign: 1 | -1): number {
  let place = 0;
  for (let i = 1; i < waveform.length; i += 1) {
    if (sign * waveform[i]! > sign * waveform[place]!) place = i;
  }
  return place;
}

/**
 * Middle of the first positive and the last negative sample between the smallest and the largest one, plus a shift.
 * NaN when the largest comes first or there is no change of sign.
 */
export function getWfCentroid(wIn: Numbers, shift: Numbers, centroid: Numbers): number {
  const from = placeOfLargest(wIn, -1);
  const to = placeOfLargest(wIn, 1);
  let positive = from;
  while (positive <= to && !(wIn[positive]! > 0)) positive += 1;
  let negative = to;
  while (negative >= from && !(wIn[negative]! < 0)) negative -= 1;
  if (positive <= to && negative >= from) centroid[0] = roundHalfEven((positive + negative) / 2 + shift[0]!);
  return 0;
}

/** A piece of a waveform around a place; at the start it is filled up with the first sample. */
export function wfAlignment(
  wIn: Numbers,
  centroidIn: Numbers,
  shiftIn: Numbers,
  sizeIn: Numbers,
  wOut: Numbers,
): number {
  const n = wIn.length;
  const [centroid, shift, size] = [centroidIn[0]!, shiftIn[0]!, sizeIn[0]!];
  const half = size / 2;
  if (centroid >= half && centroid < n - half) {
    wOut.set(wIn.subarray(Math.floor(centroid - half), Math.floor(centroid + half)).subarray(0, wOut.length));
  } else if (centroid > half - shift && centroid < half) {
    const added = Math.floor((size + 1) / 2 - centroid);
    wOut.fill(wIn[0]!, 0, added);
    wOut.set(wIn.subarray(0, Math.min(Math.floor(centroid + half), wOut.length - added)), added);
  } else {
    wOut.set(wIn.subarray(0, wOut.length));
  }
  return 0;
}

/** A waveform less a correction on the samples from start up to stop. */
export function wfCorrection(
  wIn: Numbers,
  correction: Numbers,
  startIn: Numbers,
  stopIn: Numbers,
  wOut: Numbers,
): number {
  const [start, stop] = [startIn[0]!, stopIn[0]!];
  wOut.set(wIn);
  for (let i = start; i < stop; i += 1) wOut[i] = wIn[i]! - correction[i - start]!;
  return 0;
}
