import { type AnyNumbers, copyElement, numberAt } from './any-numbers.js';

/** The first value where the condition holds, else the second. */
export function where(condition: AnyNumbers, yes: AnyNumbers, no: AnyNumbers, out: AnyNumbers): number {
  copyElement(numberAt(condition, 0) === 0 ? no : yes, 0, out, 0);
  return 0;
}
