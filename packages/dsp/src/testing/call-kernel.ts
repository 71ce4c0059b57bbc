import { allocate } from '@countroom/records';
import { callReference } from '../spec/call-reference.js';
import { type KernelSpec, type Numbers, parseSignature, type Sizes } from '../spec/kernel-spec.js';
import { kernelOf } from '../spec/kernels.js';
import { parseTypes, storedType } from '../spec/number-types.js';
import { seed2021 } from '../spec/seed-2021.js';
import { flatten, type Nested, shapeOf } from './numbers.js';

/** Inputs by argument name; a letter stands for its code. Outputs that are arrays are given as their length. */
export type KernelInputs = Readonly<Record<string, Nested>>;

/** Outputs by argument name. */
export type KernelOutputs = Readonly<Record<string, number | readonly number[]>>;

/** The processor of 2021 by that name. */
export function kernelOf2021(name: string): KernelSpec | undefined {
  return seed2021.find((spec) => spec.name === name);
}

function numbersOf(value: Nested): number[] {
  return typeof value === 'string' && value.length === 1 ? [value.charCodeAt(0)] : flatten(value);
}

/**
 * Runs the reference of a processor on one row in double precision, with the NaN rule and the checks around it. Inputs
 * and lengths of array outputs stand by argument name; an output without a length has that of its signature's other
 * arguments. Throws an Error with the text of a fault.
 */
export function callKernel(
  processor: string | KernelSpec,
  inputs: KernelInputs,
  precision: 'float32' | 'float64' = 'float64',
): KernelOutputs {
  const spec = typeof processor === 'string' ? kernelOf(processor) : processor;
  if (spec === undefined)
    throw new Error(`there is no processor ${typeof processor === 'string' ? processor : processor.name}`);
  const shapes = parseSignature(spec.signature).args;
  const dtypes = parseTypes(spec.types[precision === 'float32' ? 0 : 1] ?? '').map(storedType);
  const extents: Record<string, number> = {};
  spec.args.forEach(({ name, output }, position) => {
    const given = inputs[name];
    const extent = output === true ? [Number(given)] : shapeOf(given ?? 0);
    if (given === undefined) return;
    shapes[position]!.forEach((letter, axis) => {
      extents[letter] = extent[axis] ?? extents[letter] ?? 0;
    });
  });
  const size = (letter: string): number => extents[letter] ?? 0;
  const sizes: Sizes = { n: size('n'), m: size('m'), p: size('p'), q: size('q') };
  const args = spec.args.map(({ name, output }, position): Numbers => {
    const count = shapes[position]!.reduce((product, letter) => product * size(letter), 1);
    const array = allocate(dtypes[position]!, count) as Numbers;
    if (output !== true) array.set(numbersOf(inputs[name] ?? Number.NaN));
    return array;
  });
  const fault = callReference(spec, args, sizes, {});
  if (fault !== undefined) throw new Error(fault);
  return Object.fromEntries(
    spec.args.flatMap(({ name, output }, position) => {
      if (output !== true) return [];
      const values = Array.from(args[position]!);
      return [[name, shapes[position]!.length === 0 ? values[0]! : values]];
    }),
  );
}

/** The only output, or the one of that name. */
export function result(
  processor: string | KernelSpec,
  inputs: KernelInputs,
  name?: string,
): number | readonly number[] {
  const outputs = callKernel(processor, inputs);
  return outputs[name ?? Object.keys(outputs)[0]!]!;
}

/** Numbers of the only array output. */
export function numbers(processor: string | KernelSpec, inputs: KernelInputs): readonly number[] {
  return Object.values(callKernel(processor, inputs)).find((value) => typeof value !== 'number') ?? [];
}

/** A list of a length, made number by number. */
export function series(length: number, make: (i: number) => number): number[] {
  return Array.from({ length }, (_, i) => make(i));
}
