import { type AnyNumbers, numberAt, putElement } from './any-numbers.js';
import { roundHalfEven } from './round-half-even.js';

/** Numbers of the faults of convertInt. */
export const notWhole = 1;

function converted(buf: AnyNumbers, offsetIn: AnyNumbers, offsetOut: AnyNumbers, ratio: AnyNumbers): number {
  return (numberAt(buf, 0) + numberAt(offsetIn, 0)) * numberAt(ratio, 0) - numberAt(offsetOut, 0);
}

function conversion(rounding: (value: number) => number) {
  return (
    buf: AnyNumbers,
    offsetIn: AnyNumbers,
    offsetOut: AnyNumbers,
    ratio: AnyNumbers,
    out: AnyNumbers,
  ): number => {
    putElement(out, 0, rounding(converted(buf, offsetIn, offsetOut, ratio)));
    return 0;
  };
}

/** (in + offset_in) x ratio - offset_out. */
export const convert = conversion((value) => value);
/** The same, rounded to the nearest whole number, halves to even. */
export const convertRound = conversion(roundHalfEven);
/** The same, rounded down. */
export const convertFloor = conversion(Math.floor);
/** The same, rounded up. */
export const convertCeil = conversion(Math.ceil);
/** The same, rounded towards zero. */
export const convertTrunc = conversion(Math.trunc);

/** The same for integers: the result must be a whole number within 1e-5. */
export function convertInt(
  buf: AnyNumbers,
  offsetIn: AnyNumbers,
  offsetOut: AnyNumbers,
  ratio: AnyNumbers,
  out: AnyNumbers,
): number {
  const value = converted(buf, offsetIn, offsetOut, ratio);
  const whole = roundHalfEven(value);
  if (!(Math.abs(value - whole) <= 1e-5)) return notWhole;
  putElement(out, 0, whole);
  return 0;
}
