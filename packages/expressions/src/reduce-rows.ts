import { reduceComplex } from './complex.js';
import type { Typed } from './typed.js';
import { cast, spread, type Vector } from './vector.js';

/** A reduction: what it starts with, and how one more number changes it; of 64-bit integers exact, with wrap-around. */
export interface Reduction {
  readonly start: number;
  readonly step: (result: number, x: number) => number;
  readonly wideStart: bigint;
  readonly wideStep: (result: bigint, x: bigint) => bigint;
}

/** One value out of all rows of a block. Sums of truth values and int32 are int64. */
export function reduceRows(operand: Typed, reduction: Reduction): Typed {
  const kind = operand.kind === 'bool' || operand.kind === 'int32' ? 'int64' : operand.kind;
  return {
    kind,
    depth: 0,
    reduces: true,
    evaluate: (block, rows) => {
      const values = cast(spread(operand.evaluate(block, rows), rows), kind);
      if (kind === 'complex128') return reduceComplex(values as Vector<'complex128'>, reduction.start === 1);
      return kind === 'int64' ? wide(values, reduction) : narrow(values, reduction);
    },
  };
}

function narrow({ kind, data }: Vector, { start, step }: Reduction): Vector {
  let result = start;
  for (const value of data as Float64Array) result = step(result, value);
  return cast({ kind: 'float64', data: Float64Array.of(result), step: 0 }, kind);
}

function wide({ data }: Vector, { wideStart, wideStep }: Reduction): Vector {
  let result = wideStart;
  for (const value of data as BigInt64Array) result = BigInt.asIntN(64, wideStep(result, value));
  return { kind: 'int64', data: BigInt64Array.of(result), step: 0 };
}
