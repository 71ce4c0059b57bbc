import type { TreeNode } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { hitsText, tablesOfHits, tablesOfRows } from './drawn-tables';

function node(path: string, kind: TreeNode['kind'], rows: number, children: TreeNode[] = []): TreeNode {
  const name = path.split('/').at(-1) ?? '';
  return { name, path, datatype: '', kind, dtype: null, shape: null, rows, attrs: {}, children };
}
function channel(name: string, rows: number, column: TreeNode['kind']): TreeNode {
  const table = node(`${name}/raw`, 'table', rows, [node(`${name}/raw/waveform`, column, rows)]);
  return node(name, 'group', 0, [table]);
}
const root = node('', 'group', 0, [
  channel('ch1', 4, 'waveform'),
  channel('ch2', 7, 'waveform'),
  channel('ch3', 4, 'waveform'),
  node('ch4', 'group', 0, [node('ch4/raw', 'table', 4)]),
]);
const table = root.children![0]!.children![0]!;
const own = { table, node: table.children![0]! };
const facts = (tables: ReturnType<typeof tablesOfHits>): unknown =>
  tables.map(({ path, numbers }) => [path, ...numbers]);

describe('what is drawn', () => {
  it('is the same rows of channels with as many', () => {
    expect(facts(tablesOfRows(root, own, ['ch2/raw', 'ch3/raw'], [1, 2]))).toEqual([
      ['ch1/raw/waveform', 1, 2],
      ['ch3/raw/waveform', 1, 2],
    ]);
  });

  it('is all hits of an event, each with the row of its own table', () => {
    const hits = [
      { event: 5, table: 'ch2/raw', row: 6 },
      { event: 5, table: 'ch3/raw', row: 0 },
      { event: 5, table: 'ch4/raw', row: 1 },
      { event: 6, table: 'ch2/raw', row: 4 },
    ];
    const tables = tablesOfHits(root, own, hits, 50);
    expect(facts(tables)).toEqual([
      ['ch2/raw/waveform', 6, 4],
      ['ch3/raw/waveform', 0],
    ]);
    const found = { map: 'tcm', events: 9, hits, total: 4, absent: [] };
    expect(hitsText(found, tables)).toBe('3 hits in 2 tables; 1 more not drawn');
    expect(hitsText({ ...found, absent: ['ch9/hit'] }, tables)).toContain('corresponds to ch9/hit');
    expect(hitsText({ ...found, total: 1 }, tablesOfHits(root, own, hits, 1))).toBe('1 hit in 1 table');
  });
});
