import type { Shapes } from '../spec/kernel-spec.js';
import { isComplex, type NumberType, storedType } from '../spec/number-types.js';
import { isCompatible } from '../units/unit.js';
import { parseUnit } from '../units/unit-registry.js';
import { computedAny } from './arithmetic.js';
import type { ChainBuilder } from './builder.js';
import { isFloat } from './casting.js';
import { asComplex } from './complex-arithmetic.js';
import { inPeriods } from './declare.js';
import type { Grid } from './grid.js';
import type { Operand } from './kernel-operation.js';
import { type Entry, type Match, matchShapes, matchTypes, placesOf } from './match.js';
import { Storage, sizeOf, type View, wholeOf } from './storage.js';
import type { Value, Variable } from './variable.js';

/** What is called: its signature, its types, and which arguments it writes. */
export interface Callee {
  readonly name: string;
  readonly shapes: Shapes;
  readonly types: readonly (readonly NumberType[])[];
  readonly isOutput: readonly boolean[];
  /** Appends the step itself. */
  append(builder: ChainBuilder, operands: readonly Operand[], match: Match): void;
}

function entryOf(
  builder: ChainBuilder,
  callee: Callee,
  value: Value,
  position: number,
): Omit<Entry, 'value'> {
  const isOutput = callee.isOutput[position] === true;
  const place = `argument ${(position + 1).toString()}`;
  switch (value.kind) {
    case 'variable': {
      const { variable } = value;
      if (isOutput) {
        if (variable.view !== undefined)
          throw builder.fail(
            `'${variable.name}' has been computed already and cannot be an output of ${callee.name}`,
          );
        return { name: variable.name, shape: variable.shape, dtype: variable.dtype };
      }
      const { dtype, view } = computedAny(builder, variable);
      const shape = isComplex(dtype) ? view.shape.slice(0, -1) : view.shape;
      return { name: variable.name, shape, dtype };
    }
    case 'array':
      if (isOutput) break;
      return { name: place, shape: value.shape, dtype: undefined };
    case 'number':
    case 'quantity':
      if (isOutput) break;
      return { name: place, shape: [], dtype: undefined };
    case 'text':
      if (isOutput) break;
      return {
        name: place,
        shape: value.value.length === 1 ? [] : [value.value.length],
        dtype: undefined,
      };
    case 'constant':
      if (isOutput || value.value === null) break;
      return { name: place, shape: [], dtype: undefined };
    case 'grid':
  }
  throw builder.fail(
    isOutput
      ? `${place} of ${callee.name} is an output and must be the name of a variable, not a ${value.kind}`
      : `${place} of ${callee.name} cannot be a ${value.kind === 'constant' ? 'None' : value.kind}`,
  );
}

/** The grid in whose samples times are given to a call. */
function gridOfCall(callee: Callee, values: readonly Value[], given: Grid | undefined): Grid | undefined {
  if (given !== undefined) return given;
  const inputs = values.flatMap((value, position) =>
    value.kind === 'variable' && callee.isOutput[position] !== true ? [value.variable] : [],
  );
  const isTime = ({ coordinate }: Variable) => coordinate === 'point' || coordinate === 'interval';
  const array = inputs.find(
    (variable) => variable.grid && (variable.shape?.length ?? 0) > 0 && !isTime(variable),
  );
  return (array ?? inputs.find((variable) => variable.grid && isTime(variable)))?.grid ?? undefined;
}

function inputView(builder: ChainBuilder, value: Value, type: NumberType, grid: Grid | undefined): View {
  const dtype = storedType(type);
  if (isComplex(type) && !(value.kind === 'variable' && isComplex(value.variable.dtype ?? 'float64')))
    return asComplex(builder, inputView(builder, value, dtype, grid), type);
  switch (value.kind) {
    case 'variable': {
      let { variable } = value;
      const isTime = variable.coordinate === 'point' || variable.coordinate === 'interval';
      if (isTime && grid && variable.grid && isCompatible(variable.grid.period.unit, grid.period.unit)) {
        variable = builder.onGrid(variable, grid);
      }
      return builder.contiguous(builder.cast(computedAny(builder, variable).view, dtype));
    }
    case 'quantity':
      return builder.constant([inPeriods(builder, value, grid)], [], dtype);
    case 'number':
    case 'constant':
      return builder.constant([Number(value.value)], [], dtype);
    case 'array':
      return builder.constant(value.values, value.shape, dtype);
    case 'text':
      if (value.value.length === 1) return builder.constant([value.value.charCodeAt(0)], [], dtype);
      if (isFloat(dtype)) throw builder.fail(`'${value.value}' stands where a number is wanted`);
      return builder.constant([...new TextEncoder().encode(value.value)], [value.value.length], dtype);
    case 'grid':
      throw builder.fail('a grid cannot be an argument');
  }
}

