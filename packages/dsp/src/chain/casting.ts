import type { Dtype } from '@countroom/records';
import { roundHalfEven } from '../reference/round-half-even.js';
import { isComplex, type NumberType } from '../spec/number-types.js';

export { roundHalfEven };

const wider: Record<Dtype, readonly Dtype[]> = {
  bool: ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'float32', 'float64'],
  int8: ['int16', 'int32', 'int64', 'float32', 'float64'],
  uint8: ['int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'float32', 'float64'],
  int16: ['int32', 'int64', 'float32', 'float64'],
  uint16: ['int32', 'uint32', 'int64', 'uint64', 'float32', 'float64'],
  int32: ['int64', 'float64'],
  uint32: ['int64', 'uint64', 'float64'],
  int64: ['float64'],
  uint64: ['float64'],
  float32: ['float64'],
  float64: [],
};

/**
 * True when every value of one type is a value of the other (64-bit integers count as fitting float64, as in numpy;
 * a real number fits the complex type whose parts it fits).
 */
export function fitsInto(from: NumberType, to: NumberType): boolean {
  if (from === to) return true;
  if (isComplex(to)) {
    const part = to === 'complex64' ? 'float32' : 'float64';
    return isComplex(from) ? to === 'complex128' : from === part || wider[from].includes(part);
  }
  return !isComplex(from) && wider[from].includes(to);
}

/** Number types in the order in which an operation's loops are tried. */
export const loopOrder: readonly Dtype[] = [
  'bool',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'float32',
  'float64',
];

/** The first of `loops` into which all operands fit. */
export function firstLoop(loops: readonly Dtype[], operands: readonly NumberType[]): Dtype | undefined {
  return loops.find((loop) => operands.every((operand) => fitsInto(operand, loop)));
}

/** True for the two floating-point types. */
export function isFloat(dtype: NumberType): boolean {
  return dtype === 'float32' || dtype === 'float64';
}

/** A constant as an operation's loop sees it: as it is in floats, rounded half to even in integers. */
export function constantIn(value: number, dtype: Dtype): number {
  if (isFloat(dtype) || dtype === 'bool') return value;
  return roundHalfEven(value);
}

/** Largest value of a type; what a missing integer is set to. NaN for floats. */
export function missingValue(dtype: Dtype): number {
  if (isFloat(dtype)) return Number.NaN;
  const bits = Number(/\d+$/.exec(dtype)?.[0] ?? '1');
  return dtype.startsWith('u') || dtype === 'bool' ? 2 ** bits - 1 : 2 ** (bits - 1) - 1;
}
