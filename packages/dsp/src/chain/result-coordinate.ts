import type { Operator } from './arithmetic.js';
import type { ChainBuilder } from './builder.js';
import type { Value, Variable } from './variable.js';

/** Whether the result of an operation is a time or the distance of two, and its grid. */
export function coordinateOfResult(
  operator: Operator,
  a: Value,
  b: Value,
): Pick<Variable, 'coordinate' | 'grid'> {
  const left = a.kind === 'variable' ? a.variable : undefined;
  const right = b.kind === 'variable' ? b.variable : undefined;
  const waveform = [left, right].find((variable) => (variable?.shape?.length ?? 0) > 0 && variable?.grid);
  const fallback = { coordinate: 'none' as const, grid: waveform?.grid ?? null };
  if (operator !== '+' && operator !== '-') return fallback;
  const isTime = (variable: Variable | undefined) =>
    variable?.coordinate === 'point' || variable?.coordinate === 'interval';
  const main = isTime(left) ? left : right;
  if (main === undefined || !isTime(main)) return fallback;
  const grid = main.grid ?? null;
  if (!isTime(left) || !isTime(right)) return { coordinate: main.coordinate, grid };
  if (left?.coordinate === right?.coordinate) return { coordinate: 'interval', grid };
  return { coordinate: 'point', grid: (left?.coordinate === 'point' ? left.grid : right?.grid) ?? null };
}

/** Brings two times onto one grid so that their positions can be added or compared. */
export function aligned(builder: ChainBuilder, operator: Operator, a: Value, b: Value): Value {
  if (operator === '*' || operator === '/' || operator === '//') return b;
  if (a.kind !== 'variable' || b.kind !== 'variable') return b;
  const times = [a.variable, b.variable].every(
    ({ coordinate }) => coordinate === 'point' || coordinate === 'interval',
  );
  const { grid } = a.variable;
  if (!times || grid === null || grid === undefined) return b;
  return { kind: 'variable', variable: builder.onGrid(b.variable, grid) };
}
