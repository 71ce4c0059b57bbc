import { describe, expect, it } from 'vitest';
import type { BinaryOperator } from '../ast.js';
import {
  type RealKind as Kind,
  type KindArray,
  realKinds as kinds,
  newArray,
  type Vector,
} from '../vector.js';
import { compiledLoops } from './compiled-loops.js';
import { comparisons, operatorCodes } from './operator-codes.js';
import { plainBinary, plainChoose, plainConvert } from './plain-loops.js';

const operators = Object.keys(operatorCodes) as BinaryOperator[];
const special: { readonly [K in Kind]: readonly (number | bigint)[] } = {
  bool: [0, 1],
  int32: [0, 1, -1, 2, -2, 7, -7, 31, 32, 33, 64, -2147483648, 2147483647, 65536],
  int64: [
    0n,
    1n,
    -1n,
    2n,
    -3n,
    63n,
    64n,
    65n,
    -(2n ** 63n),
    2n ** 63n - 1n,
    2n ** 53n + 1n,
    16777217n,
    2n ** 40n,
  ],
  float32: [0, -0, 1, -1.5, 2.5, 1e30, -1e30, Number.NaN, Infinity, -Infinity, 2147483648, 0.3],
  float64: [0, -0, 1, -1.5, 2.5, 1e300, -1e300, Number.NaN, Infinity, -Infinity, 2 ** 63, 0.1, 16777217],
};

/** Every value of the kind, over and over, from another start for another seed. */
function vectorOf(kind: Kind, length: number, seed: number): Vector {
  const data = newArray(kind, length);
  for (let i = 0; i < length; i++) {
    const values = special[kind];
    (data as Float64Array)[i] = values[
      (i * (seed + 1) + Math.floor((i * seed) / values.length)) % values.length
    ] as number;
  }
  return { kind, data, step: 1 };
}

function constantOf(kind: Kind, index: number): Vector {
  return { kind, data: vectorOf(kind, special[kind].length, 0).data.slice(index, index + 1), step: 0 };
}

/** −1 when all values are the same, NaN like NaN and −0 unlike 0. */
function firstDifference(found: KindArray[Kind], wanted: KindArray[Kind]): number {
  for (let i = 0; i < wanted.length; i++) if (!Object.is(found[i], wanted[i])) return i;
  return found.length === wanted.length ? -1 : wanted.length;
}

const takes = (operator: BinaryOperator, kind: Kind): boolean => {
  const float = kind === 'float32' || kind === 'float64';
  if (comparisons.has(operator)) return true;
  if (operator === '/') return float;
  if (['&', '|', '^'].includes(operator)) return !float;
  if (kind === 'bool') return false;
  return !float || !['<<', '>>', '%', '**'].includes(operator);
};
const cases = operators.flatMap((operator) =>
  kinds.filter((kind) => takes(operator, kind)).map((kind) => ({ operator, kind })),
);
const loops = compiledLoops();
if (loops === undefined) throw new Error('The compiled loops are missing: npx nx build expressions.');

describe('compiled loops give what the plain ones give', () => {
  it.each(cases)('$kind $operator', ({ operator, kind }) => {
    for (const length of [0, 1, 400, 4096, 4097]) {
      for (const b of [vectorOf(kind, length, 2), ...special[kind].map((_, i) => constantOf(kind, i))]) {
        const a = vectorOf(kind, length, 0);
        const result = comparisons.has(operator) ? 'bool' : kind;
        const [wanted, found] = [newArray(result, length), newArray(result, length)];
        plainBinary(operator, kind, a, b, wanted);
        expect(loops.binary(operator, kind, a, b, found)).toBe(true);
        expect(firstDifference(found, wanted)).toBe(-1);
      }
    }
  });

  it.each(['%', '**'] as const)('leave %s of floats to the plain ones', (operator) => {
    const a = vectorOf('float64', 3, 0);
    expect(loops.binary(operator, 'float64', a, a, new Float64Array(3))).toBe(false);
  });

  it.each(kinds.flatMap((from) => kinds.filter((to) => to !== from).map((to) => ({ from, to }))))(
    '$from to $to',
    ({ from, to }) => {
      const values = vectorOf(from, 5000, 0);
      const [wanted, found] = [newArray(to, 5000), newArray(to, 5000)];
      plainConvert(values, to, wanted);
      loops.convert(values, to, found);
      expect(firstDifference(found, wanted)).toBe(-1);
    },
  );

  it.each(kinds)('choice of %s', (kind) => {
    const [a, b] = [vectorOf(kind, 4100, 0), vectorOf(kind, 4100, 3)];
    for (const test of [vectorOf('bool', 4100, 0), constantOf('bool', 1)]) {
      const [wanted, found] = [newArray(kind, 4100), newArray(kind, 4100)];
      plainChoose(test, a, b, wanted);
      loops.choose(test, a, b, found);
      expect(firstDifference(found, wanted)).toBe(-1);
    }
  });
});
