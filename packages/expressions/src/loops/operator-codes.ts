import type { BinaryOperator } from '../ast.js';

/** Numbers of the operators in the compiled loops, the same as in ../assembly/operators.ts. */
export const operatorCodes: Readonly<Record<BinaryOperator, number>> = {
  '+': 0,
  '-': 1,
  '*': 2,
  '/': 3,
  '//': 4,
  '%': 5,
  '**': 6,
  '&': 7,
  '|': 8,
  '^': 9,
  '<<': 10,
  '>>': 11,
  '==': 12,
  '!=': 13,
  '<': 14,
  '<=': 15,
  '>': 16,
  '>=': 17,
};

/** Operators whose result is a truth value. */
export const comparisons: ReadonlySet<BinaryOperator> = new Set(['<', '<=', '>', '>=', '==', '!=']);
