import type { Dtype } from '@countroom/records';
import type { Operator } from './arithmetic.js';
import type { ChainBuilder } from './builder.js';
import { isFloat, roundHalfEven } from './casting.js';
import type { Value, Variable } from './variable.js';

/** Tells what integers do that one may not expect of arithmetic. */
export function warnOfIntegers(
  builder: ChainBuilder,
  operator: Operator,
  loop: Dtype,
  call: { readonly beside: Variable; readonly operands: readonly Value[] },
): void {
  if (isFloat(loop) || loop === 'bool') return;
  const { name } = call.beside;
  const way = `write astype(${name}, 'float32') for fractions`;
  for (const value of call.operands) {
    if (value.kind !== 'number' || Number.isInteger(value.value)) continue;
    const rounded = roundHalfEven(value.value).toString();
    builder.warn(
      `${builder.label}: ${value.value.toString()} is taken as ${rounded} because '${name}' holds whole numbers: ${way}`,
    );
  }
  if (operator === '-' && loop.startsWith('uint'))
    builder.warn(
      `${builder.label}: a difference below 0 wraps around because '${name}' holds whole numbers without a sign: ${way}`,
    );
}
