import { describe, expect, it } from 'vitest';
import { toColumn } from './columns.js';
import { compileExpression } from './compile.js';
import type { ColumnType, Kind, Vector } from './vector.js';

const lists: Vector = {
  kind: 'float32',
  data: Float32Array.of(3, 1, 2, Number.NaN, 5),
  step: 1,
  offsets: [Int32Array.of(0, 3, 3, 5)],
};
const columns = new Map<string, Vector>([
  ['e', lists],
  ['n', { kind: 'int32', data: Int32Array.of(10, 20, 30), step: 1 }],
  ['ok', { kind: 'bool', data: Uint8Array.of(1, 0, 1, 0, 1), step: 1, offsets: lists.offsets! }],
  ['other', { ...lists, offsets: [Int32Array.of(0, 2, 3, 5)] }],
  [
    'deep',
    {
      kind: 'int32',
      data: Int32Array.of(1, 2, 3, 4),
      step: 1,
      offsets: [Int32Array.of(0, 2, 2, 3), Int32Array.of(0, 1, 3, 4)],
    },
  ],
]);
const types = new Map<string, ColumnType>(
  [...columns].map(([name, { kind, offsets }]) => [name, { kind, depth: offsets?.length ?? 0 }]),
);

function run(expression: string): { kind: Kind; values: unknown } {
  const compiled = compileExpression(expression, types, { cut: 1.5 });
  const result = compiled.evaluate(columns, 3);
  expect(result.offsets?.length ?? 0).toBe(compiled.depth);
  return { kind: result.kind, values: nested(result) };
}

function nested({ data, offsets = [], valid }: Vector): unknown {
  let items: unknown[] = [...data].map((value, i) => (valid?.[i] === 0 ? null : value));
  for (const level of [...offsets].reverse()) {
    const inner = items;
    items = Array.from({ length: level.length - 1 }, (_, i) => inner.slice(level[i], level[i + 1]));
  }
  return items;
}

describe('expressions over lists', () => {
  const nan = Number.NaN;
  it.each<[string, Kind, unknown]>([
    ['e + 1', 'float32', [[4, 2, 3], [], [nan, 6]]],
    ['e * n', 'float32', [[30, 10, 20], [], [nan, 150]]],
    ['deep * n', 'int32', [[[10], [20, 30]], [], [[120]]]],
    ['(e > cut) & ok', 'bool', [[1, 0, 1], [], [0, 1]]],
    ['e[e > cut]', 'float32', [[3, 2], [], [5]]],
    ['ak.sum(e > cut, axis=-1)', 'int64', [2n, 0n, 1n]],
    ['np.sum(deep, axis=-1)', 'int64', [[1n, 5n], [], [4n]]],
    ['ak.sum(ak.sum(deep, axis=-1), axis=-1)', 'int64', [6n, 0n, 4n]],
    ['ak.flatten(deep, axis=1)', 'int32', [[1, 2, 3], [], [4]]],
    ['ak.max(e, axis=-1)', 'float32', [3, null, 5]],
    ['ak.argmin(e, axis=1)', 'int64', [1n, null, 1n]],
    ['ak.mean(e, axis=-1)', 'float32', [2, nan, nan]],
    ['ak.any(ok, axis=-1)', 'bool', [1, 0, 1]],
    ['ak.all(ok, axis=-1)', 'bool', [0, 1, 0]],
    ['ak.num(e)', 'int64', [3n, 0n, 2n]],
    ['ak.count(ak.nan_to_none(e), axis=-1)', 'int64', [3n, 0n, 1n]],
    ['ak.firsts(e)', 'float32', [3, null, nan]],
    ['ak.fill_none(ak.firsts(e), -1)', 'float32', [3, -1, nan]],
    ['ak.is_none(ak.firsts(e))', 'bool', [0, 1, 0]],
    ['ak.firsts(e) + n', 'float32', [13, null, nan]],
    ['ak.drop_none(ak.nan_to_none(e))', 'float32', [[3, 1, 2], [], [5]]],
    ['ak.sort(e)', 'float32', [[1, 2, 3], [], [5, nan]]],
    ['ak.sort(e, ascending=False)', 'float32', [[3, 2, 1], [], [5, nan]]],
    ['ak.concatenate([e, n], axis=1)', 'float32', [[3, 1, 2, 10], [20], [nan, 5, 30]]],
    ['ak.where(ok, e, 0)', 'float32', [[3, 0, 2], [], [0, 5]]],
    ['ak.zeros_like(e)', 'float32', [[0, 0, 0], [], [0, 0]]],
    ["ak.values_astype(deep, 'float64')", 'float64', [[[1], [2, 3]], [], [[4]]]],
    ['np.isnan(e)', 'bool', [[0, 0, 0], [], [1, 0]]],
  ])('%s', (expression, kind, values) => {
    expect(run(expression)).toEqual({ kind, values });
  });

  it.each([
    ['ak.sum(e)', 'needs axis=-1'],
    ['ak.sum(e, axis=0)', 'axis must be the innermost level'],
    ['ak.flatten(e, axis=1)', 'has no lists of lists'],
    ['ak.nothing(e)', 'ak.nothing is not available'],
    ['e + other', 'different lengths in row 0'],
    ['e[n > 3]', 'picks elements of lists by truth values of the same lists'],
    ["ak.values_astype(e, 'text')", 'values_astype takes'],
    ['sqrt(e, axis=-1)', 'takes no argument axis'],
  ])('refuses %j', (expression, message) => {
    expect(() => run(expression)).toThrow(message);
  });

  it('becomes a column again, missing floats as NaN', () => {
    const first = compileExpression('ak.firsts(e)', types).evaluate(columns, 3);
    expect(toColumn(first)).toMatchObject({ kind: 'array', data: Float32Array.of(3, nan, nan) });
    const none = compileExpression('ak.argmin(e, axis=-1)', types).evaluate(columns, 3);
    expect(() => toColumn(none)).toThrow('ak.fill_none');
    const sums = compileExpression('e + 1', types).evaluate(columns, 3);
    expect(toColumn(sums, { units: 'keV' })).toMatchObject({
      kind: 'vov',
      cumulative: { data: Uint32Array.of(3, 3, 5) },
      attrs: { units: 'keV' },
    });
  });
});
