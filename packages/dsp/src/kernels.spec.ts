import type { RecordBatch } from '@countroom/records';
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

/** What a kernel gives: results by name, or the text of what it raised. */
type Outcome = Readonly<Record<string, number[]>> | string;

/** One call of a trial, and the columns that it needs; names carry the trial's number. */
interface TrialCall {
  readonly columns: readonly TestColumn[];
  /** Names of columns by names of results. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly processor: object;
}

const made = new Map<string, readonly number[]>();

/** Samples of all waveforms, made once. */
function samplesOf({ n, start, isWhole, nanRow }: Trial): readonly number[] {
  const key = [n + start, isWhole, nanRow].join();
  const known = made.get(key);
  if (known !== undefined) return known;
  const waveforms = Array.from({ length: rows }, (_, row) => exampleWaveform(n + start, row));
  const samples = waveforms.flat().map((value) => (isWhole === true ? Math.round(value) : value));
  if (nanRow !== undefined) samples[(nanRow + 1) * (n + start) - 1] = Number.NaN;
  made.set(key, samples);
  return samples;
}

function callOf(spec: KernelSpec, trial: Trial, number: string): TrialCall {
  const shapes = parseSignature(spec.signature).args;
  const types = parseTypes(spec.types[trial.dtype === 'float32' ? 0 : 1] ?? '');
  const sizes = exampleSizes(spec, trial.n, trial.example);
  const shape = [trial.n + trial.start];
  const columns: TestColumn[] = [
    { name: `wf_${number}`, dtype: trial.dtype, shape, values: samplesOf(trial) },
  ];
  const outputs: Record<string, string> = {};
  const args = spec.args.map(({ name, output }, position) => {
    const letters = shapes[position] ?? [];
    if (output === true) {
      const result = `out_${number}_${name}`;
      outputs[name] = result;
      return letters.length === 0 ? result : `${result}(${sizes[letters[0] as 'n'].toString()})`;
    }
    const array = exampleArray(name, sizes, trial.example);
    if (letters.length > 0 && array === undefined) return `wf_${number}[${trial.start.toString()}:]`;
    const value = array ?? [exampleOf(spec, name, trial.example)];
    if (types[position] === 'int8') return `'${String.fromCharCode(value[0] ?? 0)}'`;
    const differs = array !== undefined || (trial.example.perRow?.includes(name) ?? true);
    if (trial.perRow !== true || !differs) return array ?? value[0];
    columns.push({
      name: `in_${number}_${name}`,
      dtype: types[position] as 'float32',
      shape: array === undefined ? [] : [array.length],
      values: Array.from({ length: rows }, (_, row) => value.map((value) => value + (row % 3))).flat(),
    });
    return `in_${number}_${name}`;
  });
  return { columns, outputs, processor: processorOf(spec, args) };
}

/**
 * What a kernel gives in every trial. All are calls of one chain, for the sake of time; where one of them raises, halves of
 * them are, down to one.
 */
function outcomes(module: KernelModule, calls: readonly TrialCall[], input: RecordBatch): readonly Outcome[] {
  const config = {
    outputs: calls.flatMap(({ outputs }) => Object.values(outputs)),
    processors: Object.fromEntries(
      calls.map(({ outputs, processor }) => [Object.values(outputs).join(','), processor]),
    ),
  };
  try {
    const result = planChain(config, { input, kernels: module }).run(input);
    return calls.map(({ outputs }) =>
      Object.fromEntries(Object.entries(outputs).map(([name, column]) => [name, numbersOf(result, column)])),
    );
  } catch (error) {
    if (!(error instanceof DspError)) throw error;
    if (calls.length === 1) return [error.message];
    const half = calls.length >> 1;
    return [calls.slice(0, half), calls.slice(half)].flatMap((some) => outcomes(module, some, input));
  }
}

const tolerances = {
  float32: { rtol: 3e-5, atol_rel_to_max: 3e-6 },
  float64: { rtol: 1e-9, atol_rel_to_max: 1e-11 },
};

/** What SIMD, scalar build and reference give, which must be the same. */
function expectSame(spec: KernelSpec, trials: readonly Trial[]): readonly (readonly Outcome[])[] {
  const calls = trials.map((trial, i) => callOf(spec, trial, i.toString()));
  const rowNumbers = Array.from({ length: rows }, (_, row) => row);
  const input = batchOf(rows, [
    { name: 'row_number', dtype: 'int32', values: rowNumbers },
    ...calls.flatMap(({ columns }) => columns),
  ]);
  const all = implementations.map(({ kernels: module }) => outcomes(module, calls, input));
  const [simd, scalar, reference] = all;
  trials.forEach((trial, i) => {
    const wanted = reference?.[i] ?? '';
    const where = `${trial.n.toString()} samples from ${trial.start.toString()} on`;
    for (const found of [simd?.[i], scalar?.[i]]) {
      if (typeof wanted === 'string' || typeof found !== 'object') {
        expect(found, where).toEqual(wanted);
        continue;
      }
      for (const [name, values] of Object.entries(wanted)) {
        const different = differences(found[name] ?? [], values, tolerances[trial.dtype]);
        expect(different, `${name}, ${where}`).toEqual([]);
      }
    }
  });
  return all;
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
  found: Outcome,
  clean: Outcome,
  { nanRow, dtype }: Trial & { readonly nanRow: number },
): void {
  if (typeof found === 'string' || typeof clean === 'string') {
    expect([spec.nan, typeof clean]).toEqual(['own', 'object']);
    return;
  }
  const types = parseTypes(spec.types[0] ?? '');
  for (const [name, values] of Object.entries(found)) {
    const size = values.length / rows;
    const isInteger = types[spec.args.findIndex((argument) => argument.name === name)] === 'uint32';
    const isSpoilt = (_: number, i: number) => Math.floor(i / size) === nanRow;
    const kept = (list: readonly number[]) => list.filter((value, i) => !isSpoilt(value, i));
    expect(differences(kept(values), kept(clean[name] ?? []), tolerances[dtype]), name).toEqual([]);
    const isNone = (value: number) => (isInteger ? value === 0 : Number.isNaN(value));
    if (spec.nan === 'propagate') expect(values.filter(isSpoilt).every(isNone), name).toBe(true);
  }
}

describe.each(cases)('$name: SIMD, scalar and reference agree', ({ spec, example }) => {
  describe.each(dtypes)('in %s', (dtype) => {
    it(`for ${lengths.join(', ')} samples`, () => {
      expectSame(
        spec,
        lengths.flatMap((n) => [0, 1].map((start) => ({ example, n, dtype, start }))),
      );
    });

    it('with parameters that differ from row to row', () => {
      expectSame(
        spec,
        [5, 100].map((n) => ({ example, n, dtype, start: 0, perRow: true })),
      );
    });

    it('with a NaN in one waveform, which makes that row NaN and no other', () => {
      const clean = { example, n: 100, dtype, start: 0 };
      const trials = [0, 5].map((nanRow) => ({ ...clean, nanRow }));
      for (const [without, ...found] of expectSame(spec, [clean, ...trials]))
        trials.forEach((trial, i) => {
          expectOnlyRowSpoilt(spec, found[i]!, without!, trial);
        });
    });
  });
});

describe('histograms of whole numbers, which are counted value by value', () => {
  const histograms = cases.filter(({ name }) => /^histogram(_around_mode)?( |$)/.test(name));

  it.each(histograms)('$name', ({ spec, example }) => {
    expect(histograms.length).toBeGreaterThan(2);
    for (const dtype of dtypes)
      expectSame(
        spec,
        [64, 257, 1000].map((n) => ({ example, n, dtype, start: 0, isWhole: true })),
      );
  });
});

describe('transforms of lengths with every kind of pass', () => {
  const spectra = cases.filter(({ name }) => ['psd', 'fft', 'ifft'].includes(name));

  it.each(spectra)('$name', ({ spec, example }) => {
    const sizes = spec.name === 'ifft' ? [13, 25, 49, 65, 97] : [12, 24, 48, 96, 128, 192];
    for (const dtype of dtypes)
      expectSame(
        spec,
        sizes.map((n) => ({ example, n, dtype, start: 0 })),
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
