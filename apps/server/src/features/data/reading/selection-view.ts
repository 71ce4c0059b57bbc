import type { RowSelection } from '@countroom/contracts';
import { Lh5Error, type Lh5Reader } from '@countroom/lh5';
import { passingRows } from './cut.js';
import type { Readings } from './readings.js';

/** Some of the rows of a table that pass a cut, by number. */
export async function selectionView(
  reader: Lh5Reader,
  ask: Readings['selection']['ask'],
): Promise<RowSelection> {
  const node = await reader.tree(ask.path, { depth: 3 });
  const { rows } = node;
  if (rows === null) throw new Lh5Error('argument-invalid', 'has no rows', { object: node.path });
  const passing = await passingRows(reader, node, ask.cut);
  const total = passing?.length ?? rows;
  const wanted =
    ask.near === undefined ? ask.from : passing === undefined ? ask.near : placeOf(passing, ask.near);
  const from = Math.min(wanted, total);
  const to = Math.min(from + ask.count, total);
  const numbers =
    passing === undefined
      ? Array.from({ length: to - from }, (_, index) => from + index)
      : [...passing.subarray(from, to)];
  return { path: node.path, rows, passing: total, from, numbers };
}

/** Place of the first number that is not lower than the one given. */
function placeOf(sorted: Uint32Array, number: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
