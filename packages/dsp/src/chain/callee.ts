import { DSPFatal } from '../errors.js';
import { type KernelSpec, parseSignature } from '../spec/kernel-spec.js';
import { kernelOf, kernels, numpyKernelOf, pygamaKernelOf } from '../spec/kernels.js';
import { type NumberType, parseTypes, storedType } from '../spec/number-types.js';
import { gaussianSmoothingKernel } from '../spec/scipy.js';
import { bigUfuncs } from './big-ufuncs.js';
import type { ChainBuilder } from './builder.js';
import type { Callee } from './call.js';
import { complexFunctions, complexOperators } from './complex-arithmetic.js';
import { type ComplexFormula, ComplexOperation } from './complex-operation.js';
import type { Recipe } from './config.js';
import { callFactory, type InitEntry } from './factory.js';
import { KernelOperation } from './kernel-operation.js';
import { copyTo, type NamedValue, smoothingArguments } from './library-functions.js';
import { nearestOf } from './nearest-name.js';
import { sizeOf } from './storage.js';
import { ufuncs } from './ufuncs.js';
import type { Value } from './variable.js';

function kernelCallee(spec: KernelSpec, types: readonly (readonly NumberType[])[]): Callee {
  return {
    name: spec.name,
    shapes: parseSignature(spec.signature),
    types,
    isOutput: spec.args.map(({ output }) => output === true),
    append(builder, operands, { sizes, dimensions, outer }) {
      const fault = spec.checkSizes?.(sizes);
      if (fault !== undefined) throw builder.fail(`${spec.name}: ${fault}`, new DSPFatal(fault));
      builder.add(
        new KernelOperation(builder.label, { spec, operands, sizes, dimensions, repetitions: sizeOf(outer) }),
      );
    },
  };
}

const operators: Readonly<Partial<Record<string, string>>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  true_divide: '/',
};

/** What numpy's function of that name does with complex numbers. */
function complexForm(
  name: string,
): { formula: ComplexFormula; inputs: 1 | 2; isComplex: boolean } | undefined {
  const formula = complexOperators[operators[name] ?? ''];
  if (formula !== undefined) return { formula, inputs: 2, isComplex: true };
  const single = complexFunctions[name];
  return single === undefined ? undefined : { ...single, inputs: 1 };
}

function ufuncCallee(name: string): Callee | undefined {
  const ufunc = ufuncs[name];
  const complex = complexForm(name);
  const inputs = ufunc?.inputs ?? complex?.inputs;
  if (inputs === undefined) return undefined;
  const loop = (input: NumberType, output: NumberType) => [
    ...Array.from({ length: inputs }, () => input),
    output,
  ];
  const complexLoops = (['complex64', 'complex128'] as const).map((type) =>
    loop(type, complex?.isComplex === true ? type : storedType(type)),
  );
  return {
    name: `numpy.${name}`,
    shapes: parseSignature(inputs === 1 ? '()->()' : '(),()->()'),
    types: [
      ...(ufunc?.loops ?? []).map((type) => loop(type, ufunc?.tests === true ? 'bool' : type)),
      ...(complex === undefined ? [] : complexLoops),
    ],
    isOutput: [...Array.from({ length: inputs }, () => false), true],
    append(builder, operands) {
      const parts = operands.map(({ view, count }) => ({ view, isComplex: count === 2 }));
      const output = parts.at(-1);
      if (output === undefined) return;
      const sources = parts.slice(0, -1);
      if (complex !== undefined && sources.some(({ isComplex }) => isComplex)) {
        builder.add(new ComplexOperation(builder.label, complex.formula, sources, output));
      } else if (ufunc !== undefined) {
        const views = sources.map(({ view }) => view);
        builder.elementwise(ufunc.formula, views, output.view, bigUfuncs[name], ufunc.vector);
      }
    },
  };
}

/** Arguments of a numpy reduction without its axis: the array and the output. */
function withoutAxis(builder: ChainBuilder, name: string, args: readonly NamedValue[]): readonly Value[] {
  const named = new Map(
    args.flatMap(({ keyword, value }) => (keyword === undefined ? [] : [[keyword, value] as const])),
  );
  const plain = args.filter(({ keyword }) => keyword === undefined).map(({ value }) => value);
  const [array, ...rest] = plain;
  const axis = named.get('axis') ?? rest.find((value) => value.kind === 'number');
  const output = named.get('out') ?? rest.find((value) => value.kind === 'variable');
  if (array === undefined || output === undefined)
    throw builder.fail(`numpy.${name} needs an array, an axis and an output`);
  if (axis !== undefined && (axis.kind !== 'number' || (axis.value !== 1 && axis.value !== -1))) {
    throw builder.fail(`numpy.${name} works along the samples here: axis must be 1 or -1`);
  }
  return [array, output];
}

/** Types of a reduction from those of the configuration, whose letters in between belong to axis and the like. */
function outerTypes(types: readonly string[]): readonly (readonly NumberType[])[] {
  return types.map((text) => {
    const all = parseTypes(text);
    return [all[0] ?? 'float32', all.at(-1) ?? 'float32'];
  });
}

/** A function and the arguments that it takes, from a recipe. Throws a ProcessingChainError for unknown ones. */
export function resolveCallee(
  builder: ChainBuilder,
  recipe: Recipe,
  target: { readonly module: string; readonly name: string },
  args: readonly NamedValue[],
  initEntries?: readonly InitEntry[],
): { readonly callee: Callee; readonly values: readonly Value[] } {
  const { module, name } = target;
  const values = args.map(({ value }) => value);
  if (module === 'numpy' || module === 'np') {
    const spec = numpyKernelOf(name);
    if (spec !== undefined) {
      const types = recipe.types === undefined ? spec.types.map(parseTypes) : outerTypes(recipe.types);
      return { callee: kernelCallee(spec, types), values: withoutAxis(builder, name, args) };
    }
    const callee = name === 'copyto' ? copyTo : ufuncCallee(name);
    if (callee !== undefined) return { callee, values };
    throw builder.fail(`numpy.${name} is not known here${nearestOf(name, Object.keys(ufuncs))}`);
  }
  if (module === 'scipy.ndimage' && name === 'gaussian_filter1d') {
    const spec = gaussianSmoothingKernel;
    return {
      callee: kernelCallee(spec, spec.types.map(parseTypes)),
      values: smoothingArguments(builder, args),
    };
  }
  if (module.startsWith('dspeed.processors') || module === 'pygama.dsp.processors') {
    const spec = module === 'pygama.dsp.processors' ? pygamaKernelOf(name, args.length) : kernelOf(name);
    if (spec === undefined) {
      const known = kernels.map((kernel) => kernel.name);
      throw builder.fail(`there is no processor '${name}' in ${module}${nearestOf(name, known)}`);
    }
    const keyword = args.find((argument) => argument.keyword !== undefined)?.keyword;
    if (keyword !== undefined) throw builder.fail(`${name} takes no argument by the name '${keyword}'`);
    if (initEntries === undefined && spec.factory === undefined)
      return { callee: kernelCallee(spec, spec.types.map(parseTypes)), values };
    const made = callFactory(builder, spec, initEntries ?? [], values);
    return { callee: kernelCallee(made.spec, made.spec.types.map(parseTypes)), values: made.values };
  }
  throw builder.fail(
    `the module '${module}' is not known; there are dspeed.processors, pygama.dsp.processors, numpy, and of scipy.ndimage gaussian_filter1d`,
  );
}
