import { describe, expect, it } from 'vitest';
import { planChain } from './chain/plan.js';
import { DspError } from './errors.js';
import { type KernelSpec, parseSignature } from './spec/kernel-spec.js';
import { kernels } from './spec/kernels.js';
import { parseTypes } from './spec/number-types.js';
import { numpyKernels } from './spec/numpy.js';
import { gaussianSmoothingKernel } from './spec/scipy.js';
import { batchOf, numbersOf, type TestColumn } from './testing/batches.js';
import {
  exampleArray,
  exampleOf,
  exampleSizes,
  examplesOf,
  exampleWaveform,
  type KernelExample,
} from './testing/kernel-examples.js';
import { implementations } from './testing/kernel-modules.js';
import { differences } from './testing/numbers.js';
import type { KernelModule } from './wasm/kernel-module.js';

const rows = 7;

interface Trial {
  readonly example: KernelExample;
  readonly n: number;
  readonly dtype: 'float32' | 'float64';
  /** First sample of the waveform that is used: 1 puts every sample off its natural place. */
  readonly start: number;
  /** Row whose waveform holds a NaN. */
  readonly nanRow?: number;
  /** Samples are whole numbers. */
  readonly isWhole?: true;
  /** Parameters differ from row to row (as far as their type allows). */
  readonly perRow?: boolean;
}

/** A kernel as configurations call it. */
function processorOf(spec: KernelSpec, args: readonly unknown[]) {
  const [waveform, first, second, output] = args;
  if (numpyKernels.includes(spec)) return { function: `numpy.${spec.name}`, args: [waveform, 1, first] };
  if (spec !== gaussianSmoothingKernel) return { function: `dspeed.processors.${spec.name}`, args };
  const named = [`truncate=${String(second)}`, `output=${String(output)}`];
  return { function: 'scipy.ndimage.gaussian_filter1d', args: [waveform, first, ...named] };
}

/** All results of a kernel on example waveforms, or the text of what it raised. */
function outcome(
  spec: KernelSpec,
  module: KernelModule,
  trial: Trial,
): Readonly<Record<string, number[]>> | string {
  const shapes = parseSignature(spec.signature).args;
  const types = parseTypes(spec.types[trial.dtype === 'float32' ? 0 : 1] ?? '');
  const sizes = exampleSizes(spec, trial.n, trial.example);
  const length = trial.n + trial.start;
  const round = trial.isWhole === true ? Math.round : (value: number) => value;
  const waveforms = Array.from({ length: rows }, (_, row) => exampleWaveform(length, row).map(round));
  if (trial.nanRow !== undefined) waveforms[trial.nanRow]![length - 1] = Number.NaN;
  const columns: TestColumn[] = [
    { name: 'wf_all', dtype: trial.dtype, shape: [length], values: waveforms.flat() },
    { name: 'row_number', dtype: 'int32', values: Array.from({ length: rows }, (_, row) => row) },
  ];
  const outputs: string[] = [];
  const args = spec.args.map(({ name, output }, position) => {
    const letters = shapes[position] ?? [];
    if (output === true) {
      outputs.push(`out_${name}`);
      return letters.length === 0 ? `out_${name}` : `out_${name}(${sizes[letters[0] as 'n'].toString()})`;
    }
    const array = exampleArray(name, sizes, trial.example);
    if (letters.length > 0 && array === undefined) return `wf_all[${trial.start.toString()}:]`;
    const value = array ?? [exampleOf(spec, name, trial.example)];
    if (types[position] === 'int8') return `'${String.fromCharCode(value[0] ?? 0)}'`;
    const differs = array !== undefined || (trial.example.perRow?.includes(name) ?? true);
    if (trial.perRow !== true || !differs) return array ?? value[0];
    columns.push({
      name: `in_${name}`,
      dtype: types[position] as 'float32',
      shape: array === undefined ? [] : [array.length],
      values: Array.from({ length: rows }, (_, row) => value.map((number) => number + (row % 3))).flat(),
    });
    return `in_${name}`;
  });
  const input = batchOf(rows, columns);
  const processor = processorOf(spec, args);
  try {
    const chain = planChain(
      { outputs, processors: { [outputs.join(',')]: processor } },
      { input, kernels: module },
    );
    const result = chain.run(input);
    return Object.fromEntries(outputs.map((name) => [name, numbersOf(result, name)]));
  } catch (error) {
    if (error instanceof DspError) return error.message;
    throw error;
  }
}

const tolerances = {
  float32: { rtol: 3e-5, atol_rel_to_max: 3e-6 },
  float64: { rtol: 1e-9, atol_rel_to_max: 1e-11 },
};

function expectSame(spec: KernelSpec, trial: Trial): void {
  const [simd, scalar, reference] = implementations.map(({ kernels: module }) =>
    outcome(spec, module, trial),
  );
  if (typeof reference === 'string') {
    expect([simd, scalar]).toEqual([reference, reference]);
    return;
  }
  for (const found of [simd, scalar]) {
    if (typeof found === 'string') expect.fail(`raised '${found}', the reference did not`);
    for (const [name, values] of Object.entries(reference ?? {})) {
      expect(differences(found?.[name] ?? [], values, tolerances[trial.dtype]), name).toEqual([]);
    }
  }
}

