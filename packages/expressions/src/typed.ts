import type { Node } from './ast.js';
import type { Kind, Vector } from './vector.js';

/** Works a part of an expression out for a block of rows. */
export type Evaluate = (columns: ReadonlyMap<string, Vector>, rows: number) => Vector;

/** A part of an expression whose type is known. */
export interface Typed {
  readonly kind: Kind;
  /** How deep its lists are nested; 0 for one number per row. */
  readonly depth: number;
  readonly evaluate: Evaluate;
  /** True when it gives one value for all rows. */
  readonly reduces?: boolean;
}

/** Types a part of an expression. */
export type CompilePart = (node: Node) => Typed;

/** One value for all rows. */
export function constant(vector: Vector): Typed {
  return { kind: vector.kind, depth: 0, evaluate: () => vector };
}
