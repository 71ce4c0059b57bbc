import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allocate } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { callReference } from '../spec/call-reference.js';
import { type KernelSpec, type Numbers, parseSignature } from '../spec/kernel-spec.js';
import { kernels } from '../spec/kernels.js';
import { parseTypes, storedType } from '../spec/number-types.js';
import { numpyKernels } from '../spec/numpy.js';
import { seed2021 } from '../spec/seed-2021.js';

const all = [...kernels, ...numpyKernels, ...seed2021];

/** Arguments of a kernel in double, all arrays of `length`, all numbers `scalar`. */
function argumentsOf(spec: KernelSpec, length: number, scalar: number): Numbers[] {
  const dtypes = parseTypes(spec.types[1] ?? spec.types[0] ?? '').map(storedType);
  return parseSignature(spec.signature).args.map((letters, position) => {
    const count = letters.reduce((product) => product * length, 1);
    const array = allocate(dtypes[position]!, count) as Numbers;
    const isBig = array instanceof BigInt64Array || array instanceof BigUint64Array;
    return isBig ? array : array.fill(letters.length === 0 ? scalar : 1);
  });
}

function sizesOf(length: number): { n: number; m: number; p: number; q: number } {
  return { n: length, m: length, p: length, q: length };
}

const named = (list: readonly KernelSpec[]) =>
  list.map((spec) => ({ name: `${spec.module ?? ''} ${spec.name}`.trim(), spec }));

describe('rules that hold for every processor', () => {
  it.each(named(all.filter(({ nan }) => nan === 'propagate')))(
    '$name: a NaN makes all results NaN before parameters are looked at',
    ({ spec }) => {
      spec.args.forEach(({ output, nanAllowed }, position) => {
        if (output === true || nanAllowed === true) return;
        const args = argumentsOf(spec, 5, -1.5);
        const input = args[position]!;
        if (!(input instanceof Float32Array || input instanceof Float64Array)) return;
        input[input.length - 1] = Number.NaN;
        expect(callReference(spec, args, sizesOf(5), {})).toBeUndefined();
        spec.args.forEach((argument, place) => {
          if (argument.output !== true) return;
          const result = args[place]!;
          if (result instanceof Float32Array || result instanceof Float64Array)
            expect(result.every((value) => Number.isNaN(value))).toBe(true);
        });
      });
    },
  );

  it.each(named(all))(
    '$name: short waveforms and odd parameters give results or a text, never more',
    ({ spec }) => {
      for (const length of [0, 1, 2, 3, 4]) {
        for (const scalar of [0, 1, 2, -1, 0.5, 1e6]) {
          const args = argumentsOf(spec, length, scalar);
          const fault = callReference(spec, args, sizesOf(length), {});
          expect(['undefined', 'string']).toContain(typeof fault);
          if (fault !== undefined) expect(fault).not.toMatch(/undefined|\[object/);
        }
      }
    },
  );

  it('have a test that names them: beside the references, with chains, or with models', () => {
    const specs = ['.', '../chain', '../models'].flatMap((folder) =>
      readdirSync(join(import.meta.dirname, folder))
        .filter((file) => file.endsWith('.spec.ts') && file !== 'rules.spec.ts')
        .map((file) => readFileSync(join(import.meta.dirname, folder, file), 'utf8')),
    );
    const text = specs.join('\n');
    const unnamed = all.filter(({ name }) => !new RegExp(`\\b${name}\\b`).test(text)).map(({ name }) => name);
    expect(unnamed).toEqual([]);
  });
});
