import type { Dtype } from '@countroom/records';
import { isComplex } from '../spec/number-types.js';
import { isCompatible, plainNumber, quantity, ratio } from '../units/unit.js';
import { computed, numberBeside } from './arithmetic.js';
import type { ChainBuilder } from './builder.js';
import { firstLoop, roundHalfEven } from './casting.js';
import { dtypeNamed } from './dtype-names.js';
import type { Formula } from './elementwise-operation.js';
import { sizeOf, type View } from './storage.js';
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
  builder.elementwise(formula, [source.view], result.view);
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
function realTypeOf(builder: ChainBuilder, name: string, type: Value | undefined): Dtype | undefined {
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

const whereLoops: readonly Dtype[] = [
  'bool',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'int8',
  'int16',
  'int32',
  'int64',
  'float32',
  'float64',
];

function constantDtype(value: Value): Dtype {
  if (value.kind === 'constant') return 'bool';
  return value.kind === 'number' && value.integer ? 'int64' : 'float64';
}

function sideOf(builder: ChainBuilder, value: Value, loop: Dtype, beside: Variable | undefined): View {
  if (value.kind === 'variable') return builder.cast(computed(builder, value.variable).view, loop);
  if (value.kind === 'quantity') {
    return builder.constant(
      [beside === undefined ? value.value : numberBeside(builder, value, beside)],
      [],
      loop,
    );
  }
  if (value.kind === 'number' || value.kind === 'constant')
    return builder.constant([Number(value.value)], [], loop);
  throw builder.fail(`where() cannot choose a ${value.kind}`);
}

/** `where(c, a, b)` and `a if c else b`. */
export function where(builder: ChainBuilder, args: readonly Value[]): Value {
  const [condition, a, right, type] = args;
  if (condition === undefined || a === undefined || right === undefined)
    throw builder.fail('where() needs a condition and two values');
  if (condition.kind === 'constant') return condition.value === true ? a : right;
  if (condition.kind !== 'variable' || condition.variable.dtype !== 'bool')
    throw builder.fail('the condition of where() must be a comparison or another bool');
  let b = right;
  const grid = a.kind === 'variable' && a.variable.coordinate === 'point' ? a.variable.grid : undefined;
  if (b.kind === 'variable' && grid) b = { kind: 'variable', variable: builder.onGrid(b.variable, grid) };
  const sides = [a, b];
  const variables = sides.flatMap((value) =>
    value.kind === 'variable' ? [computed(builder, value.variable)] : [],
  );
  const beside = variables[0];
  const named = realTypeOf(builder, 'where', type);
  const loop =
    named ??
    firstLoop(
      whereLoops,
      beside === undefined ? sides.map(constantDtype) : variables.map(({ dtype }) => dtype),
    );
  if (loop === undefined) throw builder.fail('where(): the two values have no number type in common');
  const [first, second] = variables;
  if (first?.unit && second?.unit && first.unit !== second.unit) {
    throw builder.fail(`where(): '${first.unit}' and '${second.unit}' are different units`);
  }
  const views = sides.map((value) => sideOf(builder, value, loop, beside));
  const test = computed(builder, condition.variable);
  const shape = [test.view, ...views].reduce<readonly number[]>(
    (best, view) => (sizeOf(view.shape) > sizeOf(best) ? view.shape : best),
    [],
  );
  const result = builder.intermediate(loop, shape, 'where');
  builder.elementwise((c, yes, no) => (c === 0 ? no : yes), [test.view, ...views], result.view);
  result.unit = first?.unit ?? second?.unit ?? (a.kind === 'quantity' ? a.unit.text : undefined);
  result.grid = beside?.grid ?? test.grid ?? null;
  result.coordinate = beside?.coordinate;
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
    case 'where':
      return where(builder, args);
    case 'loadlh5':
      return loadNumbers(builder, args);
    default:
      return round(builder, name, args);
  }
}
