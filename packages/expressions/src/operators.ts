import type { BinaryOperator } from './ast.js';
import { applyComplex, complexKind } from './complex.js';
import { compiledLoops } from './loops/compiled-loops.js';
import { comparisons } from './loops/operator-codes.js';
import { plainBinary } from './loops/plain-loops.js';
import { cast, isFloat, type Kind, newArray, strongest, type Vector } from './vector.js';

/**
 * Kind of `left operator right`: comparisons give bool; `/` of integers gives float64; bits and shifts stay integers;
 * everything else the stronger kind, where bool counts as int32 in arithmetic (numexpr's rules).
 * Undefined when the operator does not take these kinds.
 */
export function binaryKind(operator: BinaryOperator, left: Kind, right: Kind): Kind | undefined {
  const common = strongest(left, right);
  if (common === 'complex128') return complexKind(operator);
  if (comparisons.has(operator)) return 'bool';
  switch (operator) {
    case '&':
    case '|':
    case '^':
      return isFloat(common) ? undefined : common;
    case '<<':
    case '>>':
      return isFloat(common) ? undefined : strongest(common, 'int32');
    case '/':
      return isFloat(common) ? common : 'float64';
    default:
      return strongest(common, 'int32');
  }
}

/** Works out an operator over the rows; operands are cast to their common kind first. */
export function applyBinary(
  operator: BinaryOperator,
  left: Vector,
  right: Vector,
  kind: Kind,
  rows: number,
): Vector {
  const work = comparisons.has(operator) ? strongest(left.kind, right.kind) : kind;
  if (work === 'complex128') return applyComplex(operator, left, right, rows);
  const a = cast(left, work);
  const b = cast(right, work);
  const step = a.step === 0 && b.step === 0 ? 0 : 1;
  const data = newArray(kind, step === 0 ? 1 : rows);
  if (compiledLoops()?.binary(operator, work, a, b, data) !== true) plainBinary(operator, work, a, b, data);
  return { kind, data, step };
}
