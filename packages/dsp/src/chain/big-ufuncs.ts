import type { BigFormula } from './elementwise-operation.js';

function magnitude(a: bigint): bigint {
  return a < 0n ? -a : a;
}

/** numpy's functions of 64-bit integers that a double could not hold; what overflows wraps when it is stored. */
export const bigUfuncs: Readonly<Partial<Record<string, BigFormula>>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  negative: (a) => -a,
  positive: (a) => a,
  absolute: magnitude,
  abs: magnitude,
  square: (a) => a * a,
  maximum: (a, b) => (a > b ? a : b),
  minimum: (a, b) => (a < b ? a : b),
  fmax: (a, b) => (a > b ? a : b),
  fmin: (a, b) => (a < b ? a : b),
  greater: (a, b) => a > b,
  greater_equal: (a, b) => a >= b,
  less: (a, b) => a < b,
  less_equal: (a, b) => a <= b,
  equal: (a, b) => a === b,
  not_equal: (a, b) => a !== b,
  logical_and: (a, b) => a !== 0n && b !== 0n,
  logical_or: (a, b) => a !== 0n || b !== 0n,
  logical_xor: (a, b) => (a !== 0n) !== (b !== 0n),
  logical_not: (a) => a === 0n,
  bitwise_and: (a, b) => a & b,
  bitwise_or: (a, b) => a | b,
  bitwise_xor: (a, b) => a ^ b,
};
