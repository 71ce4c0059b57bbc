import type { Dtype } from '@countroom/records';
import { isComplex, type NumberType, storedType } from '../spec/number-types.js';
import type { ChainBuilder } from './builder.js';
import { fitsInto } from './casting.js';
import { type ComplexFormula, type ComplexOperand, ComplexOperation } from './complex-operation.js';
import { Storage, sizeOf, type View, wholeOf } from './storage.js';
import { type Value, Variable } from './variable.js';

/** A variable with numbers, of any type. */
type Computed = Variable & { view: View; dtype: NumberType };

/** Formulas of the operators that complex numbers have. */
export const complexOperators: Readonly<Partial<Record<string, ComplexFormula>>> = {
  '+': (out, a, b) => {
    out.re = a.re + b.re;
    out.im = a.im + b.im;
  },
  '-': (out, a, b) => {
    out.re = a.re - b.re;
    out.im = a.im - b.im;
  },
  '*': (out, a, b) => {
    out.re = a.re * b.re - a.im * b.im;
    out.im = a.re * b.im + a.im * b.re;
  },
  '/': (out, a, b) => {
    const size = b.re * b.re + b.im * b.im;
    out.re = (a.re * b.re + a.im * b.im) / size;
    out.im = (a.im * b.re - a.re * b.im) / size;
  },
};

interface ComplexFunction {
  readonly formula: ComplexFormula;
  readonly isComplex: boolean;
}

function real(value: (re: number, im: number) => number): ComplexFunction {
  return {
    formula: (out, a) => {
      out.re = value(a.re, a.im);
    },
    isComplex: false,
  };
}

const conjugate: ComplexFunction = {
  formula: (out, a) => {
    out.re = a.re;
    out.im = -a.im;
  },
  isComplex: true,
};

/** numpy's functions of one complex number. */
export const complexFunctions: Readonly<Partial<Record<string, ComplexFunction>>> = {
  absolute: real(Math.hypot),
  abs: real(Math.hypot),
  real: real((re) => re),
  imag: real((_, im) => im),
  angle: real((re, im) => Math.atan2(im, re)),
  conjugate,
  conj: conjugate,
};

function named(builder: ChainBuilder, type: NumberType, shape: readonly number[], text: string): Computed {
  const result = new Variable(text);
  result.dtype = type;
  result.shape = shape;
  result.coordinate = 'none';
  result.grid = null;
  const full = isComplex(type) ? [...shape, 2] : shape;
  return Object.assign(result, {
    dtype: type,
    view: wholeOf(new Storage(storedType(type), sizeOf(full), text), full),
  });
}

/** A complex constant or the numbers of a variable, as an operand beside complex numbers of a type. */
function operandOf(
  builder: ChainBuilder,
  value: Value,
  part: Dtype,
): ComplexOperand & { shape: readonly number[] } {
  if (value.kind === 'variable') {
    const { view, dtype, shape, name } = value.variable;
    if (view === undefined || dtype === undefined)
      throw builder.fail(`'${name}' has not been computed yet: nothing makes it`);
    return { view: builder.cast(view, part), isComplex: isComplex(dtype), shape: shape ?? [] };
  }
  if (value.kind !== 'number')
    throw builder.fail(`a ${value.kind} cannot be combined with complex numbers: give a plain number`);
  return { view: builder.constant([value.value], [], part), isComplex: false, shape: [] };
}

/** `a operator b` where at least one side is complex. */
export function combineComplex(builder: ChainBuilder, operator: string, a: Value, b: Value): Value {
  const formula = complexOperators[operator];
  if (formula === undefined)
    throw builder.fail(
      `'${operator}' has no meaning for complex numbers: take numpy.absolute or numpy.real first`,
    );
  const variables = [a, b].flatMap((value) => (value.kind === 'variable' ? [value.variable] : []));
  const type: NumberType = variables.every(({ dtype }) => dtype === undefined || fitsInto(dtype, 'complex64'))
    ? 'complex64'
    : 'complex128';
  const operands = [a, b].map((value) => operandOf(builder, value, storedType(type)));
  const shape = operands.reduce<readonly number[]>(
    (best, operand) => (sizeOf(operand.shape) > sizeOf(best) ? operand.shape : best),
    [],
  );
  for (const operand of operands) {
    if (sizeOf(operand.shape) !== 1 && operand.shape.join() !== shape.join())
      throw builder.fail(`shapes [${operand.shape.join(', ')}] and [${shape.join(', ')}] do not go together`);
  }
  const result = named(builder, type, shape, operator);
  builder.add(new ComplexOperation(builder.label, formula, operands, { view: result.view, isComplex: true }));
  const model = variables.find((variable) => variable.shape?.length === shape.length && variable.grid);
  result.grid = model?.grid ?? null;
  result.unit = variables.find(({ unit }) => unit !== undefined)?.unit;
  return { kind: 'variable', variable: result };
}

/** `-a` of a complex variable. */
export function negateComplex(builder: ChainBuilder, variable: Computed): Value {
  return combineComplex(
    builder,
    '-',
    { kind: 'number', value: 0, integer: true },
    { kind: 'variable', variable },
  );
}

/** A real view as complex numbers of a type, imaginary parts 0. */
export function asComplex(builder: ChainBuilder, view: View, type: NumberType): View {
  const result = named(builder, type, view.shape, view.storage.label);
  const copy: ComplexFormula = (out, a) => {
    out.re = a.re;
    out.im = 0;
  };
  const operand = { view: builder.cast(view, storedType(type)), isComplex: false };
  builder.add(new ComplexOperation(builder.label, copy, [operand], { view: result.view, isComplex: true }));
  return result.view;
}
