import type { Typed } from './typed.js';
import { cast, spread } from './vector.js';

/** A reduction: what it starts with, and how one more number changes it. */
export interface Reduction {
  readonly start: number;
  readonly step: (result: number, x: number) => number;
}

/** One value out of all rows of a block. Sums of truth values and int32 are int64. */
export function reduceRows(operand: Typed, { start, step }: Reduction): Typed {
  const kind = operand.kind === 'bool' || operand.kind === 'int32' ? 'int64' : operand.kind;
  return {
    kind,
    depth: 0,
    reduces: true,
    evaluate: (block, rows) => {
      const values = spread(operand.evaluate(block, rows), rows);
      let result = start;
      for (let i = 0; i < rows; i++) result = step(result, Number(values.data[i]));
      return cast({ kind: 'float64', data: Float64Array.of(result), step: 0 }, kind);
    },
  };
}
