import { describe, expect, it } from 'vitest';
import { toComplexColumn, toVector, typeOf } from './columns.js';
import { compileExpression } from './compile.js';
import type { Kind, Vector } from './vector.js';

const columns = new Map<string, Vector>([
  ['z', { kind: 'complex128', data: Float64Array.of(3, -1), imaginary: Float64Array.of(4, 0), step: 1 }],
  ['x', { kind: 'float32', data: Float32Array.of(2, 0.5), step: 1 }],
  ['ok', { kind: 'bool', data: Uint8Array.of(1, 0), step: 1 }],
]);
const kinds = new Map<string, Kind>([...columns].map(([name, { kind }]) => [name, kind]));

/** Real and imaginary parts in turns. */
function run(expression: string): { kind: Kind; values: number[] } {
  const compiled = compileExpression(expression, kinds, {}, { complex: true });
  const { kind, data, imaginary } = compiled.evaluate(columns, 2);
  expect(kind).toBe(compiled.kind);
  const values = Array.from(data as Float64Array, (re, i) => [re, imaginary?.[i] ?? 0]).flat();
  return { kind, values };
}

describe('complex numbers', () => {
  it.each<[string, Kind, number[]]>([
    ['z', 'complex128', [3, 4, -1, 0]],
    ['conj(z)', 'complex128', [3, -4, -1, -0]],
    ['conj(x)', 'complex128', [2, -0, 0.5, -0]],
    ['complex(x, 1)', 'complex128', [2, 1, 0.5, 1]],
    ['z + x', 'complex128', [5, 4, -0.5, 0]],
    ['x - z', 'complex128', [-1, -4, 1.5, 0]],
    ['z * conj(z)', 'complex128', [25, 0, 1, 0]],
    ['z / complex(0, 1)', 'complex128', [4, -3, 0, 1]],
    ['z ** 2', 'complex128', [-7, 24, 1, 0]],
    ['z ** -1', 'complex128', [0.12, -0.16, -1, 0]],
    ['z ** 0', 'complex128', [1, 0, 1, 0]],
    ['z ** 0.5', 'complex128', [2, 1, 0, 1]],
    ['sqrt(z)', 'complex128', [2, 1, 0, 1]],
    ['abs(z)', 'complex128', [5, 0, 1, 0]],
    ['-z', 'complex128', [-3, -4, 1, -0]],
    ['z == 3 + complex(0, 4)', 'bool', [1, 0, 0, 0]],
    ['z != -1', 'bool', [1, 0, 0, 0]],
    ['where(ok, z, x)', 'complex128', [3, 4, 0.5, 0]],
    ['real(z)', 'float64', [3, 0, -1, 0]],
    ['imag(z)', 'float64', [4, 0, 0, 0]],
    ['real(z) > 0', 'bool', [1, 0, 0, 0]],
    ['sum(z)', 'complex128', [2, 4]],
    ['prod(z)', 'complex128', [-3, -4]],
  ])('%s', (expression, kind, values) => {
    const found = run(expression);
    expect(found.kind).toBe(kind);
    found.values.forEach((value, i) => expect(value).toBeCloseTo(values[i]!, 14));
    expect(found.values).toHaveLength(values.length);
  });

  it.each([
    ['log(exp(z / 4))', 'z / 4'],
    ['log10(z)', 'log(z) / log(10)'],
    ['log1p(z)', 'log(1 + z)'],
    ['expm1(z)', 'exp(z) - 1'],
    ['sin(z)**2 + cos(z)**2', '1 + 0*z'],
    ['cosh(z)**2 - sinh(z)**2', '1 + 0*z'],
    ['tan(z)', 'sin(z) / cos(z)'],
    ['tanh(z)', 'sinh(z) / cosh(z)'],
    ['sin(arcsin(z))', 'z'],
    ['cos(arccos(z))', 'z'],
    ['tan(arctan(z / 3))', 'z / 3'],
    ['sinh(arcsinh(z))', 'z'],
    ['cosh(arccosh(z))', 'z'],
    ['tanh(arctanh(z / 3))', 'z / 3'],
  ])('%s is %s', (expression, same) => {
    const wanted = run(same).values;
    run(expression).values.forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 10));
  });

  it.each([
    ['z < x', '< does not take complex128 and float32'],
    ['z // 2', '// does not take'],
    ['z % 2', '% does not take'],
    ['z & 1', '& does not take'],
    ['~z', '~ needs truth values or integers, not complex128'],
    ['floor(z)', 'floor takes no complex numbers; take real'],
    ['arctan2(z, z)', 'arctan2 takes no complex numbers'],
    ['complex(z, 1)', 'complex takes 2 real numbers'],
    ['conj()', 'conj takes 1 argument, not 0'],
    ['min(z)', 'complex numbers have no order'],
    ['ak.fill_none(z, 0)', 'ak.fill_none takes no complex numbers'],
    ['lists * z', 'complex numbers and lists do not go together'],
  ])('%j is refused', (expression, message) => {
    const types = new Map<string, Kind | { kind: Kind; depth: number }>(kinds);
    types.set('lists', { kind: 'float64', depth: 1 });
    expect(() => compileExpression(expression, types, {}, { complex: true })).toThrow(message);
  });

  it('must be asked for as a result', () => {
    expect(() => compileExpression('2*z', kinds)).toThrow('it gives complex numbers; take real(…), imag(…)');
  });

  it('are columns of files', () => {
    const column = toComplexColumn(columns.get('z')!, { units: 'mV' });
    expect(typeOf(column)).toEqual({ kind: 'complex128', depth: 0 });
    expect(toVector(column)).toEqual(columns.get('z'));
    const narrow = { ...column, elementBytes: 8, bytes: new Uint8Array(Float32Array.of(3, 4, -1, 0).buffer) };
    expect(toVector(narrow)).toEqual(columns.get('z'));
    expect(typeOf({ ...column, elementType: { littleEndian: false } })).toBeUndefined();
  });
});
