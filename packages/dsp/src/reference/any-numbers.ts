import type { Numbers } from '../spec/kernel-spec.js';

/** Typed arrays of kernels that also work on 64-bit integers. */
export type AnyNumbers = Numbers | BigInt64Array | BigUint64Array;

/** True for arrays of 64-bit integers. */
export function isBig(array: AnyNumbers): array is BigInt64Array | BigUint64Array {
  return array instanceof BigInt64Array || array instanceof BigUint64Array;
}

/** One element as a number; 64-bit integers lose what a double cannot hold. */
export function numberAt(array: AnyNumbers, index: number): number {
  return Number(array[index]);
}

/** Copies one element. Both arrays must be of the same type, or neither of 64-bit integers. */
export function copyElement(from: AnyNumbers, index: number, to: AnyNumbers, target: number): void {
  (to as Numbers)[target] = (from as Numbers)[index]!;
}

/** Stores a number as a C cast does; what is not finite becomes 0 in 64-bit integers. */
export function putElement(array: AnyNumbers, index: number, value: number): void {
  if (isBig(array)) array[index] = Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
  else array[index] = value;
}