/** A shape with the axis of real and imaginary parts where numbers are complex. */
function withParts(shape: readonly number[], type: NumberType): readonly number[] {
  return isComplex(type) ? [...shape, 2] : shape;
}

/** Settles what is still open of an output and gives it memory. */
function settleOutput(
  variable: Variable,
  shape: readonly number[],
  type: NumberType,
  grids: { readonly call: Grid | undefined; readonly own: Grid | null },
): View {
  variable.shape ??= shape;
  variable.dtype ??= type;
  const unit = parseUnit(variable.unit);
  const isTime = unit !== undefined && grids.call !== undefined && isCompatible(unit, grids.call.period.unit);
  if (variable.coordinate === undefined) variable.coordinate = isTime ? 'point' : 'none';
  if (variable.grid === undefined || (variable.grid === null && isTime))
    variable.grid = isTime ? grids.call : grids.own;
  const full = withParts(shape, type);
  return wholeOf(new Storage(storedType(type), sizeOf(full), variable.name), full);
}

/** A result in the type that its variable was declared with. */
function storedAs(builder: ChainBuilder, variable: Variable, view: View, type: NumberType): View {
  const declared = variable.dtype ?? type;
  if (isComplex(declared) === isComplex(type)) return builder.cast(view, storedType(declared));
  if (isComplex(declared)) return asComplex(builder, view, declared);
  throw builder.fail(
    `'${variable.name}' is declared as ${declared} and would be given complex numbers: declare it with dtype='F' or 'D'`,
  );
}

/** The grid of an output that has the shape of a waveform without a dimension of its own (functions of numbers). */
function gridOfOuter(callee: Callee, values: readonly Value[], { outer }: Match): Grid | undefined {
  if (outer.length === 0) return undefined;
  for (const [position, value] of values.entries()) {
    if (value.kind !== 'variable' || callee.isOutput[position] === true) continue;
    const { coordinate, grid, shape } = value.variable;
    if (coordinate === 'none' && grid && shape?.length === outer.length) return grid;
  }
  return undefined;
}

/** Adds one call to the chain: matches shapes and types, converts inputs, makes outputs. */
export function addCall(
  builder: ChainBuilder,
  callee: Callee,
  values: readonly Value[],
  coordGrid: Grid | undefined,
): void {
  const wanted = callee.shapes.args.length;
  if (values.length !== wanted) {
    throw builder.fail(
      `${callee.name} takes ${wanted.toString()} arguments, not ${values.length.toString()}`,
    );
  }
  const entries = values.map((value, position) =>
    builder.about(value, () => ({ ...entryOf(builder, callee, value, position), value })),
  );
  const match = matchShapes(builder, callee.shapes, entries);
  const types = matchTypes(builder, callee.name, callee.types, entries);
  const grid = gridOfCall(callee, values, coordGrid);
  const dimensionGrids = new Map<string, Grid>();
  values.forEach((value, position) => {
    const letter = callee.shapes.args[position]?.at(-1);
    if (value.kind !== 'variable' || letter === undefined || callee.isOutput[position] === true) return;
    if (value.variable.grid && value.variable.coordinate !== 'point' && !dimensionGrids.has(letter)) {
      dimensionGrids.set(letter, value.variable.grid);
    }
  });
  const outerGrid = gridOfOuter(callee, values, match);
  const outputs: { readonly variable: Variable; readonly view: View; readonly type: NumberType }[] = [];
  const operands = values.map((value, position): Operand => {
    const type = types[position] ?? 'float32';
    const extents = match.cores[position] ?? [];
    const core = withParts(extents, type);
    let view: View;
    if (callee.isOutput[position] === true && value.kind === 'variable') {
      const letter = callee.shapes.args[position]?.at(-1);
      const own = (letter === undefined ? outerGrid : dimensionGrids.get(letter)) ?? null;
      view = settleOutput(value.variable, [...match.outer, ...extents], type, { call: grid, own });
      outputs.push({ variable: value.variable, view, type });
    } else {
      view = builder.about(value, () => inputView(builder, value, type, grid));
    }
    return { view, count: sizeOf(core), places: placesOf(match.outer, view.shape, core) };
  });
  callee.append(builder, operands, match);
  for (const { variable, view, type } of outputs) variable.view = storedAs(builder, variable, view, type);
}