const compiled = [...kernels, ...numpyKernels, gaussianSmoothingKernel].filter((spec) => spec.compiled);
const lengths = [0, 1, 3, 4, 5, 15, 16, 17, 100, 257];
const dtypes = ['float32', 'float64'] as const;

const cases = compiled.flatMap((spec) =>
  examplesOf(spec).map((example) => ({ name: `${spec.name} ${example.name}`.trim(), spec, example })),
);

/** Rows of the results that hold nothing but numbers of the clean run, and the one that must not. */
function expectOnlyRowSpoilt(
  spec: KernelSpec,
  module: KernelModule,
  trial: Trial & { readonly nanRow: number },
): void {
  const { nanRow, ...rest } = trial;
  const found = outcome(spec, module, trial);
  const clean = outcome(spec, module, rest);
  if (typeof found === 'string' || typeof clean === 'string') {
    expect([spec.nan, typeof clean]).toEqual(['own', 'object']);
    return;
  }
  const types = parseTypes(spec.types[0] ?? '');
  for (const [name, values] of Object.entries(found)) {
    const size = values.length / rows;
    const isInteger = types[spec.args.findIndex((argument) => `out_${argument.name}` === name)] === 'uint32';
    const isSpoilt = (_: number, i: number) => Math.floor(i / size) === nanRow;
    const kept = (list: readonly number[]) => list.filter((value, i) => !isSpoilt(value, i));
    expect(differences(kept(values), kept(clean[name] ?? []), tolerances[trial.dtype]), name).toEqual([]);
    values.filter(isSpoilt).forEach((value) => {
      if (spec.nan === 'propagate') expect(isInteger ? value === 0 : Number.isNaN(value)).toBe(true);
    });
  }
}

describe.each(cases)('$name: SIMD, scalar and reference agree', ({ spec, example }) => {
  describe.each(dtypes)('in %s', (dtype) => {
    it.each(lengths)('for %i samples', (n) => {
      for (const start of [0, 1]) expectSame(spec, { example, n, dtype, start });
    });

    it('with parameters that differ from row to row', () => {
      for (const n of [5, 100]) expectSame(spec, { example, n, dtype, start: 0, perRow: true });
    });

    it('with a NaN in one waveform, which makes that row NaN and no other', () => {
      for (const nanRow of [0, 5]) {
        const trial = { example, n: 100, dtype, start: 0, nanRow };
        expectSame(spec, trial);
        for (const { kernels: module } of implementations) expectOnlyRowSpoilt(spec, module, trial);
      }
    });
  });
});

describe('histograms of whole numbers, which are counted value by value', () => {
  const histograms = cases.filter(({ name }) => /^histogram(_around_mode)?( |$)/.test(name));

  it.each(histograms)('$name', ({ spec, example }) => {
    expect(histograms.length).toBeGreaterThan(2);
    for (const n of [64, 257, 1000])
      for (const dtype of dtypes) expectSame(spec, { example, n, dtype, start: 0, isWhole: true });
  });
});

describe('transforms of lengths with every kind of pass', () => {
  const spectra = cases.filter(({ name }) => ['psd', 'fft', 'ifft'].includes(name));

  describe.each(spectra)('$name', ({ spec, example }) => {
    it.each(spec.name === 'ifft' ? [13, 25, 49, 65, 97] : [12, 24, 48, 96, 128, 192])(
      'of %i samples',
      (n) => {
        for (const dtype of dtypes) expectSame(spec, { example, n, dtype, start: 0 });
      },
    );
  });
});

describe('the compiled kernels', () => {
  it.each(implementations.slice(0, 2))(
    'of the $name build hold every kernel and every transfer',
    ({ kernels: module }) => {
      const instance = module.instantiate(0);
      const inputs = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'float32', 'float64'];
      const names = [
        ...compiled.flatMap(({ name, functions }) =>
          (functions ?? [name]).flatMap((one) => [`${one}_f32`, `${one}_f64`]),
        ),
        ...inputs.flatMap((input) => [`load_${input}_f32`, `load_${input}_f64`]),
        'store_f32',
        'store_f64',
      ];
      expect(names.filter((name) => instance.kernel(name) === undefined)).toEqual([]);
    },
  );
});

describe('kernel specifications', () => {
  it.each([...kernels, ...numpyKernels].map((spec) => ({ name: spec.name, spec })))(
    '$name is consistent',
    ({ spec }) => {
      const shapes = parseSignature(spec.signature);
      expect(shapes.args).toHaveLength(spec.args.length);
      for (const types of spec.types) expect(parseTypes(types)).toHaveLength(spec.args.length);
      const outputs = spec.args.map(({ output }) => output === true);
      if (shapes.results > 0) {
        expect(outputs).toEqual(outputs.map((_, position) => position >= outputs.length - shapes.results));
      }
      expect(outputs).toContain(true);
      expect(new Set(spec.args.map(({ name }) => name)).size).toBe(spec.args.length);
    },
  );

  it('have one entry per name', () => {
    expect(new Set(kernels.map(({ name }) => name)).size).toBe(kernels.length);
  });
});
