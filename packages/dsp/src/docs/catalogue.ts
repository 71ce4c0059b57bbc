import { builtinNames } from '../chain/recipe-call.js';
import type { InitArgument } from '../spec/factory.js';
import type { ArgumentSpec, KernelSpec } from '../spec/kernel-spec.js';
import { kernels } from '../spec/kernels.js';
import { numpyKernels } from '../spec/numpy.js';
import { gaussianSmoothingKernel } from '../spec/scipy.js';
import { seed2021 } from '../spec/seed-2021.js';

/** What an editor tells about a processor: the specification without anything that computes. */
export interface CatalogueEntry {
  readonly name: string;
  /** What configurations give as its module. */
  readonly module: string;
  readonly doc: string;
  /** Shapes of the arguments, such as `(n),()->(n)`. */
  readonly signature: string;
  readonly args: readonly ArgumentSpec[];
  /** Entries of `init_args`, for processors that are made. */
  readonly initArgs: readonly InitArgument[];
}

/** A function that expressions may call. */
export interface BuiltinEntry {
  readonly name: string;
  /** How it is written. */
  readonly form: string;
  readonly doc: string;
}

function entry(spec: KernelSpec, module: string, name = spec.name): CatalogueEntry {
  const { doc, signature, args, factory } = spec;
  return { name, module, doc, signature, args, initArgs: factory?.args ?? [] };
}

/** Every processor that a configuration may name, as plain data: those of today first. */
export function processorCatalogue(): readonly CatalogueEntry[] {
  return [
    ...kernels.map((spec) => entry(spec, 'dspeed.processors')),
    ...numpyKernels.map((spec) => entry(spec, 'numpy')),
    entry(gaussianSmoothingKernel, 'scipy.ndimage', 'gaussian_filter1d'),
    ...seed2021.map((spec) => entry(spec, 'pygama.dsp.processors')),
  ];
}

const toMultiples = 'of a number or a time; `to` is a step, a time, or a grid such as wf.grid';
const builtins: Readonly<Record<string, readonly [form: string, doc: string]>> = {
  len: ['len(x)', 'number of elements of an array, or how many are in use'],
  round: ['round(x, to)', `nearest multiple ${toMultiples}`],
  floor: ['floor(x, to)', `multiple below ${toMultiples}`],
  ceil: ['ceil(x, to)', `multiple above ${toMultiples}`],
  trunc: ['trunc(x, to)', `multiple towards 0 ${toMultiples}`],
  astype: ["astype(x, 'float32')", 'the same numbers in another type'],
  isnan: ['isnan(x)', 'true where a number is NaN'],
  isfinite: ['isfinite(x)', 'true where a number is neither NaN nor infinite'],
  where: [
    'where(condition, a, b)',
    'a where the condition holds, else b; also written a if condition else b',
  ],
  loadlh5: ["loadlh5('file.lh5', 'path')", 'a number or an array of a file, read when the chain is planned'],
};

/** Functions of the expression language, as plain data. */
export function builtinCatalogue(): readonly BuiltinEntry[] {
  return [...builtinNames].map((name) => {
    const [form, doc] = builtins[name] ?? [`${name}(x)`, ''];
    return { name, form, doc };
  });
}
