import type { Dtype } from '@countroom/records';
import type { ArithmeticOperator, ComparisonOperator } from '../expression/ast.js';
import { isComplex, type NumberType } from '../spec/number-types.js';
import {
  convert,
  divideUnits,
  isCompatible,
  isDimensionless,
  multiplyUnits,
  one,
  plainNumber,
  type Quantity,
  quantity,
  ratio,
} from '../units/unit.js';
import { parseUnit } from '../units/unit-registry.js';
import type { ChainBuilder } from './builder.js';
import { firstLoop, loopOrder } from './casting.js';
import { combineComplex, negateComplex } from './complex-arithmetic.js';
import type { BigFormula, Formula, VectorFormula } from './elementwise-operation.js';
import { aligned, coordinateOfResult } from './result-coordinate.js';
import { sizeOf, type View } from './storage.js';
import { numberValue, type Value, type Variable } from './variable.js';
import { warnOfIntegers } from './warnings.js';

/** The binary operators of the language. */
export type Operator = ArithmeticOperator | ComparisonOperator;

interface Definition {
  readonly formula: Formula;
  readonly big: BigFormula;
  readonly loops: readonly Dtype[];
  readonly compares: boolean;
  /** Its compiled form for arrays of floats. */
  readonly vector?: VectorFormula;
}

const numeric = loopOrder.filter((dtype) => dtype !== 'bool');
const floats: readonly Dtype[] = ['float32', 'float64'];

