import { planChain } from '../chain/plan.js';
import type { KernelSpec } from '../spec/kernel-spec.js';
import { kernels } from '../spec/kernels.js';
import { isComplex, type NumberType, storedType } from '../spec/number-types.js';
import { seed2021 } from '../spec/seed-2021.js';
import type { KernelModule } from '../wasm/kernel-module.js';
import { batchOf, numbersOf, type TestColumn } from './batches.js';
import { flatten, type Nested, shapeOf, type Tolerance } from './numbers.js';

/** One case of a file of processor vectors. */
export interface VectorCase {
  readonly name: string;
  readonly dtype: string;
  readonly inputs: Readonly<Record<string, { readonly dtype: string; readonly value: Nested }>>;
  readonly outputs?: Readonly<
    Record<string, { readonly dtype: string; readonly shape: readonly number[]; readonly value: Nested }>
  >;
  readonly init_args?: readonly unknown[];
  readonly raises?: { readonly class: string };
}

/** A file of processor vectors. */
export interface VectorFile {
  readonly processor: string;
  readonly arg_order: readonly string[];
  readonly tolerance: Readonly<Record<string, Tolerance>>;
  readonly cases: readonly VectorCase[];
}

/** The kernel that a file of vectors is about, or undefined when it has no implementation. */
export function kernelFor(processor: string): KernelSpec | undefined {
  return [...kernels, ...seed2021].find(
    ({ name, module, vectors }) =>
      (module === undefined && name === processor) || vectors?.includes(processor) === true,
  );
}

/** Rows that each case is run on: more than a tile, and not a multiple of it. */
const rows = 5;

function literal(value: Nested): unknown {
  if (value === 'NaN') return 'np.nan';
  if (value === 'Infinity') return 'np.inf';
  if (value === '-Infinity') return '-np.inf';
  return value;
}

function declaration(name: string, shape: readonly number[], dtype: string): string {
  if (shape.length === 0) return `out_${name}(dtype='${dtype}')`;
  const extents = shape.length === 1 ? String(shape[0]) : `[${shape.join(', ')}]`;
  return `out_${name}(shape=${extents}, dtype='${dtype}')`;
}

/** Runs one case as a chain of one processor on several equal rows; results by output name, of the first and last row. */
export function runCase(
  file: VectorFile,
  spec: KernelSpec,
  vector: VectorCase,
  module: KernelModule,
): Readonly<Record<string, readonly [number[], number[]]>> {
  const columns: TestColumn[] = [
    { name: 'row_number', dtype: 'int32', values: Array.from({ length: rows }, (_, i) => i) },
  ];
  const outputs: string[] = [];
  const length = Object.values(vector.inputs).reduce(
    (most, { value }) => Math.max(most, shapeOf(value)[0] ?? 0),
    0,
  );
  const args = file.arg_order.map((name, position): unknown => {
    const input = vector.inputs[name];
    if (input === undefined) {
      outputs.push(name);
      const expected = vector.outputs?.[name];
      const isScalar = /\(\)/.test(spec.signature.match(/\([^)]*\)/g)?.[position] ?? '');
      if (expected === undefined)
        return spec.signature.includes('->') || isScalar
          ? `out_${name}`
          : `out_${name}(${(length + 1).toString()})`;
      return declaration(name, expected.shape, expected.dtype);
    }
    if (input.dtype === 'char') return `'${String(input.value)}'`;
    const isPlain = !Array.isArray(input.value);
    if (input.dtype === 'float' || input.dtype === 'int' || (input.dtype === 'bool' && isPlain))
      return literal(input.value);
    const value = input.value;
    const one = flatten(value);
    const type = input.dtype as NumberType;
    columns.push({
      name: `in_${name}`,
      dtype: storedType(type),
      shape: shapeOf(value),
      values: Array.from({ length: rows }, () => one).flat(),
    });
    return isComplex(type) ? `in_${name}(dtype='${type}')` : `in_${name}`;
  });
  const key = outputs.map((name) => `out_${name}`).join(', ');
  const config = {
    outputs: outputs.map((name) => `out_${name}`),
    processors: {
      [key]: {
        function: spec.name,
        module: spec.module ?? 'dspeed.processors',
        args,
        ...(vector.init_args === undefined ? {} : { init_args: vector.init_args }),
      },
    },
  };
  const input = batchOf(rows, columns);
  const result = planChain(config, { input, kernels: module }).run(input);
  return Object.fromEntries(
    outputs.map((name) => {
      const numbers = numbersOf(result, `out_${name}`);
      const size = numbers.length / rows;
      return [name, [numbers.slice(0, size), numbers.slice((rows - 1) * size)] as const];
    }),
  );
}
