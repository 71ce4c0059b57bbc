import type { AttributeValue, ColumnSchema } from '@countroom/records';
import { isCompatible } from '../units/unit.js';
import { parseUnit } from '../units/unit-registry.js';
import { computedAny } from './arithmetic.js';
import type { ChainBuilder } from './builder.js';
import { ConvertOperation, conversionOf } from './convert-operation.js';
import { type Grid, unitGrid } from './grid.js';
import type { View } from './storage.js';
import type { Variable } from './variable.js';

/** A column that the chain computes: its schema, where its numbers are, and what else is written with it. */
export interface OutputColumn {
  readonly schema: ColumnSchema;
  readonly view: View;
  /** Number of elements in use, for columns of variable length. */
  readonly length: View | undefined;
  readonly attrs: Readonly<Record<string, AttributeValue>>;
}

function schemaOf(
  name: string,
  view: View,
  extra: { readonly unit: string | undefined; readonly description: string | undefined },
): ColumnSchema {
  return {
    name,
    dtype: view.storage.dtype,
    shape: view.shape,
    variableLength: false,
    ...(extra.unit === undefined ? {} : { units: extra.unit }),
    ...(extra.description === undefined ? {} : { description: extra.description }),
  };
}

/** Times in the variable's unit instead of samples. */
function inItsUnit(
  builder: ChainBuilder,
  variable: ReturnType<typeof computedAny>,
): Pick<Variable, 'unit'> & { readonly view: View } {
  const { grid, coordinate, view } = variable;
  if (grid === null || grid === undefined || (coordinate !== 'point' && coordinate !== 'interval'))
    return variable;
  const unit = parseUnit(variable.unit) ?? grid.period.unit;
  if (!isCompatible(unit, grid.period.unit)) return variable;
  const converted = builder.onGrid(variable, unitGrid(unit));
  return { view: converted.view ?? view, unit: variable.unit ?? unit.text };
}

/** When waveforms begin, as numbers in the unit of the period. */
function startsOf(builder: ChainBuilder, name: string, grid: Grid): View {
  const zero = builder.constant([0], [], 'float64');
  const result = builder.intermediate('float64', [], `${name}/t0`);
  builder.add(
    new ConvertOperation(
      builder.label,
      conversionOf(zero, grid, unitGrid(grid.period.unit), false),
      result.view,
    ),
  );
  return result.view;
}

/** Columns that are written for a computed variable: one, or values, dt and t0 of a waveform. */
export function outputColumns(builder: ChainBuilder, open: Variable): OutputColumn[] {
  const variable = computedAny(builder, open);
  const { name, description, attrs, grid, vectorLength } = variable;
  const length = vectorLength === undefined ? undefined : computedAny(builder, vectorLength).view;
  const isWaveform =
    variable.coordinate === 'none' &&
    grid !== null &&
    grid !== undefined &&
    (variable.shape?.length ?? 0) > 0;
  const { view, unit } = inItsUnit(builder, variable);
  const own = (path: string): OutputColumn => {
    const schema = schemaOf(path, view, { unit, description });
    return {
      schema: length === undefined ? schema : { ...schema, shape: [], variableLength: true },
      view,
      length,
      attrs,
    };
  };
  if (!isWaveform) return [own(name)];
  const time = (path: string, times: View): OutputColumn => ({
    schema: schemaOf(path, times, { unit: grid.period.unit.text, description: undefined }),
    view: times,
    length: undefined,
    attrs: {},
  });
  return [
    own(`${name}/values`),
    time(`${name}/dt`, builder.constant([grid.period.value], [], 'float64')),
    time(`${name}/t0`, startsOf(builder, name, grid)),
  ];
}
