import type { TreeNode as Lh5Node } from '@countroom/lh5';
import { describe, expect, it } from 'vitest';
import { toTree } from './tree-view.js';

function node(name: string, more: Partial<Lh5Node> = {}): Lh5Node {
  return {
    name,
    path: name,
    kind: 'array',
    datatype: null,
    rows: null,
    shape: null,
    dtype: null,
    attrs: {},
    storage: null,
    unlisted: false,
    children: [],
    ...more,
  };
}

describe('toTree', () => {
  it('says what cannot be read, and where links lead', () => {
    const root = node('', {
      kind: 'group',
      children: [
        node('broken', { kind: 'opaque', fault: 'a listed field is missing' }),
        node('far', { kind: 'link', target: 'other.lh5:/x' }),
      ],
    });
    expect(toTree(root, 10).children).toMatchObject([
      { kind: 'unknown', attrs: { fault: 'a listed field is missing' } },
      { kind: 'unknown', attrs: { target: 'other.lh5:/x' } },
    ]);
  });

  it('writes attributes as JSON without loss', () => {
    const attrs = { count: 2n ** 63n - 1n, gain: Number.NaN, on: true, list: Array<number>(300).fill(1) };
    const shown = toTree(node('a', { attrs }), 10).attrs;
    expect(shown).toMatchObject({ count: '9223372036854775807', gain: 'NaN', on: true });
    expect((shown['list'] as unknown[]).slice(-2)).toEqual([1, '…']);
  });

  it('knows truth values and the elements of vectors', () => {
    const flattened = node('flattened_data', {
      datatype: 'array<1>{bool}',
      dtype: 'uint8',
      attrs: { units: 'V' },
    });
    const vectors = node('v', { kind: 'vov', children: [node('cumulative_length'), flattened] });
    const [shown] = toTree(node('', { kind: 'group', children: [vectors] }), 10).children ?? [];
    expect(shown).toMatchObject({ kind: 'vov', dtype: 'bool', attrs: { units: 'V' } });
    expect(shown?.children).toBeUndefined();
  });

  it('cuts a listing that is too large, from its depth, and says so', () => {
    const group = (name: string): Lh5Node =>
      node(name, { kind: 'group', children: [node(`${name}/x`), node(`${name}/y`)] });
    const shown = toTree(node('', { kind: 'group', children: [group('a'), group('b')] }), 5);
    expect(shown.children?.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(shown.children?.map(({ children }) => children?.length)).toEqual([2, 1]);
    expect(shown.children?.[1]?.attrs).toEqual({ 'not shown': '1 more objects' });
  });
});
