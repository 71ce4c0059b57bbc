import type { Dtype } from '@countroom/records';
import { loopOrder, roundHalfEven } from './casting.js';
import type { Formula, VectorFormula } from './elementwise-operation.js';

/** A function of numpy that works number by number. */
export interface Ufunc {
  readonly inputs: 1 | 2;
  readonly formula: Formula;
  /** Types that it exists for; operands take the first into which they fit. */
  readonly loops: readonly Dtype[];
  /** True when the result is a truth value. */
  readonly tests: boolean;
  /** Its compiled form for arrays of floats. */
  readonly vector?: VectorFormula;
}

const floats: readonly Dtype[] = ['float32', 'float64'];
const numbers = loopOrder.filter((dtype) => dtype !== 'bool');
const integers = loopOrder.filter((dtype) => !dtype.startsWith('float'));

function of(inputs: 1 | 2, loops: readonly Dtype[], formula: Formula, tests = false): Ufunc {
  return { inputs, formula, loops, tests };
}

function truth(
  formula: (a: number, b: number) => boolean,
  inputs: 1 | 2 = 2,
  loops: readonly Dtype[] = loopOrder,
): Ufunc {
  return of(inputs, loops, (a, b) => (formula(a, b) ? 1 : 0), true);
}

function ignoringNan(choose: (a: number, b: number) => number): Formula {
  return (a, b) => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : choose(a, b));
}

/** Remainder with the sign of the divisor, as Python has it. */
function pythonModulo(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

/** numpy's functions by name. Math.max and Math.min pass NaN on, as numpy.maximum and numpy.minimum do. */
export const ufuncs: Readonly<Record<string, Ufunc>> = {
  add: { ...of(2, loopOrder, (a, b) => a + b), vector: 'add' },
  subtract: { ...of(2, numbers, (a, b) => a - b), vector: 'subtract' },
  multiply: { ...of(2, loopOrder, (a, b) => a * b), vector: 'multiply' },
  divide: { ...of(2, floats, (a, b) => a / b), vector: 'divide' },
  true_divide: of(2, floats, (a, b) => a / b),
  floor_divide: of(2, numbers, (a, b) => Math.floor(a / b)),
  power: of(2, numbers, (a, b) => a ** b),
  arctan2: of(2, floats, Math.atan2),
  hypot: of(2, floats, (a, b) => Math.hypot(a, b)),
  maximum: of(2, loopOrder, (a, b) => Math.max(a, b)),
  minimum: of(2, loopOrder, (a, b) => Math.min(a, b)),
  fmax: of(
    2,
    loopOrder,
    ignoringNan((a, b) => Math.max(a, b)),
  ),
  fmin: of(
    2,
    loopOrder,
    ignoringNan((a, b) => Math.min(a, b)),
  ),
  mod: of(2, numbers, pythonModulo),
  remainder: of(2, numbers, pythonModulo),
  fmod: of(2, numbers, (a, b) => a % b),
  copysign: of(2, floats, (a, b) => (isNegative(b) ? -Math.abs(a) : Math.abs(a))),
  heaviside: of(2, floats, (a, b) => (Number.isNaN(a) || a === 0 ? a + b : a < 0 ? 0 : 1)),
  positive: of(1, numbers, (a) => a),
  negative: of(1, numbers, (a) => -a),
  sqrt: of(1, floats, Math.sqrt),
  cbrt: of(1, floats, Math.cbrt),
  exp: of(1, floats, Math.exp),
  exp2: of(1, floats, (a) => 2 ** a),
  expm1: of(1, floats, Math.expm1),
  log: of(1, floats, Math.log),
  log2: of(1, floats, Math.log2),
  log10: of(1, floats, Math.log10),
  log1p: of(1, floats, Math.log1p),
  sin: of(1, floats, Math.sin),
  cos: of(1, floats, Math.cos),
  tan: of(1, floats, Math.tan),
  arcsin: of(1, floats, Math.asin),
  arccos: of(1, floats, Math.acos),
  arctan: of(1, floats, Math.atan),
  sinh: of(1, floats, Math.sinh),
  cosh: of(1, floats, Math.cosh),
  tanh: of(1, floats, Math.tanh),
  arcsinh: of(1, floats, Math.asinh),
  arccosh: of(1, floats, Math.acosh),
  arctanh: of(1, floats, Math.atanh),
  deg2rad: of(1, floats, (a) => (a * Math.PI) / 180),
  radians: of(1, floats, (a) => (a * Math.PI) / 180),
  rad2deg: of(1, floats, (a) => (a * 180) / Math.PI),
  degrees: of(1, floats, (a) => (a * 180) / Math.PI),
  absolute: of(1, loopOrder, Math.abs),
  abs: of(1, loopOrder, Math.abs),
  fabs: of(1, floats, Math.abs),
  sign: of(1, numbers, Math.sign),
  floor: of(1, floats, Math.floor),
  ceil: of(1, floats, Math.ceil),
  rint: of(1, floats, roundHalfEven),
  trunc: of(1, floats, Math.trunc),
  square: of(1, numbers, (a) => a * a),
  reciprocal: of(1, numbers, (a) => 1 / a),
  isnan: truth(Number.isNaN, 1, floats),
  isfinite: truth(Number.isFinite, 1, loopOrder),
  isinf: truth((a) => Math.abs(a) === Number.POSITIVE_INFINITY, 1, loopOrder),
  signbit: truth(isNegative, 1, floats),
  logical_xor: truth((a, b) => (a !== 0) !== (b !== 0)),
  logical_and: truth((a, b) => a !== 0 && b !== 0),
  logical_or: truth((a, b) => a !== 0 || b !== 0),
  logical_not: truth((a) => a === 0, 1),
  greater: truth((a, b) => a > b),
  greater_equal: truth((a, b) => a >= b),
  less: truth((a, b) => a < b),
  less_equal: truth((a, b) => a <= b),
  equal: truth((a, b) => a === b),
  not_equal: truth((a, b) => a !== b),
  bitwise_and: of(2, integers, (a, b) => a & b),
  bitwise_or: of(2, integers, (a, b) => a | b),
  bitwise_xor: of(2, integers, (a, b) => a ^ b),
};
