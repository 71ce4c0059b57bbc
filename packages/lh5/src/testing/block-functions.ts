import type { IteratedBlock } from '../iterate/table-iterator.js';

/** Rows of a block. */
export function rowsOfBlock({ data }: IteratedBlock): number {
  return data.rows;
}

/** Fails. */
export function failOnBlock(): never {
  throw new Error('this block is not liked');
}
