import { type Dtype, isBigDtype } from '@countroom/records';
import { kernelOf } from '../spec/kernels.js';
import { isComplex } from '../spec/number-types.js';
import { isCompatible, plainNumber, quantity, ratio } from '../units/unit.js';
import { computed, numberBeside } from './arithmetic.js';
import type { ChainBuilder } from './builder.js';
import { roundHalfEven } from './casting.js';
import { dtypeNamed } from './dtype-names.js';
import type { Formula } from './elementwise-operation.js';
import { addScalarKernel } from './scalar-kernel.js';
import type { View } from './storage.js';
import { numberValue, type Value, type Variable } from './variable.js';

const roundings: Readonly<Record<string, (value: number) => number>> = {
  round: roundHalfEven,
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
};

function length(builder: ChainBuilder, [value]: readonly Value[]): Value {
  if (value?.kind === 'array' && value.shape.length === 1) return numberValue(value.shape[0] ?? 0);
  if (value?.kind !== 'variable') throw builder.fail('len() needs an array');
  const { variable } = value;
  if (variable.vectorLength !== undefined) return { kind: 'variable', variable: variable.vectorLength };
  const { shape } = variable;
  if (shape?.length !== 1) throw builder.fail(`len(${variable.name}): it is no array of one axis`);
  return numberValue(shape[0] ?? 0);
}

function roundVariable(
  builder: ChainBuilder,
  name: string,
  variable: Variable & { view: View; dtype: Dtype },
  to: Value,
): Value {
  const rounding = roundings[name] ?? roundHalfEven;
  let source = variable;
  let step: number;
  const { grid, coordinate } = variable;
  const isTime = (coordinate === 'point' || coordinate === 'interval') && grid !== null && grid !== undefined;
  if (to.kind === 'grid') {
    source = computed(builder, builder.onGrid(variable, to.grid));
    step = 1;
  } else if (to.kind === 'quantity') {
    step =
      isTime && isCompatible(to.unit, grid.period.unit)
        ? ratio(to, grid.period)
        : numberBeside(builder, to, variable);
  } else if (to.kind === 'number') {
    step = to.value;
  } else {
    throw builder.fail(`${name}() needs a number, a time or a grid to round to, not a ${to.kind}`);
  }
  const reference = builder.compatibility === 'dspeed' && isTime;
  const result = builder.intermediate(source.dtype, source.view.shape, `${name}(${variable.name})`);
  const formula: Formula = reference ? (a) => rounding(a / step) : (a) => step * rounding(a / step);
  const exact = isBigDtype(source.dtype) && !reference ? kernelOf(`${name}_to_nearest`) : undefined;
  if (exact !== undefined && Number.isInteger(step)) {
    const steps = builder.constant([step], [], source.dtype);
    addScalarKernel(builder, exact, [source.view, steps], result.view);
  } else {
    builder.elementwise(formula, [source.view], result.view);
  }
  result.unit = variable.unit;
  result.grid = reference ? null : source.grid;
  result.coordinate = reference ? 'none' : source.coordinate;
  result.vectorLength = variable.vectorLength;
  return { kind: 'variable', variable: result };
}

function round(builder: ChainBuilder, name: string, args: readonly Value[]): Value {
  const [value, to = numberValue(1), type] = args;
  const rounding = roundings[name] ?? roundHalfEven;
  if (value?.kind === 'variable') {
    const result = roundVariable(builder, name, computed(builder, value.variable), to);
    return type === undefined ? result : astype(builder, [result, type]);
  }
  if (value?.kind === 'quantity' && to.kind === 'quantity') {
    if (!isCompatible(value.unit, to.unit))
      throw builder.fail(`${value.unit.text} cannot be rounded to ${to.unit.text}`);
    return quantity(to.value * rounding(ratio(value, to)), to.unit);
  }
  if (value?.kind === 'quantity' && to.kind === 'number') {
    return quantity(to.value * rounding(value.value / to.value), value.unit);
  }
  if (value?.kind === 'number' && to.kind === 'number')
    return numberValue(to.value * rounding(value.value / to.value));
  throw builder.fail(`${name}() cannot round a ${value?.kind ?? 'nothing'}`);
}

/** The number type that a text names. Complex ones come from processors, not from conversions. */
export function realTypeOf(builder: ChainBuilder, name: string, type: Value | undefined): Dtype | undefined {
  const named = type?.kind === 'text' ? dtypeNamed(type.value) : undefined;
  if (named !== undefined && isComplex(named))
    throw builder.fail(`${name}() gives real numbers: ${named} is not possible`);
  return named;
}

function astype(builder: ChainBuilder, [value, type]: readonly Value[]): Value {
  if (value?.kind !== 'variable') throw builder.fail('astype() needs a variable');
  const dtype = realTypeOf(builder, 'astype', type);
  if (dtype === undefined) throw builder.fail("astype() needs the name of a number type, such as 'float32'");
  const source = computed(builder, value.variable);
  const result = builder.intermediate(dtype, source.view.shape, source.name);
  result.view = builder.cast(source.view, dtype);
  result.unit = source.unit;
  result.grid = source.grid;
  result.coordinate = source.coordinate;
  result.vectorLength = source.vectorLength;
  return { kind: 'variable', variable: result };
}

function test(builder: ChainBuilder, name: string, [value]: readonly Value[]): Value {
  const passes = name === 'isnan' ? Number.isNaN : Number.isFinite;
  if (value?.kind === 'number') return { kind: 'constant', value: passes(value.value) };
  if (value?.kind === 'quantity') return { kind: 'constant', value: passes(plainNumber(value)) };
  if (value?.kind !== 'variable') throw builder.fail(`${name}() needs a number or a variable`);
  const source = computed(builder, value.variable);
  const result = builder.intermediate('bool', source.view.shape, `${name}(${source.name})`);
  builder.elementwise((a) => (passes(a) ? 1 : 0), [source.view], result.view);
  result.grid = source.coordinate === 'none' ? source.grid : null;
  return { kind: 'variable', variable: result };
}

/** `loadlh5('file', 'path')`: numbers of a file as a constant. */
function loadNumbers(builder: ChainBuilder, [file, path]: readonly Value[]): Value {
  if (file?.kind !== 'text' || path?.kind !== 'text')
    throw builder.fail("loadlh5() needs the name of a file and a path in it: loadlh5('pars.lh5', 'kernel')");
  const found = builder.files({ file: file.value, path: path.value });
  if (found === undefined) {
    throw builder.fail(
      `loadlh5(): ${path.value} of ${file.value} could not be read: it must be a number or an array of numbers`,
    );
  }
  const values = Array.from(found.data as Float64Array, Number);
  const integer = !(found.data instanceof Float32Array || found.data instanceof Float64Array);
  if (found.shape.length === 0) return numberValue(values[0] ?? Number.NaN, integer);
  return { kind: 'array', values, shape: found.shape, integer };
}

/** Runs one of the functions that expressions may call. */
export function callBuiltin(builder: ChainBuilder, name: string, args: readonly Value[]): Value {
  switch (name) {
    case 'len':
      return length(builder, args);
    case 'astype':
      return astype(builder, args);
    case 'isnan':
    case 'isfinite':
      return test(builder, name, args);
    case 'loadlh5':
      return loadNumbers(builder, args);
    default:
      return round(builder, name, args);
  }
}
