import type { TreeNode } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import {
  columnsOf,
  cutTable,
  linkOf,
  partnerTable,
  type Tier,
  tableOf,
  tablesBeside,
  tierKeys,
  waveformsIn,
} from './tiers';

function node(path: string, more: Partial<TreeNode> = {}): TreeNode {
  const name = path.split('/').at(-1) ?? '';
  return {
    name,
    path,
    datatype: '',
    kind: 'array',
    dtype: null,
    shape: null,
    rows: null,
    attrs: {},
    ...more,
  };
}
function table(path: string, rows: number, columns: readonly Partial<TreeNode>[] = []): TreeNode {
  const children = columns.map((column) => node(`${path}/${column.name ?? ''}`, { rows, ...column }));
  return node(path, { kind: 'table', rows, children });
}
function file(...tables: TreeNode[]): TreeNode {
  const groups = new Map<string, TreeNode[]>();
  for (const one of tables) {
    const [top = ''] = one.path.split('/');
    groups.set(top, [...(groups.get(top) ?? []), one]);
  }
  const children = [...groups].flatMap(([top, found]) =>
    found[0]!.path === top ? found : [node(top, { kind: 'group', children: found })],
  );
  return node('', { kind: 'group', children });
}
const wave = { name: 'waveform', kind: 'waveform' } as const;
const raw = file(table('ch1/raw', 10, [wave]), table('ch2/raw', 10, [wave]), table('ch3/raw', 9, [wave]));

function link(to: Tier['link']): Omit<Tier, 'root'> {
  return { key: 'dsp', dataset: 'd', link: to, missing: null };
}

describe('what another file has to do with waveforms', () => {
  it('is known from the jobs, and says which table cuts are made in', () => {
    const events = [
      { dataset: 'evt', missing: null },
      { dataset: 'lost', missing: 'no map' },
    ];
    const of = (id: string): unknown => Object.values(linkOf(id, { sameRows: ['raw', 'dsp'], events }));
    expect(of('dsp')).toEqual(['rows', null]);
    expect(of('evt')).toEqual(['events', null]);
    expect(of('lost')).toEqual(['none', 'no map']);
    expect(of('other')).toEqual(['none', null]);
    const own = tableOf(raw, 'ch1/raw')!;
    expect(cutTable({ ...link('events'), root: file(table('evt', 3)) }, own)?.path).toBe('evt');
    expect(cutTable({ ...link('rows'), root: raw }, own)?.path).toBe('ch1/raw');
    expect(cutTable({ ...link('none'), root: raw }, own)).toBeUndefined();
  });
});

describe('the tables that go with waveforms', () => {
  it('are found by path and rows', () => {
    const own = tableOf(raw, 'ch1/raw/waveform')!;
    expect(own.path).toBe('ch1/raw');
    expect(partnerTable(file(table('ch2/dsp', 10), table('ch1/dsp', 10)), own)?.path).toBe('ch1/dsp');
    expect(partnerTable(file(table('ch1/dsp', 9)), own)).toBeUndefined();
    expect(partnerTable(file(table('ch2/dsp', 10)), own)).toBeUndefined();
    expect(partnerTable(file(table('ch1/hit', 10), table('ch1/raw', 10)), own)?.path).toBe('ch1/raw');
    const flat = table('FCEvent', 10, [wave]);
    expect(partnerTable(file(table('FCConfig', 10), table('FCEvent', 10)), flat)?.path).toBe('FCEvent');
    expect(partnerTable(file(table('FCConfig', 10)), flat)).toBeUndefined();
  });

  it('give their columns with units', () => {
    const columns = [
      { name: 'tp_0', dtype: 'float32', shape: [10], attrs: { units: 'ns' } },
      { name: 'hits', kind: 'vov', dtype: 'float32' },
      { name: 'name', dtype: 'string', shape: [10] },
    ] as const;
    const root = file(
      table(
        'ch1/dsp',
        10,
        columns.map((column) => ({ ...column, shape: [10] })),
      ),
    );
    const found = columnsOf(
      [
        { ...link('rows'), root },
        { ...link('none'), root },
      ],
      tableOf(raw, 'ch1/raw')!,
    );
    expect(found.map(({ token, units, isList }) => [token, units, isList])).toEqual([
      ['dsp/tp_0', 'ns', false],
      ['dsp/hits', null, true],
    ]);
  });

  it('are those of other channels with as many rows', () => {
    const own = tableOf(raw, 'ch1/raw')!;
    expect(tablesBeside(raw, own, own).map(({ path }) => path)).toEqual(['ch2/raw']);
    const beside = tablesBeside(raw, own, own)[0]!;
    expect(waveformsIn(raw, beside, own, own.children![0]!)?.path).toBe('ch2/raw/waveform');
    expect(tableOf(raw, 'nothing')).toBeUndefined();
  });
});

describe('the names of datasets in addresses', () => {
  it('stay what they were when another one of a kind is made', () => {
    const at = (id: string, dataKind: string, createdAt: string): Parameters<typeof tierKeys>[0][number] => ({
      id,
      dataKind,
      createdAt,
      lineageHash: `${id}0123456789`,
    });
    const keys = tierKeys([at('new', 'dsp', '2026-02'), at('old', 'dsp', '2026-01'), at('r', 'raw', '2025')]);
    expect([keys.get('old'), keys.get('new'), keys.get('r')]).toEqual(['dsp', 'dsp~new01234', 'raw']);
  });
});
