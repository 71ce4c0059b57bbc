import type { TreeNode } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { findNode, firstNode, histogramColumns, pathsAbove, treeRows, viewsOf } from './tree-rows';

function node(path: string, kind: TreeNode['kind'], more: Partial<TreeNode> = {}): TreeNode {
  const name = path.split('/').at(-1) ?? '';
  return { name, path, kind, datatype: '', dtype: null, shape: null, rows: null, attrs: {}, ...more };
}

const energy = node('ch1/raw/energy', 'array', { dtype: 'float32', shape: [1000], rows: 1000 });
const waveform = node('ch1/raw/waveform', 'waveform', { rows: 1000 });
const trace = node('ch1/raw/trace', 'array', { dtype: 'uint16', shape: [1000, 64], rows: 1000 });
const broken = node('ch1/raw/broken', 'array', {
  dtype: 'float32',
  shape: [10],
  attrs: { fault: 'cut off' },
});
const raw = node('ch1/raw', 'table', { rows: 1000, children: [energy, waveform, trace, broken] });
const root = node('', 'group', {
  children: [node('ch1', 'group', { children: [raw] }), node('ch10', 'group', { children: [] })],
});

describe('treeRows', () => {
  it('shows what is open, and nothing below what is closed', () => {
    expect(treeRows(root, new Set()).map((row) => row.node.path)).toEqual(['ch1', 'ch10']);
    const rows = treeRows(root, new Set(['ch1', 'ch1/raw', 'ch10']));
    expect(rows.map((row) => [row.node.name, row.depth, row.expandable, row.open])).toEqual([
      ['ch1', 0, true, true],
      ['raw', 1, true, true],
      ['energy', 2, false, false],
      ['waveform', 2, false, false],
      ['trace', 2, false, false],
      ['broken', 2, false, false],
      ['ch10', 0, false, false],
    ]);
  });

  it('says what an object is, and the length of a table once', () => {
    const facts = (path: string, from: TreeNode): string | undefined =>
      treeRows(from, new Set(['ch1', 'ch1/raw'])).find((row) => row.node.path === path)?.facts;
    expect(facts('ch1/raw', root)).toBe('table, 1000 rows');
    expect(facts('ch1/raw/trace', root)).toBe('uint16[64]');
    expect(facts('ch1/raw/broken', root)).toBe('float32');
    expect(facts('ch1/raw/energy', node('', 'group', { children: [energy] }))).toBe('float32, 1000 rows');
  });
});

describe('places in a tree', () => {
  it('are found by path; names that begin alike are not mixed up', () => {
    expect(findNode(root, 'ch1/raw/energy')).toBe(energy);
    expect(findNode(root, 'ch10')?.name).toBe('ch10');
    expect(findNode(root, 'ch1/dsp')).toBeUndefined();
    expect(findNode(root, '')).toBe(root);
  });

  it('have everything above them opened', () => {
    expect(pathsAbove('ch1/raw/energy')).toEqual(['ch1', 'ch1/raw']);
    expect(pathsAbove('ch1')).toEqual([]);
  });

  it('begin with the first table', () => {
    expect(firstNode(root)).toBe(raw);
    expect(firstNode(node('', 'group'))).toMatchObject({ path: '' });
  });
});

describe('views', () => {
  it('fit the kind of object', () => {
    expect(viewsOf(raw)).toEqual(['table', 'waveforms', 'histogram', 'attributes']);
    const second = node('ch1/raw/time', 'array', { dtype: 'float64', shape: [1000], rows: 1000 });
    expect(viewsOf(node('ch1/raw', 'table', { children: [energy, second] }))).toContain('plane');
    expect(viewsOf(energy)[0]).toBe('histogram');
    expect(viewsOf(waveform)[0]).toBe('waveforms');
    expect(viewsOf(broken)).toEqual(['attributes']);
  });

  it('offer histograms of columns with numbers only', () => {
    expect(histogramColumns(raw)).toEqual([energy]);
  });
});
