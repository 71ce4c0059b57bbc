import { describe, expect, it } from 'vitest';
import { compileExpression } from './compile.js';
import type { ColumnType, Kind } from './vector.js';

const columns = new Map<string, Kind | ColumnType>([
  ['trapEmax', 'float32'],
  ['bl_mean', 'float64'],
  ['n', 'int32'],
  ['lists', { kind: 'float64', depth: 1 }],
]);

describe('an expression that cannot be used says where, why and what instead', () => {
  it.each([
    ['2*trapEmx', 'no column or parameter trapEmx (did you mean trapEmax?) at character 3 of "2*trapEmx"'],
    ['trapemax', 'did you mean trapEmax?'],
    ['bl_maen', 'did you mean bl_mean?'],
    ['c1 * n', 'no column or parameter c1 (there are trapEmax, bl_mean, n, lists, c0)'],
    ['sqr(n)', 'there is no function sqr (did you mean sqrt?)'],
    ['ak.summ(lists, axis=-1)', 'the function ak.summ is not available: did you mean ak.sum?'],
    ['constructor(n)', 'there is no function constructor'],
    ['toString', 'no column or parameter toString'],
    ['ak.valueOf(lists)', 'ak.valueOf is not available'],
    ['n = 1', 'unexpected "=": compare by ==, at character 3'],
    ['n > 1 and n < 3', 'write (a > 1) & (b > 2)'],
    ['n > 1 or n < 3', 'write (a > 1) | (b > 2)'],
    ['not n', 'write ~(a > 1)'],
    ['!n', 'write ~(a > 1)'],
    ['(n > 1) && (n < 3)', 'write & once'],
    ['1 if n else 2', 'write where(condition, a, b)'],
    ['n + 99999999999999999999', 'too large for 64 bits: write it as a float, such as 1e20 at character 5'],
    ['n < -9223372036854775809', 'too large for 64 bits'],
    [`n * ${'9'.repeat(400)}`, 'too large for 64 bits'],
    ['n * 1e999', 'the number is not finite'],
    ['n + ((9**1024)**1024)**1024', 'the number is not finite'],
  ])('%s', (expression, fault) => {
    expect(() => compileExpression(expression, columns, { c0: 1 })).toThrow(fault);
  });

  it('shows the surroundings of a place in a long text', () => {
    const long = `${'n + '.repeat(1000)}none${' + n'.repeat(1000)}`;
    expect(() => compileExpression(long, columns)).toThrow(/at character 4001 of "….{120}…"$/);
  });

  it('takes whole numbers of 64 bits, and parameters beyond them as floats', () => {
    expect(compileExpression('n - 9223372036854775807', columns).kind).toBe('int64');
    expect(compileExpression('n < -9223372036854775808', columns).kind).toBe('bool');
    const large = compileExpression('n * c', columns, { c: 1e20 });
    expect(large.kind).toBe('float64');
    const n = { kind: 'int32', data: Int32Array.of(2), step: 1 } as const;
    expect([...large.evaluate(new Map([['n', n]]), 1).data]).toEqual([2e20]);
    expect(compileExpression('n + 2**64 / 2**60', columns).kind).toBe('float64');
  });
});
