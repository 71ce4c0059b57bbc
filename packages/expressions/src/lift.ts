import { ExpressionError } from './expression-error.js';
import { align, commonValid, ListLengthError } from './lists.js';
import type { Typed } from './typed.js';
import { type Kind, spread, type Vector } from './vector.js';

/** Where a part of an expression stands, for error texts. */
export interface Place {
  readonly expression: string;
  readonly at: number;
}

/** Works out operands of equal length, or constants (`step` 0); gives `length` elements, or one when all are constant. */
export type Elementwise = (operands: readonly Vector[], length: number) => Vector;

/**
 * A part that is worked out element by element: over rows, or over the elements of lists when an operand has lists.
 * Throws an ExpressionError while it is worked out when lists of two operands differ in length.
 */
export function lift(args: readonly Typed[], kind: Kind, place: Place, work: Elementwise): Typed {
  const depth = Math.max(0, ...args.map((arg) => arg.depth));
  if (depth > 0 && (kind === 'complex128' || args.some((arg) => arg.kind === 'complex128')))
    throw new ExpressionError(
      'complex numbers and lists do not go together; take real(…) or imag(…) of the numbers first',
      place.expression,
      place.at,
    );
  return {
    kind,
    depth,
    evaluate: (columns, rows) => {
      const values = args.map((arg) => arg.evaluate(columns, rows));
      if (depth === 0 && values.every(({ valid }) => valid === undefined)) return work(values, rows);
      try {
        const { operands, length, offsets } = align(values, rows);
        const result = work(operands, length);
        const valid = commonValid(operands, length);
        if (offsets === undefined && valid === undefined) return result;
        return {
          ...spread(result, length),
          ...(offsets === undefined ? {} : { offsets }),
          ...(valid === undefined ? {} : { valid }),
        };
      } catch (error) {
        if (!(error instanceof ListLengthError)) throw error;
        throw new ExpressionError(error.message, place.expression, place.at);
      }
    },
  };
}