function floorDivide(a: bigint, b: bigint): bigint {
  if (b === 0n) return 0n;
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

const definitions: Readonly<Record<Operator, Definition>> = {
  '+': { formula: (a, b) => a + b, big: (a, b) => a + b, loops: loopOrder, compares: false, vector: 'add' },
  '-': {
    formula: (a, b) => a - b,
    big: (a, b) => a - b,
    loops: numeric,
    compares: false,
    vector: 'subtract',
  },
  '*': {
    formula: (a, b) => a * b,
    big: (a, b) => a * b,
    loops: loopOrder,
    compares: false,
    vector: 'multiply',
  },
  '/': { formula: (a, b) => a / b, big: floorDivide, loops: floats, compares: false, vector: 'divide' },
  '//': { formula: (a, b) => Math.floor(a / b), big: floorDivide, loops: numeric, compares: false },
  '==': { formula: (a, b) => (a === b ? 1 : 0), big: (a, b) => a === b, loops: loopOrder, compares: true },
  '!=': { formula: (a, b) => (a === b ? 0 : 1), big: (a, b) => a !== b, loops: loopOrder, compares: true },
  '<': { formula: (a, b) => (a < b ? 1 : 0), big: (a, b) => a < b, loops: loopOrder, compares: true },
  '<=': { formula: (a, b) => (a <= b ? 1 : 0), big: (a, b) => a <= b, loops: loopOrder, compares: true },
  '>': { formula: (a, b) => (a > b ? 1 : 0), big: (a, b) => a > b, loops: loopOrder, compares: true },
  '>=': { formula: (a, b) => (a >= b ? 1 : 0), big: (a, b) => a >= b, loops: loopOrder, compares: true },
};

/** A quantity as a value: a plain number once all units have cancelled. */
export function reduced(result: Quantity): Value {
  return isDimensionless(result.unit) && result.unit.text !== 'rad'
    ? numberValue(plainNumber(result))
    : result;
}

function asQuantity(value: Value): Quantity | undefined {
  if (value.kind === 'quantity') return value;
  if (value.kind === 'number') return quantity(value.value, one);
  if (value.kind === 'constant') return quantity(Number(value.value), one);
  return undefined;
}

function ofConstants(builder: ChainBuilder, operator: Operator, a: Value, b: Value): Value | undefined {
  if (a.kind === 'number' && b.kind === 'number') {
    const result = definitions[operator].formula(a.value, b.value, 0);
    if (definitions[operator].compares) return { kind: 'constant', value: result === 1 };
    return numberValue(result, a.integer && b.integer && operator !== '/');
  }
  const left = asQuantity(a);
  const right = asQuantity(b);
  if (left === undefined || right === undefined) return undefined;
  if (operator === '*')
    return reduced(
      quantity(
        left.value * right.value,
        left.unit.text === ''
          ? right.unit
          : right.unit.text === ''
            ? left.unit
            : multiplyUnits(left.unit, right.unit),
      ),
    );
  if (operator === '/' && right.unit.text === '')
    return reduced(quantity(left.value / right.value, left.unit));
  if (operator === '/' && isCompatible(left.unit, right.unit)) return numberValue(ratio(left, right), false);
  if (operator === '/')
    return reduced(quantity(left.value / right.value, divideUnits(left.unit, right.unit)));
  if (!isCompatible(left.unit, right.unit)) {
    throw builder.fail(`'${left.unit.text}' and '${right.unit.text}' cannot be combined with '${operator}'`);
  }
  if (operator === '//') return numberValue(Math.floor(ratio(left, right)));
  const result = definitions[operator].formula(left.value, convert(right.value, right.unit, left.unit), 0);
  return definitions[operator].compares
    ? { kind: 'constant', value: result === 1 }
    : reduced(quantity(result, left.unit));
}

/** The shape of a result of operands that repeat where they have fewer samples. */
export function broadcast(builder: ChainBuilder, shapes: readonly (readonly number[])[]): readonly number[] {
  const longest = shapes.reduce(
    (best, shape) => (sizeOf(shape) > sizeOf(best) || shape.length > best.length ? shape : best),
    [],
  );
  for (const shape of shapes) {
    const tail = longest.slice(longest.length - shape.length);
    if (sizeOf(shape) !== 1 && shape.some((extent, axis) => extent !== tail[axis])) {
      throw builder.fail(`shapes [${shape.join(', ')}] and [${longest.join(', ')}] do not go together`);
    }
  }
  return longest;
}

function unitOfResult(operator: Operator, a: string | undefined, b: string | undefined): string | undefined {
  if (definitions[operator].compares) return undefined;
  if (a === undefined || b === undefined || a === '' || b === '') return a === undefined || a === '' ? b : a;
  if (operator === '+' || operator === '-') return a;
  const left = parseUnit(a);
  const right = parseUnit(b);
  if (left === undefined || right === undefined) return `${a}${operator}${b}`;
  const result = operator === '*' ? multiplyUnits(left, right) : divideUnits(left, right);
  return isDimensionless(result) ? undefined : result.text;
}

/** Settles a variable that an expression uses: it must have numbers by now. They may be complex. */
export function computedAny(
  builder: ChainBuilder,
  variable: Variable,
): Variable & { view: View; dtype: NumberType } {
  const { view } = variable;
  if (view === undefined)
    throw builder.fail(`'${variable.name}' has not been computed yet: nothing makes it`);
  return Object.assign(variable, { view, dtype: variable.dtype ?? view.storage.dtype });
}

/** The same where complex numbers have no meaning. */
export function computed(builder: ChainBuilder, variable: Variable): Variable & { view: View; dtype: Dtype } {
  const { view, dtype } = computedAny(builder, variable);
  if (isComplex(dtype)) {
    throw builder.fail(
      `'${variable.name}' is complex, which has no meaning here: take numpy.absolute, numpy.real or numpy.imag of it`,
    );
  }
  return Object.assign(variable, { view, dtype });
}

function isComplexValue(value: Value): boolean {
  return value.kind === 'variable' && value.variable.dtype !== undefined && isComplex(value.variable.dtype);
}

/** A quantity as the number that goes with a variable: samples for times, the variable's own unit else. */
export function numberBeside(builder: ChainBuilder, value: Quantity, variable: Variable): number {
  const { grid, coordinate } = variable;
  if (grid !== null && grid !== undefined && coordinate !== undefined && coordinate !== 'none') {
    if (isCompatible(value.unit, grid.period.unit)) return ratio(value, grid.period);
  }
  const unit = parseUnit(variable.unit);
  if (unit !== undefined && isCompatible(unit, value.unit)) return convert(value.value, value.unit, unit);
  if (grid !== null && grid !== undefined && isCompatible(value.unit, grid.period.unit))
    return ratio(value, grid.period);
  throw builder.fail(`could not find a valid conversion of ${value.unit.text} for '${variable.name}'`);
}

/** Samples of a value beside a variable, in the loop's type. */
function operandView(builder: ChainBuilder, value: Value, loop: Dtype, beside: Variable): View {
  switch (value.kind) {
    case 'variable':
      return builder.cast(computed(builder, value.variable).view, loop);
    case 'number':
    case 'constant':
      return builder.constant([Number(value.value)], [], loop);
    case 'quantity':
      return builder.constant([numberBeside(builder, value, beside)], [], loop);
    case 'array':
      return builder.constant(value.values, value.shape, loop);
    case 'text':
    case 'grid':
      throw builder.fail(`a ${value.kind} cannot be computed with`);
  }
}

/** Computes `a operator b`: at once when both are constant, else as a new step of the chain. */
export function combine(builder: ChainBuilder, operator: Operator, a: Value, right: Value): Value {
  const constant = ofConstants(builder, operator, a, right);
  if (constant !== undefined) return constant;
  if (isComplexValue(a) || isComplexValue(right)) return combineComplex(builder, operator, a, right);
  const b = aligned(builder, operator, a, right);
  const definition = definitions[operator];
  const variables = [a, b].flatMap((value) =>
    value.kind === 'variable' ? [computed(builder, value.variable)] : [],
  );
  const beside = variables[0];
  if (beside === undefined) throw builder.fail(`'${operator}' cannot combine a ${a.kind} and a ${b.kind}`);
  const arrays = [a, b].flatMap((value) =>
    value.kind === 'array' ? [value.integer ? ('int64' as const) : ('float64' as const)] : [],
  );
  const loop = firstLoop(definition.loops, [...variables.map(({ dtype }) => dtype), ...arrays]);
  if (loop === undefined)
    throw builder.fail(
      `'${operator}' has no meaning for ${variables.map(({ dtype }) => dtype).join(' and ')}`,
    );
  warnOfIntegers(builder, operator, loop, { beside, operands: [a, b] });
  const views = [a, b].map((value) => operandView(builder, value, loop, beside));
  const shape = broadcast(
    builder,
    views.map((view) => view.shape),
  );
  const result = builder.intermediate(definition.compares ? 'bool' : loop, shape, operator);
  builder.elementwise(definition.formula, views, result.view, definition.big, definition.vector);
  const unitOf = (value: Value) =>
    value.kind === 'variable' ? value.variable.unit : value.kind === 'quantity' ? value.unit.text : undefined;
  result.unit = unitOfResult(operator, unitOf(a), unitOf(b));
  if (definition.compares) {
    result.grid = coordinateOfResult('*', a, b).grid;
  } else {
    Object.assign(result, coordinateOfResult(operator, a, b));
    const bothPoints = [a, b].every(
      (value) => value.kind === 'variable' && value.variable.coordinate === 'point',
    );
    if (builder.compatibility === 'dspeed' && bothPoints && result.coordinate === 'interval')
      result.coordinate = 'none';
  }
  result.vectorLength = variables.find(({ vectorLength }) => vectorLength !== undefined)?.vectorLength;
  return { kind: 'variable', variable: result };
}

/** Computes `-a`. */
export function negate(builder: ChainBuilder, value: Value): Value {
  if (value.kind === 'number') return numberValue(-value.value, value.integer);
  if (value.kind === 'quantity') return quantity(-value.value, value.unit);
  if (value.kind === 'array') return { ...value, values: value.values.map((item) => -item) };
  if (value.kind !== 'variable') throw builder.fail(`a ${value.kind} cannot be negated`);
  if (isComplexValue(value)) return negateComplex(builder, computedAny(builder, value.variable));
  const variable = computed(builder, value.variable);
  const loop = firstLoop(numeric, [variable.dtype]) ?? variable.dtype;
  const result = builder.intermediate(loop, variable.view.shape, `-${variable.name}`);
  builder.elementwise(
    (a) => -a,
    [builder.cast(variable.view, loop)],
    result.view,
    (a) => -a,
  );
  result.unit = variable.unit;
  result.grid = variable.grid;
  result.coordinate = variable.coordinate;
  return { kind: 'variable', variable: result };
}
