import type { BinaryOperator } from './ast.js';
import { cast, type Vector } from './vector.js';

/** A complex number: real and imaginary part. */
export type Complex = readonly [re: number, im: number];

const one: Complex = [1, 0];
const i: Complex = [0, 1];

function add([a, b]: Complex, [c, d]: Complex): Complex {
  return [a + c, b + d];
}

function subtract([a, b]: Complex, [c, d]: Complex): Complex {
  return [a - c, b - d];
}

function multiply([a, b]: Complex, [c, d]: Complex): Complex {
  return [a * c - b * d, a * d + b * c];
}

function divide([a, b]: Complex, [c, d]: Complex): Complex {
  const size = c * c + d * d;
  return [(a * c + b * d) / size, (b * c - a * d) / size];
}

function exp([a, b]: Complex): Complex {
  const size = Math.exp(a);
  return [size * Math.cos(b), size * Math.sin(b)];
}

function log([a, b]: Complex): Complex {
  return [Math.log(Math.hypot(a, b)), Math.atan2(b, a)];
}

/** The root with a real part from 0. */
function sqrt([a, b]: Complex): Complex {
  if (a === 0 && b === 0) return [0, b];
  const size = Math.sqrt((Math.abs(a) + Math.hypot(a, b)) / 2);
  const other = b / (2 * size);
  if (a >= 0) return [size, other];
  return [Math.abs(other), b < 0 || Object.is(b, -0) ? -size : size];
}

/** Whole exponents below 100 by multiplication, others by exp(b log a); 0 to a power of negative real part is NaN. */
function power(base: Complex, exponent: Complex): Complex {
  const [n, imaginary] = exponent;
  if (n === 0 && imaginary === 0) return one;
  if (base[0] === 0 && base[1] === 0) return imaginary === 0 && n > 0 ? [0, 0] : [Number.NaN, Number.NaN];
  if (imaginary !== 0 || !Number.isInteger(n) || Math.abs(n) >= 100)
    return exp(multiply(exponent, log(base)));
  let result = one;
  let square = base;
  for (let left = Math.abs(n); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = multiply(result, square);
    square = multiply(square, square);
  }
  return n < 0 ? divide(one, result) : result;
}

const half = (x: Complex): Complex => [x[0] / 2, x[1] / 2];
const turned = ([a, b]: Complex): Complex => [-b, a];
const turnedBack = ([a, b]: Complex): Complex => [b, -a];

function sinh([a, b]: Complex): Complex {
  return [Math.sinh(a) * Math.cos(b), Math.cosh(a) * Math.sin(b)];
}

function cosh([a, b]: Complex): Complex {
  return [Math.cosh(a) * Math.cos(b), Math.sinh(a) * Math.sin(b)];
}

function arcsinh(x: Complex): Complex {
  return log(add(x, sqrt(add(multiply(x, x), one))));
}

function arctanh(x: Complex): Complex {
  return half(subtract(log(add(one, x)), log(subtract(one, x))));
}

/** Functions of one complex number, as numexpr has them; branches are cut as in C. */
export const complexFunctions: Readonly<Record<string, (x: Complex) => Complex>> = {
  conj: ([a, b]) => [a, -b],
  abs: ([a, b]) => [Math.hypot(a, b), 0],
  sqrt,
  exp,
  expm1: (x) => subtract(exp(x), one),
  log,
  log1p: (x) => log(add(x, one)),
  log10: (x) => {
    const [a, b] = log(x);
    return [a / Math.LN10, b / Math.LN10];
  },
  sinh,
  cosh,
  tanh: (x) => divide(sinh(x), cosh(x)),
  sin: (x) => turnedBack(sinh(turned(x))),
  cos: (x) => cosh(turned(x)),
  tan: (x) => turnedBack(divide(sinh(turned(x)), cosh(turned(x)))),
  arcsinh,
  arccosh: (x) => log(add(x, multiply(sqrt(add(x, one)), sqrt(subtract(x, one))))),
  arctanh,
  arcsin: (x) => turnedBack(arcsinh(turned(x))),
  arccos: (x) => turnedBack(log(add(x, multiply(i, sqrt(subtract(one, multiply(x, x))))))),
  arctan: (x) => turnedBack(arctanh(turned(x))),
};

const arithmetic: Partial<Record<BinaryOperator, (x: Complex, y: Complex) => Complex>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '**': power,
};

const comparing: Partial<Record<BinaryOperator, (x: Complex, y: Complex) => boolean>> = {
  '==': ([a, b], [c, d]) => a === c && b === d,
  '!=': ([a, b], [c, d]) => a !== c || b !== d,
};

/** Kind of an operator of which one side is complex; undefined when there is none: complex numbers have no order. */
export function complexKind(operator: BinaryOperator): 'complex128' | 'bool' | undefined {
  if (comparing[operator] !== undefined) return 'bool';
  return arithmetic[operator] === undefined ? undefined : 'complex128';
}

/** Works out an operator over the rows in complex128; the operator must be one that {@link complexKind} has a kind for. */
export function applyComplex(operator: BinaryOperator, left: Vector, right: Vector, rows: number): Vector {
  const [a, b] = [cast(left, 'complex128'), cast(right, 'complex128')];
  const step = a.step === 0 && b.step === 0 ? 0 : 1;
  const length = step === 0 ? 1 : rows;
  const compare = comparing[operator];
  if (compare !== undefined) {
    const flags = Uint8Array.from({ length }, (_, row) =>
      compare(complexAt(a, row), complexAt(b, row)) ? 1 : 0,
    );
    return { kind: 'bool', data: flags, step };
  }
  const work = arithmetic[operator]!;
  return complexVector(length, step, (row) => work(complexAt(a, row), complexAt(b, row)));
}

/** A function of one complex number over the rows. */
export function mapComplex(vector: Vector, work: (x: Complex) => Complex, rows: number): Vector {
  const of = cast(vector, 'complex128');
  return complexVector(of.step === 0 ? 1 : rows, of.step, (row) => work(complexAt(of, row)));
}

/** Sum or product over all rows. */
export function reduceComplex(vector: Vector<'complex128'>, product: boolean): Vector {
  let result: Complex = product ? one : [0, 0];
  for (let row = 0; row < vector.data.length; row++)
    result = (product ? multiply : add)(result, complexAt(vector, row));
  return complexVector(1, 0, () => result);
}

/** A vector of complex numbers. */
export function complexVector(
  length: number,
  step: 0 | 1,
  at: (row: number) => Complex,
): Vector<'complex128'> {
  const data = new Float64Array(length);
  const imaginary = new Float64Array(length);
  for (let row = 0; row < length; row++) [data[row], imaginary[row]] = at(row) as [number, number];
  return { kind: 'complex128', data, imaginary, step };
}

function complexAt({ data, imaginary, step }: Vector<'complex128'>, row: number): Complex {
  return [data[row * step]!, imaginary![row * step]!];
}
