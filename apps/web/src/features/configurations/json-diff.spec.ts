import { describe, expect, it } from 'vitest';
import { jsonDiff } from './json-diff';

describe('jsonDiff', () => {
  it('finds nothing between equal documents, whatever the order of keys', () => {
    expect(jsonDiff({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 })).toEqual([]);
  });
  it('names what was changed, added and removed by its path', () => {
    expect(
      jsonDiff({ a: { b: 1, gone: 2 }, list: [1, 2] }, { a: { b: 3, more: true }, list: [1, 2, 4] }),
    ).toEqual([
      { path: 'a.b', before: 1, after: 3 },
      { path: 'a.more', before: undefined, after: true },
      { path: 'a.gone', before: 2, after: undefined },
      { path: 'list.2', before: undefined, after: 4 },
    ]);
  });
  it('takes a change of kind as one change', () => {
    expect(jsonDiff({ a: [1] }, { a: { 0: 1 } })).toEqual([{ path: 'a', before: [1], after: { 0: 1 } }]);
  });
});
