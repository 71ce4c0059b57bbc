import type { KernelSpec } from '../spec/kernel-spec.js';
import { parseSignature } from '../spec/kernel-spec.js';
import type { ChainBuilder } from './builder.js';
import { KernelOperation, type Operand } from './kernel-operation.js';
import { placesOf } from './match.js';
import { sizeOf, type View } from './storage.js';

/**
 * Appends a kernel of numbers (`(),()->()` and the like) over every element of an output. Views must have the types
 * that the kernel wants; those with fewer elements repeat. Exact for 64-bit integers, unlike formulas.
 */
export function addScalarKernel(
  builder: ChainBuilder,
  spec: KernelSpec,
  inputs: readonly View[],
  output: View,
): void {
  const { shape } = output;
  const operands = [...inputs, output].map(
    (view): Operand => ({ view, count: 1, places: placesOf(shape, view.shape, []) }),
  );
  const dimensions = [...new Set(parseSignature(spec.signature).args.flat())].map(() => 0);
  const sizes = { n: 0, m: 0, p: 0, q: 0 };
  builder.add(
    new KernelOperation(builder.label, { spec, operands, sizes, dimensions, repetitions: sizeOf(shape) }),
  );
}
