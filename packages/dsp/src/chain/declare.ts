import { convert, isCompatible, ratio } from '../units/unit.js';
import { parseUnit } from '../units/unit-registry.js';
import type { ChainBuilder } from './builder.js';
import { dtypeNamed } from './dtype-names.js';
import { atZero, fixedIn, type Grid, type Offset } from './grid.js';
import type { Value, Variable } from './variable.js';

function shapeOf(builder: ChainBuilder, name: string, value: Value): readonly number[] {
  const extents =
    value.kind === 'number'
      ? [value.value]
      : value.kind === 'array' && value.shape.length === 1
        ? value.values
        : undefined;
  if (extents === undefined || extents.some((extent) => !Number.isInteger(extent) || extent < 0)) {
    throw builder.fail(`the shape of '${name}' must be a whole number or a list of them`);
  }
  return extents;
}

function offsetOf(builder: ChainBuilder, name: string, value: Value, period: Grid['period']): Offset {
  switch (value.kind) {
    case 'number':
      return { fixed: value.value * period.value, terms: [] };
    case 'quantity':
      if (!isCompatible(value.unit, period.unit)) break;
      return { fixed: convert(value.value, value.unit, period.unit), terms: [] };
    case 'grid':
      return { fixed: fixedIn(value.grid, period.unit), terms: value.grid.offset.terms };
    case 'variable': {
      const { variable } = value;
      const { grid, coordinate } = variable;
      if (coordinate === 'point' && grid !== null && grid !== undefined) {
        return {
          fixed: fixedIn(grid, period.unit),
          terms: [{ variable, scale: grid.period }, ...grid.offset.terms],
        };
      }
      const unit = parseUnit(variable.unit);
      const scale =
        unit !== undefined && isCompatible(unit, period.unit) ? { ...period, value: 1, unit } : period;
      return { fixed: 0, terms: [{ variable, scale }] };
    }
    default:
  }
  throw builder.fail(`the offset of '${name}' must be a number of samples, a time, or a variable`);
}

function gridOf(builder: ChainBuilder, name: string, keywords: ReadonlyMap<string, Value>): Grid | undefined {
  const given = keywords.get('grid');
  if (given !== undefined) {
    if (given.kind === 'grid') return given.grid;
    throw builder.fail(`'grid' of '${name}' must be the grid of a variable, such as wf.grid`);
  }
  const period = keywords.get('period');
  if (period === undefined) return undefined;
  if (period.kind !== 'quantity')
    throw builder.fail(`'period' of '${name}' must be a time, such as 16*ns or wf.period/2`);
  const offset = keywords.get('offset');
  return { period, offset: offset === undefined ? atZero : offsetOf(builder, name, offset, period) };
}

const keywordNames = new Set([
  'shape',
  'dtype',
  'unit',
  'period',
  'offset',
  'grid',
  'is_coord',
  'vector_len',
]);

/** `name(shape, dtype, …)`: fills what is still open of a variable; what is settled is left alone. */
export function declare(
  builder: ChainBuilder,
  name: string,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): Variable {
  const variable = builder.variable(name);
  for (const key of keywords.keys()) {
    if (!keywordNames.has(key))
      throw builder.fail(`'${key}' is no property of a variable; known: ${[...keywordNames].join(', ')}`);
  }
  if (args.length > 2) throw builder.fail(`'${name}(…)' takes a shape and a number type, the rest by name`);
  const type = args.find((value) => value.kind === 'text') ?? keywords.get('dtype');
  const shape = args.find((value) => value.kind !== 'text') ?? keywords.get('shape');
  if (type !== undefined) {
    const dtype = type.kind === 'text' ? dtypeNamed(type.value) : undefined;
    if (dtype === undefined)
      throw builder.fail(`'${name}': the number type must be a text such as 'f' or 'float64'`);
    variable.dtype ??= dtype;
  }
  if (shape !== undefined) variable.shape ??= shapeOf(builder, name, shape);
  const unit = keywords.get('unit');
  if (unit?.kind === 'text') variable.unit ??= unit.value;
  if (unit?.kind === 'quantity') variable.unit ??= unit.unit.text;
  if (variable.grid === undefined) variable.grid = gridOf(builder, name, keywords);
  const isCoordinate = keywords.get('is_coord');
  if (isCoordinate?.kind === 'constant')
    variable.coordinate ??= isCoordinate.value === true ? 'point' : 'none';
  const length = keywords.get('vector_len');
  if (length?.kind === 'variable') variable.vectorLength ??= length.variable;
  return variable;
}

/** A time as a number of periods of a grid; also its powers (a frequency times the period). */
export function inPeriods(
  builder: ChainBuilder,
  value: Value & { kind: 'quantity' },
  grid: Grid | undefined,
): number {
  if (grid !== undefined) {
    if (isCompatible(value.unit, grid.period.unit)) return ratio(value, grid.period);
    const { powers } = grid.period.unit;
    if (value.unit.powers.every((power, index) => power === -(powers[index] ?? 0))) {
      return ratio(
        { ...value, value: value.value * grid.period.value },
        { ...value, value: 1, unit: inverse(grid) },
      );
    }
  }
  if (value.value === 1)
    throw builder.fail(
      `'${value.unit.text}' is a unit and cannot be used as an argument here: a variable needs another name`,
    );
  throw builder.fail(
    grid === undefined
      ? `could not find a valid conversion of ${value.unit.text}: no argument has a grid of time`
      : `could not find a valid conversion of ${value.unit.text} to samples of ${grid.period.unit.text}`,
  );
}

function inverse(grid: Grid): Grid['period']['unit'] {
  const { unit } = grid.period;
  return {
    text: `1/${unit.text}`,
    coefficient: 1 / unit.coefficient,
    exponent: -unit.exponent,
    powers: unit.powers.map((power) => -power),
  };
}
