import { describe, expect, it } from 'vitest';
import { exampleOf, exampleSizes, examplesOf } from '../testing/kernel-examples.js';
import type { ArgumentRange } from './kernel-spec.js';
import { kernels } from './kernels.js';

const n = 100;

function isWithin(value: number, { low, high, isAbove, isWhole, choices }: ArgumentRange): boolean {
  if (choices !== undefined)
    return choices.some((choice) => (typeof choice === 'number' ? choice : choice.charCodeAt(0)) === value);
  const top = high === 'n' ? n : high === 'n - 1' ? n - 1 : (high ?? Infinity);
  const bottom = low ?? -Infinity;
  if (isWhole === true && !Number.isInteger(value)) return false;
  return (isAbove === true ? value > bottom : value >= bottom) && value <= top;
}

/** Parameters that take any number: what is none of the choices counts as one of them. */
const lenient = ['mw_type', 'skip_zeroes'];

const ranged = kernels.filter(({ args }) => args.some(({ range }) => range !== undefined));

describe('ranges of parameters', () => {
  it('are stated for inputs only', () => {
    const outputs = kernels.flatMap(({ args }) =>
      args.filter(({ output, range }) => output === true && range !== undefined),
    );
    expect(outputs).toEqual([]);
    expect(ranged.length).toBeGreaterThan(40);
  });

  const compiled = ranged.filter((spec) => spec.compiled);
  it.each(compiled.map((spec) => [spec.name, spec] as const))('of %s hold its examples', (_, spec) => {
    for (const example of examplesOf(spec)) {
      for (const { name, range } of spec.args) {
        if (range === undefined) continue;
        const value = exampleOf(spec, name, example);
        expect({ name, value, isWithin: isWithin(value, range) }).toMatchObject({ isWithin: true });
      }
    }
  });

  const checked = compiled.filter(({ check }) => check !== undefined);
  it.each(checked.map((spec) => [spec.name, spec] as const))(
    'of %s have choices that its check accepts, and no others',
    (_, spec) => {
      const sizes = exampleSizes(spec, n);
      const scalars = Object.fromEntries(
        spec.args
          .filter(({ range, output }) => output !== true && range !== undefined)
          .map(({ name }) => [name, exampleOf(spec, name)]),
      );
      for (const { name, range } of spec.args) {
        const refused = (value: number) =>
          new RegExp(`${name} must be|mode '.' does not exist`).test(
            spec.check?.({ ...scalars, [name]: value }, sizes) ?? '',
          );
        for (const choice of range?.choices ?? [])
          expect(refused(typeof choice === 'number' ? choice : choice.charCodeAt(0))).toBe(false);
        if (range?.choices?.every((choice) => typeof choice === 'number') === true)
          expect({ name, refused: refused(97) }).toEqual({ name, refused: !lenient.includes(name) });
      }
    },
  );
});
