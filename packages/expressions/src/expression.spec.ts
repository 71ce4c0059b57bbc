import { describe, expect, it } from 'vitest';
import { compileExpression, expressionNames } from './compile.js';
import { ExpressionError, MissingFunctionError } from './expression-error.js';
import type { Kind, Vector } from './vector.js';

const columns = new Map<string, Vector>([
  ['x', { kind: 'float32', data: Float32Array.of(1, Number.NaN, 3.5), step: 1 }],
  ['n', { kind: 'int32', data: Int32Array.of(-5, 0, 2147483647), step: 1 }],
  ['big', { kind: 'int64', data: BigInt64Array.of(2n ** 53n + 1n, -7n, 0n), step: 1 }],
  ['ok', { kind: 'bool', data: Uint8Array.of(1, 0, 1), step: 1 }],
]);
const columnKinds = new Map<string, Kind>([...columns].map(([name, { kind }]) => [name, kind]));

function run(
  expression: string,
  parameters: Record<string, number | boolean> = {},
): { kind: Kind; values: unknown[] } {
  const result = compileExpression(expression, columnKinds, parameters).evaluate(columns, 3);
  return { kind: result.kind, values: [...(result.data as Float64Array)] };
}

describe('expressions', () => {
  it.each<[string, Kind, unknown[]]>([
    ['2 + 3*x', 'float32', [5, Number.NaN, 12.5]],
    ['-n', 'int32', [5, 0, -2147483647]],
    ['n + 1', 'int32', [-4, 1, -2147483648]],
    ['big + 1', 'int64', [2n ** 53n + 2n, -6n, 1n]],
    ['-2**2 + 0*n', 'int32', [-4, -4, -4]],
    ['2**-1 + 0*x', 'float64', [0.5, Number.NaN, 0.5]],
    ['n // 2', 'int32', [-3, 0, 1073741823]],
    ['big // 2', 'int64', [2n ** 52n, -4n, 0n]],
    ['n % 3', 'int32', [-2, 0, 1]],
    ['n / 2', 'float64', [-2.5, 0, 1073741823.5]],
    ['~ok & (n < 1)', 'bool', [0, 1, 0]],
    ['ok | (x > 3)', 'bool', [1, 0, 1]],
    ['where(isnan(x), -1, x)', 'float32', [1, -1, 3.5]],
    ['abs(n)', 'float64', [5, 0, 2147483647]],
    ['x**2', 'float32', [1, Number.NaN, 12.25]],
    ['np.sqrt(x*x)', 'float32', [1, Number.NaN, 3.5]],
    ['1', 'int32', [1, 1, 1]],
    ['n << 1', 'int32', [-10, 0, -2]],
    ['real(n)', 'float64', [-5, 0, 2147483647]],
    ['imag(x)', 'float64', [0, 0, 0]],
    ['real(conj(x)) + imag(conj(n))', 'float64', [1, Number.NaN, 3.5]],
  ])('%s', (expression, kind, values) => {
    expect(run(expression)).toEqual({ kind, values });
  });

  it('lets parameters shadow columns', () => {
    expect(run('x + 1', { x: 2 })).toEqual({ kind: 'int32', values: [3, 3, 3] });
  });

  it('lists the names it needs', () => {
    expect(expressionNames('a*where(b > 1, c, a)')).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['x +', 'ends too early at character 4'],
    ['x $ 2', 'unexpected "$" at character 3'],
    ['(x', '")" is missing'],
    ['y + 1', 'there is no column or parameter y (there are x, n, big, ok) at character 1'],
    ['x & ok', '& does not take float32 and bool'],
    ['sqrt(x, x)', 'sqrt takes 1 argument, not 2'],
    ['1 < x < 3', 'comparisons cannot be chained'],
    ['1 + sum(x)', 'can only be the outermost'],
    ['nothing(x)', 'there is no function nothing'],
    ['__import__("os")', 'there is no function __import__'],
    ['x[ok]', 'picks elements of lists'],
    ['[x, n]', 'a list of columns can only'],
    ['x + "text"', 'a text can only stand'],
    ['ak.sum(x, axis=-1)', 'has one number per row'],
    ['', 'an expression is missing'],
  ])('refuses %j', (expression, message) => {
    expect(() => run(expression)).toThrow(ExpressionError);
    expect(() => run(expression)).toThrow(message);
  });

  it('says which functions are not there yet, and survives deep nesting', () => {
    expect(() => run('contains(x, "a")')).toThrow(MissingFunctionError);
    expect(() => run('contains(x, "a")')).toThrow('texts cannot be used in expressions');
    expect(() => run('real(x, n)')).toThrow('real takes 1 argument');
    expect(() => run(`${'('.repeat(5000)}x`)).toThrow('nested too deeply');
    expect(() => run(`${'-'.repeat(5000)}x`)).toThrow('nested too deeply');
  });

  it('reduces all rows to one value', () => {
    const compiled = compileExpression('sum(n*0 + 2)', columnKinds);
    expect(compiled.reduces).toBe(true);
    expect([...(compiled.evaluate(columns, 3).data as BigInt64Array)]).toEqual([6n]);
  });
});
