import { allocate, viewOf } from '@countroom/records';
import { type KernelSpec, type Numbers, parseSignature, type Sizes } from '../spec/kernel-spec.js';
import { parseTypes, storedType } from '../spec/number-types.js';
import type { KernelModule } from '../wasm/kernel-module.js';
import { exampleOf, exampleSizes, exampleWaveform } from './kernel-examples.js';

const lanes = 4;

function countOf(letters: readonly string[], sizes: Sizes): number {
  return letters.reduce((product, letter) => product * sizes[letter as keyof Sizes], 1);
}

/** A call of a compiled kernel on four example waveforms, without a chain around it; undefined when not compiled. */
export function compiledCall(spec: KernelSpec, module: KernelModule, n: number): (() => void) | undefined {
  const sizes = exampleSizes(spec, n);
  const shapes = parseSignature(spec.signature).args;
  const dtypes = parseTypes(spec.types[0] ?? '').map(storedType);
  const bytes = shapes.reduce((sum, letters) => sum + countOf(letters, sizes) * lanes * 8 + 64, 64 * 1024);
  const instance = module.instantiate(bytes + (spec.scratch?.(sizes) ?? 0));
  const run = instance.kernel(`${spec.name}_f32`);
  if (run === undefined) return undefined;
  let next = Math.ceil(instance.firstFreeByte / 64) * 64;
  const args: number[] = [...new Set(shapes.flat())].map((letter) => sizes[letter as keyof Sizes]);
  shapes.forEach((letters, position) => {
    const count = countOf(letters, sizes);
    const array = viewOf(dtypes[position] ?? 'float32', instance.buffer, next, count * lanes) as Float32Array;
    const argument = spec.args[position]!;
    if (argument.output !== true) {
      for (let lane = 0; lane < lanes; lane += 1) {
        const values =
          letters.length === 0 ? [exampleOf(spec, argument.name)] : exampleWaveform(count, lane + 1);
        values.forEach((value, i) => {
          array[i * lanes + lane] = value;
        });
      }
    }
    args.push(next);
    next = Math.ceil((next + array.byteLength) / 64) * 64;
  });
  if (spec.scratch !== undefined) args.push(next);
  return () => {
    run(...args);
  };
}

/** The same call of the reference, row by row. */
export function referenceCall(spec: KernelSpec, n: number): () => void {
  const sizes = exampleSizes(spec, n);
  const shapes = parseSignature(spec.signature).args;
  const dtypes = parseTypes(spec.types[0] ?? '').map(storedType);
  const rows = Array.from({ length: lanes }, (_, lane) =>
    shapes.map((letters, position): Numbers => {
      const array = allocate(dtypes[position] ?? 'float32', countOf(letters, sizes)) as Numbers;
      const { name, output } = spec.args[position]!;
      if (output !== true)
        array.set(letters.length === 0 ? [exampleOf(spec, name)] : exampleWaveform(array.length, lane + 1));
      return array;
    }),
  );
  return () => {
    for (const args of rows) spec.reference(...args);
  };
}
