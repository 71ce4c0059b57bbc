import type { DatasetInfo, TreeNode } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { originRemark, rowsFault, sourceOf } from './joined-source';

const dataset = (id: string, dataKind: string, format = 'lh5') => ({ id, dataKind, format }) as DatasetInfo;
const datasets = [
  dataset('recording', 'hit', 'fcio'),
  dataset('other', 'hit'),
  dataset('own', 'hit'),
  dataset('map', 'tcm'),
];
const own = { sameRows: ['raw', 'own'] };

describe('the data set that a chain joins', () => {
  it('is one of the very rows before any other of its kind', () => {
    expect(sourceOf({ file: '{hit}' }, 3, datasets, own)).toBe(datasets[2]);
    expect(sourceOf({ file: '{hit}' }, 3, datasets, { sameRows: [] })).toBe(datasets[1]);
    expect(sourceOf({ file: '{tcm}' }, 3, datasets, own)).toBe(datasets[3]);
  });

  it('is told about when there is none, and names of files are for the command line', () => {
    expect(sourceOf({ file: '{evt}' }, 3, datasets, own)).toBe(
      'run 3 has no evt data: process it up to evt first',
    );
    expect(sourceOf({ file: 'hit.lh5' }, 3, datasets, own)).toContain('{hit}, {tcm}, {evt}');
    expect(sourceOf({ file: '{raw}' }, 3, datasets, own)).toContain('cannot be joined here');
  });
});

describe('rows of a joined table', () => {
  const table = (path: string, rows: number) => ({ kind: 'table', path, rows }) as TreeNode;
  const root = {
    kind: 'struct',
    path: '',
    children: [table('ch0/hit', 20), table('ch1/hit', 7)],
  } as unknown as TreeNode;
  const raw = { path: 'ch0/raw', rows: 20 };
  const join = (group: string) => ({ file: '{hit}', group });

  it('must be as many as those of the raw table', () => {
    expect(rowsFault(join('ch0/hit'), root, raw)).toBeUndefined();
    expect(rowsFault(join('ch1/hit'), root, raw)).toBe(
      'ch1/hit of {hit} has 7 rows, ch0/raw has 20: joined tables must be about the same events',
    );
    expect(rowsFault(join('ch2/hit'), root, raw)).toBe(
      '{hit} has no table ch2/hit (it has ch0/hit, ch1/hit)',
    );
  });

  it('are doubtful when they were not made of the raw rows', () => {
    expect(originRemark(join('ch0/hit'), datasets[2]!, own)).toBeUndefined();
    expect(originRemark(join('ch0/hit'), datasets[1]!, own)).toContain('may be about other events');
  });
});
