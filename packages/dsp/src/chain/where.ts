import { type Dtype, isBigDtype } from '@countroom/records';
import { kernelOf } from '../spec/kernels.js';
import { convert, isCompatible, type Quantity } from '../units/unit.js';
import { broadcast, computed, numberBeside } from './arithmetic.js';
import type { ChainBuilder } from './builder.js';
import { firstLoop } from './casting.js';
import { ConvertOperation, conversionOf } from './convert-operation.js';
import { realTypeOf } from './functions.js';
import { type Grid, sameGrid, unitGrid } from './grid.js';
import { addScalarKernel } from './scalar-kernel.js';
import type { View } from './storage.js';
import type { Value, Variable } from './variable.js';

/** A variable with numbers. */
type Computed = Variable & { view: View; dtype: Dtype };

const loops: readonly Dtype[] = [
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

/** A time beside a variable in its samples or unit, beside another time in that one's unit. */
function numberOf(
  builder: ChainBuilder,
  value: Quantity,
  beside: Variable | undefined,
  other: Value,
): number {
  if (beside !== undefined) return numberBeside(builder, value, beside);
  if (other.kind !== 'quantity') return value.value;
  if (!isCompatible(value.unit, other.unit))
    throw builder.fail(`where(): '${other.unit.text}' and '${value.unit.text}' are different units`);
  return convert(value.value, value.unit, other.unit);
}

function sideOf(
  builder: ChainBuilder,
  value: Value,
  loop: Dtype,
  near: { readonly beside: Variable | undefined; readonly first: Value },
): View {
  if (value.kind === 'variable') return builder.cast(computed(builder, value.variable).view, loop);
  if (value.kind === 'quantity')
    return builder.constant([numberOf(builder, value, near.beside, near.first)], [], loop);
  if (value.kind === 'number' || value.kind === 'constant')
    return builder.constant([Number(value.value)], [], loop);
  throw builder.fail(`where() cannot choose a ${value.kind}`);
}

function isTime({ coordinate }: Variable): boolean {
  return coordinate === 'point' || coordinate === 'interval';
}

/** Refuses two variables whose numbers do not mean the same thing. */
function checkSides(builder: ChainBuilder, a: Computed, b: Computed): void {
  if (a.unit && b.unit && a.unit !== b.unit)
    throw builder.fail(`where(): '${a.unit}' and '${b.unit}' are different units`);
  const kinds = [a, b].map((side) => (isTime(side) ? side.coordinate : 'none'));
  if (kinds[0] !== kinds[1]) {
    const words = { point: 'a time', interval: 'the distance of two times', none: 'a plain number' } as const;
    throw builder.fail(
      `where(): '${a.name}' is ${words[kinds[0] ?? 'none']}, '${b.name}' is ${words[kinds[1] ?? 'none']}: only numbers of the same kind can stand for each other`,
    );
  }
  if (isTime(a) || !a.grid || !b.grid) return;
  const [one, other] = [a.grid.period, b.grid.period];
  if (isCompatible(one.unit, other.unit) && convert(other.value, other.unit, one.unit) === one.value) return;
  throw builder.fail(
    `where(): '${a.name}' has a period of ${one.value.toString()} ${one.unit.text}, '${b.name}' one of ${other.value.toString()} ${other.unit.text}: bring both to the same sampling first`,
  );
}

/** When the samples of a grid begin, in the unit of its period. */
function startOf(builder: ChainBuilder, grid: Grid): View {
  const start = builder.intermediate('float64', [], 'start');
  const zero = builder.constant([0], [], 'float64');
  builder.add(
    new ConvertOperation(
      builder.label,
      conversionOf(zero, grid, unitGrid(grid.period.unit), false),
      start.view,
    ),
  );
  return start.view;
}

/** The grid of the chosen samples: where two waveforms begin at different times, that is chosen row by row too. */
function chosenGrid(builder: ChainBuilder, test: Computed, sides: readonly Computed[]): Grid | null {
  const [a, b] = sides.map(({ grid }) => grid ?? undefined);
  const grid = a ?? b;
  if (grid === undefined) return test.coordinate === 'none' ? (test.grid ?? null) : null;
  if (a === undefined || b === undefined || sameGrid(a, b)) return grid;
  if (test.view.shape.length > 0) {
    throw builder.fail(
      `where(): '${sides[0]?.name ?? ''}' and '${sides[1]?.name ?? ''}' begin at different times and can be chosen row by row only, not sample by sample`,
    );
  }
  const start = builder.intermediate('float64', [], 'where.t0');
  builder.elementwise(
    (c, yes, no) => (c === 0 ? no : yes),
    [test.view, startOf(builder, a), startOf(builder, b)],
    start.view,
  );
  const scale = { ...a.period, value: 1 };
  return { period: a.period, offset: { fixed: 0, terms: [{ variable: start, scale }] } };
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
  if (a.kind === 'variable' && b.kind === 'variable') {
    checkSides(builder, computed(builder, a.variable), computed(builder, b.variable));
    const { grid } = a.variable;
    if (isTime(a.variable) && grid) b = { kind: 'variable', variable: builder.onGrid(b.variable, grid) };
  }
  const sides = [a, b];
  const variables = sides.flatMap((value) =>
    value.kind === 'variable' ? [computed(builder, value.variable)] : [],
  );
  const [beside] = variables;
  const operands = beside === undefined ? sides.map(constantDtype) : variables.map(({ dtype }) => dtype);
  const loop = realTypeOf(builder, 'where', type) ?? firstLoop(loops, operands);
  if (loop === undefined) throw builder.fail('where(): the two values have no number type in common');
  const views = sides.map((value) => sideOf(builder, value, loop, { beside, first: a }));
  const test = computed(builder, condition.variable);
  const shape = broadcast(
    builder,
    [test.view, ...views].map((view) => view.shape),
  );
  const result = builder.intermediate(loop, shape, 'where');
  const exact = isBigDtype(loop) ? kernelOf('where') : undefined;
  if (exact !== undefined) addScalarKernel(builder, exact, [test.view, ...views], result.view);
  else builder.elementwise((c, yes, no) => (c === 0 ? no : yes), [test.view, ...views], result.view);
  const quantities = sides.flatMap((value) => (value.kind === 'quantity' ? [value.unit.text] : []));
  result.unit =
    variables.find(({ unit }) => unit)?.unit ?? (beside === undefined ? quantities[0] : undefined);
  result.grid = chosenGrid(builder, test, variables);
  result.coordinate = beside?.coordinate;
  result.vectorLength = variables.find(({ vectorLength }) => vectorLength !== undefined)?.vectorLength;
  return { kind: 'variable', variable: result };
}
