import { isComplex } from '../spec/number-types.js';
import { isCompatible, ratio } from '../units/unit.js';
import { computed, computedAny } from './arithmetic.js';
import type { ChainBuilder } from './builder.js';
import { missingValue } from './casting.js';
import { sliceGrid } from './grid.js';
import { PickOperation } from './pick-operation.js';
import { numberValue, type Value, Variable } from './variable.js';

/** A constant index: a number (rounded), or a time divided by the period. */
function sampleOf(builder: ChainBuilder, value: Value, variable: Variable): number {
  if (value.kind === 'number') return rounded(builder, value.value, variable);
  if (value.kind === 'quantity') {
    const period = variable.grid?.period;
    if (period === undefined || !isCompatible(value.unit, period.unit)) {
      throw builder.fail(`'${variable.name}' has no grid on which ${value.unit.text} could be an index`);
    }
    return rounded(builder, ratio(value, period), variable);
  }
  throw builder.fail(`an index of '${variable.name}' must be a constant number or time, not a ${value.kind}`);
}

function rounded(builder: ChainBuilder, value: number, variable: Variable): number {
  const nearest = Math.round(value);
  if (Math.abs(nearest - value) > 1e-4) {
    builder.warn(
      `${builder.label}: index ${value.toString()} of '${variable.name}' was rounded to ${nearest.toString()}`,
    );
  }
  return nearest;
}

function arrayOf(builder: ChainBuilder, object: Value): ReturnType<typeof computedAny> {
  if (object.kind !== 'variable')
    throw builder.fail(`what is indexed must be an array or a list, not a ${object.kind}`);
  const variable = computedAny(builder, object.variable);
  const axes = variable.view.shape.length - (isComplex(variable.dtype) ? 1 : 0);
  if (axes === 0) throw builder.fail(`'${variable.name}' is one number per row and has no elements`);
  if (axes > 1) throw builder.fail(`'${variable.name}' has several axes; only one can be indexed`);
  return variable;
}

/** A number of a constant list, such as `wf.shape[0]`. */
function itemOf(builder: ChainBuilder, list: Value & { kind: 'array' }, index: Value): Value {
  if (list.shape.length !== 1 || index.kind !== 'number' || !Number.isInteger(index.value))
    throw builder.fail('a list has one axis to be indexed, by a whole number');
  const found = list.values.at(index.value);
  if (found === undefined || index.value < -list.values.length) {
    throw builder.fail(
      `the list has ${list.values.length.toString()} numbers; ${index.value.toString()} is not one of them`,
    );
  }
  return numberValue(found, list.integer);
}

/** `x[i]`: a sample per row, as a view when the index is constant. */
export function subscript(builder: ChainBuilder, object: Value, index: Value): Value {
  if (object.kind === 'array') return itemOf(builder, object, index);
  const variable = arrayOf(builder, object);
  const { view } = variable;
  const length = view.shape[0] ?? 0;
  if (index.kind === 'variable' || variable.vectorLength !== undefined)
    return pick(builder, computed(builder, variable), index);
  const wanted = sampleOf(builder, index, variable);
  const place = wanted < 0 ? length + wanted : wanted;
  if (place < 0 || place >= length) {
    throw builder.fail(
      `'${variable.name}' has ${length.toString()} elements; ${wanted.toString()} is not one of them`,
    );
  }
  const result = new Variable(`${variable.name}[${wanted.toString()}]`);
  result.dtype = variable.dtype;
  result.shape = [];
  result.view = isComplex(variable.dtype)
    ? { ...view, start: view.start + 2 * place * view.step, shape: [2] }
    : { ...view, start: view.start + place * view.step, shape: [] };
  result.unit = variable.unit;
  result.coordinate =
    variable.coordinate === 'point' || variable.coordinate === 'interval' ? variable.coordinate : 'none';
  result.grid = result.coordinate === 'none' ? null : variable.grid;
  return { kind: 'variable', variable: result };
}

/** An element at a place that differs from row to row; a missing one is NaN, or the largest integer. */
function pick(builder: ChainBuilder, variable: ReturnType<typeof computed>, index: Value): Value {
  const { view, dtype } = variable;
  const length = view.shape[0] ?? 0;
  const result = builder.intermediate(dtype, [], `${variable.name}[…]`);
  const missing = missingValue(dtype);
  const used =
    variable.vectorLength === undefined
      ? builder.constant([length], [], 'float64')
      : builder.cast(computed(builder, variable.vectorLength).view, 'float64');
  let at: typeof view;
  if (index.kind === 'variable') {
    const { grid } = variable;
    const positions =
      grid === null || grid === undefined || index.variable.coordinate !== 'point'
        ? index.variable
        : builder.onGrid(index.variable, grid);
    at = builder.cast(computed(builder, positions).view, 'float64');
  } else {
    at = builder.constant([sampleOf(builder, index, variable)], [], 'float64');
  }
  const place = builder.intermediate('float64', [], 'place');
  builder.elementwise((i, count) => (i < 0 ? count + i : i), [at, used], place.view);
  const limit = builder.intermediate('float64', [], 'place');
  builder.elementwise(
    (i, count) => (i >= 0 && i < count ? Math.trunc(i) : -1),
    [place.view, used],
    limit.view,
  );
  builder.add(new PickOperation(builder.label, view, limit.view, result.view, missing));
  result.unit = variable.unit;
  result.coordinate = variable.coordinate;
  result.grid = variable.coordinate === 'point' || variable.coordinate === 'interval' ? variable.grid : null;
  return { kind: 'variable', variable: result };
}

/** `x[a:b:c]`: a view of part of the samples, with its grid moved along. */
export function slice(builder: ChainBuilder, object: Value, bounds: readonly (Value | undefined)[]): Value {
  const variable = arrayOf(builder, object);
  const { view } = variable;
  const length = view.shape[0] ?? 0;
  const [startValue, stopValue, stepValue] = bounds.map((value) =>
    value === undefined ? undefined : sampleOf(builder, value, variable),
  );
  const step = stepValue ?? 1;
  if (step < 1) throw builder.fail(`the step of a slice of '${variable.name}' must be positive`);
  const clip = (value: number) => Math.min(Math.max(value < 0 ? length + value : value, 0), length);
  const start = clip(startValue ?? 0);
  const stop = clip(stopValue ?? length);
  const count = Math.max(0, Math.ceil((stop - start) / step));
  const result = new Variable(`${variable.name}[${start.toString()}:${stop.toString()}]`);
  result.dtype = variable.dtype;
  result.shape = [count];
  const isPairs = isComplex(variable.dtype);
  if (isPairs && step !== 1)
    throw builder.fail(`a slice of the complex '${variable.name}' has no step: leave it out`);
  result.view = {
    storage: view.storage,
    start: view.start + start * (isPairs ? 2 : 1) * view.step,
    step: view.step * step,
    shape: isPairs ? [count, 2] : [count],
  };
  result.unit = variable.unit;
  result.coordinate = variable.coordinate;
  const { grid } = variable;
  const isTimes = variable.coordinate === 'point' || variable.coordinate === 'interval';
  const keepsOffset = builder.compatibility === 'dspeed' && (startValue ?? 0) < 0;
  result.grid =
    isTimes || grid === null || grid === undefined ? grid : sliceGrid(grid, keepsOffset ? 0 : start, step);
  return { kind: 'variable', variable: result };
}
