import { describe, expect, it } from 'vitest';
import { DSPFatal, DspError, ProcessingChainError } from '../errors.js';
import { fitsAsWell } from '../testing/fit-quality.js';
import { implementations } from '../testing/kernel-modules.js';
import { differences, flatten } from '../testing/numbers.js';
import { kernelFor, runCase, type VectorFile } from '../testing/processor-vectors.js';
import { jsonFiles, readJson } from '../testing/test-data.js';
import missing from './missing-processors.json' with { type: 'json' };

const missingNames: readonly string[] = missing;
const files = jsonFiles('dsp/vectors').map(({ name, path }) => ({
  name,
  file: readJson(path) as VectorFile,
}));
/** Complex numbers are compared part by part. */
function partType(dtype: string): string {
  if (dtype === 'complex64') return 'float32';
  return dtype === 'complex128' ? 'float64' : dtype;
}

const exact = { rtol: 0, atol_rel_to_max: 0 };

function errorOf(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe.skipIf(files.length === 0)('vectors of processors (skipped without the test data)', () => {
  it('has an implementation for, or lists as missing, every processor', () => {
    const open = files
      .filter(({ file }) => kernelFor(file.processor) === undefined)
      .map(({ file }) => file.processor);
    expect(open.filter((processor) => !missingNames.includes(processor))).toEqual([]);
  });

  it('lists as missing only what has no implementation: the list may only shrink', () => {
    expect(missingNames.filter((processor) => kernelFor(processor) !== undefined)).toEqual([]);
  });

  describe.each(files.filter(({ file }) => kernelFor(file.processor) !== undefined))('$name', ({ file }) => {
    const spec = kernelFor(file.processor)!;
    const ways = implementations.filter(
      ({ name }) => spec.compiled || spec.factory !== undefined || name === 'reference',
    );
    describe.each(ways)('$name', ({ kernels }) => {
      it.each(file.cases)('$name', (vector) => {
        if (vector.raises !== undefined) {
          const error = errorOf(() => runCase(file, spec, vector, kernels));
          expect(error).toBeInstanceOf(DspError);
          if (error instanceof ProcessingChainError && !/dimension|elements/.test(error.message)) {
            expect(error.cause).toBeInstanceOf(DSPFatal);
          }
          return;
        }
        const found = runCase(file, spec, vector, kernels);
        const expected = Object.fromEntries(
          Object.entries(vector.outputs ?? {}).map(([name, { value }]) => [name, flatten(value)]),
        );
        for (const row of [0, 1] as const) {
          const result = Object.fromEntries(Object.entries(found).map(([name, ends]) => [name, ends[row]]));
          if (fitsAsWell(file.processor, vector, result, expected)) continue;
          for (const [name, { dtype }] of Object.entries(vector.outputs ?? {})) {
            const tolerance = file.tolerance[partType(dtype)] ?? exact;
            const faults = differences(result[name] ?? [], expected[name] ?? [], tolerance);
            expect(faults, `${name} of ${vector.name}`).toEqual([]);
          }
        }
      });
    });
  });
});

describe.skipIf(missingNames.length === 0)('processors without an implementation', () => {
  for (const processor of missingNames.filter((name) => files.some(({ file }) => file.processor === name))) {
    it.todo(`missing: ${processor}`);
  }
});
