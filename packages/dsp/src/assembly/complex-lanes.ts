import { stride } from './lanes';

/**
 * Complex numbers in the lanes: lanes 0 and 1 are real and imaginary part of one number, lanes 2 and 3 of another. Two
 * waveforms that are transformed by the same weights go through as one complex waveform, so a tile of four is two.
 * A weight is three numbers: cosine, minus the sine, sine.
 */
export const WEIGHT: usize = 3;

/** Real and imaginary parts exchanged. */
export function swapped<T>(v: v128): v128 {
  return sizeof<T>() == 4 ? v128.shuffle<f32>(v, v, 1, 0, 3, 2) : v128.shuffle<f64>(v, v, 1, 0);
}

/** Signs of real parts, in memory because an engine makes constant vectors anew wherever they are used. */
const SIGNS = memory.data<u32>([0x80000000, 0, 0x80000000, 0, 0, 0x80000000, 0, 0]);

/** Changes the sign of the real (first) parts. */
export function signOfReal<T>(): v128 {
  return sizeof<T>() == 4 ? v128.load(SIGNS) : v128.load(SIGNS, 16);
}

/** i v. */
export function timesI<T>(v: v128): v128 {
  return v128.xor(swapped<T>(v), signOfReal<T>());
}

/** The cosine of a weight in all parts. */
function cosine<T>(weight: usize): v128 {
  return sizeof<T>() == 4 ? v128.load32_splat(weight) : v128.load64_splat(weight);
}

/** Minus the sine in real parts, the sine in imaginary parts. */
function sine<T>(weight: usize): v128 {
  return sizeof<T>() == 4 ? v128.load64_splat(weight, 4) : v128.load(weight, 8);
}

/** v times a weight. */
export function times<T>(v: v128, weight: usize): v128 {
  return v128.add<T>(v128.mul<T>(v, cosine<T>(weight)), v128.mul<T>(swapped<T>(v), sine<T>(weight)));
}

/** v times the conjugate of a weight. */
export function timesConjugate<T>(v: v128, weight: usize): v128 {
  return v128.sub<T>(v128.mul<T>(v, cosine<T>(weight)), v128.mul<T>(swapped<T>(v), sine<T>(weight)));
}

/** Bytes of n samples of four lanes. */
export function span<T>(n: i32): usize {
  return <usize>n * stride<T>();
}
