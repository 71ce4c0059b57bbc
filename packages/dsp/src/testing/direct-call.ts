import { bytesPerElement, type Dtype, viewOf } from '@countroom/records';
import { type KernelSpec, parseSignature, type Sizes } from '../spec/kernel-spec.js';
import { parseTypes, storedType } from '../spec/number-types.js';
import type { KernelModule } from '../wasm/kernel-module.js';
import {
  exampleArray,
  exampleOf,
  exampleSizes,
  examplesOf,
  exampleWaveform,
  type KernelExample,
} from './kernel-examples.js';

const lanes = 4;

/** Arguments of one row of a call of an example. */
interface Arguments {
  readonly sizes: Sizes;
  readonly dtypes: readonly Dtype[];
  /** Elements of each argument. */
  readonly counts: readonly number[];
  /** Numbers of the inputs; empty for outputs. */
  readonly values: (position: number, row: number) => readonly number[];
}

function argumentsOf(spec: KernelSpec, n: number, chosen: KernelExample): Arguments {
  const sizes = exampleSizes(spec, n, chosen);
  const shapes = parseSignature(spec.signature).args;
  const counts = shapes.map((letters) =>
    letters.reduce((product, letter) => product * sizes[letter as keyof Sizes], 1),
  );
  return {
    sizes,
    dtypes: parseTypes(spec.types[0] ?? '').map(storedType),
    counts,
    values(position, row) {
      const { name, output } = spec.args[position]!;
      if (output === true) return [];
      const array = exampleArray(name, sizes, chosen);
      if (array !== undefined) return array;
      return shapes[position]?.length === 0
        ? [exampleOf(spec, name, chosen)]
        : exampleWaveform(counts[position] ?? 0, row + 1);
    },
  };
}

/**
 * A call of a compiled kernel on four example waveforms, without a chain around it; undefined when not compiled.
 * Arrays and parameters count as constant, so that the call is prepared where the kernel can be.
 */
export function compiledCall(
  spec: KernelSpec,
  module: KernelModule,
  n: number,
  chosen = examplesOf(spec)[0]!,
): (() => void) | undefined {
  const { sizes, dtypes, counts, values } = argumentsOf(spec, n, chosen);
  const constants = Object.fromEntries(
    spec.args.flatMap(({ name, output }, position) =>
      output === true || (counts[position] === n && chosen.arrays[name] === undefined)
        ? []
        : [[name, Float64Array.from(values(position, 0))]],
    ),
  );
  const prepared = spec.prepare?.(constants, sizes);
  const scratch = Math.max(spec.scratch?.(sizes) ?? 0, prepared?.scratch(4) ?? 0);
  const table = prepared?.table ?? [];
  const bytes = counts.reduce((sum, count) => sum + count * lanes * 8 + 64, 64 * 1024);
  const instance = module.instantiate(bytes + scratch + 8 * table.length + 128);
  const run = instance.kernel(`${prepared?.kernel ?? spec.name}_f32`);
  if (run === undefined) return undefined;
  let next = Math.ceil(instance.firstFreeByte / 64) * 64;
  const place = (size: number) => {
    const address = next;
    next = Math.ceil((next + size) / 64) * 64;
    return address;
  };
  const letters = new Set(parseSignature(spec.signature).args.flat());
  const args: number[] = [...letters].map((letter) => sizes[letter as keyof Sizes]);
  counts.forEach((count, position) => {
    const dtype = dtypes[position] ?? 'float32';
    const address = place(count * lanes * bytesPerElement(dtype));
    const array = viewOf(dtype, instance.buffer, address, count * lanes) as Float32Array;
    for (let lane = 0; lane < lanes; lane += 1) {
      values(position, lane).forEach((value, i) => {
        array[i * lanes + lane] = value;
      });
    }
    args.push(address);
  });
  if (scratch > 0) args.push(place(scratch));
  if (prepared !== undefined) {
    const dtype = prepared.isTableDouble === true ? 'float64' : 'float32';
    const address = place(table.length * bytesPerElement(dtype));
    (viewOf(dtype, instance.buffer, address, table.length) as Float32Array).set(table);
    args.push(...prepared.extra, address);
  }
  return () => {
    run(...args);
  };
}
