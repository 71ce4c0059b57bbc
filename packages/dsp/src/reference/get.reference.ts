import { type AnyNumbers, copyElement, numberAt } from './any-numbers.js';

/** Number of the fault of `get`. */
export const outOfRange = 1;

function placeOf(index: AnyNumbers, length: number): number {
  const place = Math.trunc(numberAt(index, 0));
  return place < 0 ? length + place : place;
}

function copyAt(array: AnyNumbers, place: number, out: AnyNumbers): void {
  for (let part = 0; part < out.length; part += 1) copyElement(array, place * out.length + part, out, part);
}

/** Element i, counted from the end when negative. Elements are as wide as the output (2 for complex numbers). */
export function get(array: AnyNumbers, index: AnyNumbers, out: AnyNumbers): number {
  const length = array.length / out.length;
  const place = placeOf(index, length);
  if (Number.isNaN(place)) return 0;
  if (place < 0 || place >= length) return outOfRange;
  copyAt(array, place, out);
  return 0;
}

/** Element i, or the default when there is none or it is NaN. */
export function getDefault(
  array: AnyNumbers,
  index: AnyNumbers,
  missing: AnyNumbers,
  out: AnyNumbers,
): number {
  const length = array.length / out.length;
  const place = placeOf(index, length);
  const found = place >= 0 && place < length;
  if (found) copyAt(array, place, out);
  let isNan = !found;
  for (let part = 0; part < out.length; part += 1) isNan ||= Number.isNaN(out[part]);
  if (isNan) copyAt(missing, 0, out);
  return 0;
}
