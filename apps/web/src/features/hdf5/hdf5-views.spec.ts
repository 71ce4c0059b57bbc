import type { TreeNode } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { hdf5Views, startNode } from './hdf5-views';

function node(path: string, more: Partial<TreeNode> = {}): TreeNode {
  return {
    name: path,
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

describe('ways to look at an object', () => {
  it('follow its rank and type', () => {
    expect(hdf5Views(node('g', { kind: 'group' }))).toEqual(['attributes']);
    expect(hdf5Views(node('c', { dtype: 'int32', shape: [9] }))[0]).toBe('line');
    expect(hdf5Views(node('i', { dtype: 'int32', shape: [9, 9, 9] }))[0]).toBe('image');
    expect(hdf5Views(node('t', { dtype: null, shape: [9, 9] }))).toEqual(['table', 'attributes']);
    expect(hdf5Views(node('s', { dtype: 'int32', shape: [] }))).toEqual(['table', 'attributes']);
    expect(hdf5Views(node('e', { dtype: 'int32', shape: [0] }))).toEqual(['table', 'attributes']);
    expect(hdf5Views(node('d', { shape: [1], attrs: { fault: 'broken' } }))).toEqual(['attributes']);
  });

  it('begin with the first dataset', () => {
    const inner = node('g/d', { shape: [3] });
    const group = node('g', { kind: 'group', children: [inner] });
    expect(startNode(node('', { children: [node('s', { shape: [] }), group] }))).toBe(inner);
    expect(startNode(node('', { children: [group] })).path).toBe('g/d');
    const empty = node('');
    expect(startNode(empty)).toBe(empty);
  });
});
