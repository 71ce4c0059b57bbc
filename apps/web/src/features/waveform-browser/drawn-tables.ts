import type { EventHits, TreeNode } from '@countroom/contracts';
import { findNode } from '../data/tree-rows';
import { waveformsIn } from './tiers';

/** Rows of one table that are drawn. */
export interface DrawnTable {
  readonly table: TreeNode;
  /** What is read of it. */
  readonly path: string;
  readonly numbers: readonly number[];
}

/** The same rows of the table of the waveforms and of those of other channels. */
export function tablesOfRows(
  root: TreeNode,
  { table, node }: { readonly table: TreeNode; readonly node: TreeNode },
  beside: readonly string[],
  numbers: readonly number[],
): readonly DrawnTable[] {
  const others = beside.flatMap((path) => {
    const other = findNode(root, path);
    const found = other === undefined ? undefined : waveformsIn(root, other, table, node);
    return other === undefined || found === undefined || other.rows !== table.rows
      ? []
      : [{ table: other, path: found.path, numbers }];
  });
  return [{ table, path: node.path, numbers }, ...others];
}

/** The first `most` hits of events that have waveforms, table by table. */
export function tablesOfHits(
  root: TreeNode,
  { table, node }: { readonly table: TreeNode; readonly node: TreeNode },
  hits: EventHits['hits'],
  most: number,
): readonly DrawnTable[] {
  const found = new Map<string, { table: TreeNode; path: string; numbers: number[] }>();
  let drawn = 0;
  for (const hit of hits) {
    const other = findNode(root, hit.table);
    const waveforms = other === undefined ? undefined : waveformsIn(root, other, table, node);
    if (other === undefined || waveforms === undefined || drawn === most) continue;
    const one = found.get(hit.table) ?? { table: other, path: waveforms.path, numbers: [] };
    found.set(hit.table, one);
    one.numbers.push(hit.row);
    drawn += 1;
  }
  return [...found.values()];
}

/** `3 hits in 2 tables; 1 more is not drawn: there are no waveforms of ch9/hit`. */
export function hitsText({ total, absent }: EventHits, tables: readonly DrawnTable[]): string {
  const drawn = tables.reduce((sum, { numbers }) => sum + numbers.length, 0);
  const text = `${count(drawn, 'hit')} in ${count(tables.length, 'table')}`;
  const left = total - drawn;
  if (left === 0) return text;
  const why = absent.length === 0 ? '' : `: no table here corresponds to ${absent.join(', ')}`;
  return `${text}; ${left} more not drawn${why}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
