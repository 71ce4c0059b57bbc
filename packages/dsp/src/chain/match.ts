import type { Shapes, Sizes } from '../spec/kernel-spec.js';
import type { NumberType } from '../spec/number-types.js';
import { type ChainBuilder } from './builder.js';
import { fitsInto } from './casting.js';
import { sizeOf } from './storage.js';
import type { Value } from './variable.js';

/** Shape and type of one argument of a call, as far as known; undefined shape: an output that is still open. */
export interface Entry {
  readonly name: string;
  readonly shape: readonly number[] | undefined;
  /** Type that decides which variant is taken; undefined for constants and for outputs that are still open. */
  readonly dtype: NumberType | undefined;
  /** What stands there. */
  readonly value: Value;
}

/** Shapes of one call, matched. */
export interface Match {
  readonly sizes: Sizes;
  readonly dimensions: readonly number[];
  /** Shape over which the call is repeated within a row. */
  readonly outer: readonly number[];
  /** Core shape per argument. */
  readonly cores: readonly (readonly number[])[];
}

function outerOf(builder: ChainBuilder, entries: readonly Entry[], shapes: Shapes): readonly number[] {
  let outer: readonly number[] = [];
  entries.forEach(({ name, shape }, position) => {
    if (shape === undefined) return;
    const own = shape.slice(0, Math.max(0, shape.length - (shapes.args[position]?.length ?? 0)));
    const [long, short] = own.length > outer.length ? [own, outer] : [outer, own];
    const tail = long.slice(long.length - short.length);
    if (short.some((extent, axis) => extent !== tail[axis])) {
      throw builder.fail(
        `'${name}' has outer dimensions [${own.join(', ')}] that do not go with [${outer.join(', ')}]`,
      );
    }
    outer = long;
  });
  return outer;
}

/** Finds the size of every dimension of a signature from the arguments' shapes. */
export function matchShapes(builder: ChainBuilder, shapes: Shapes, entries: readonly Entry[]): Match {
  const known = new Map<string, number>();
  entries.forEach(({ name, shape, value }, position) => {
    const letters = shapes.args[position] ?? [];
    if (shape === undefined || letters.length === 0) return;
    if (shape.length < letters.length) {
      const text = `'${name}' must be an array of ${letters.length.toString()} axes (${letters.join(', ')}); it has ${shape.length.toString()}`;
      throw builder.about(value, () => builder.fail(text));
    }
    const core = shape.slice(shape.length - letters.length);
    core.forEach((extent, axis) => {
      const letter = letters[axis] ?? '';
      const before = known.get(letter);
      if (before !== undefined && before !== extent) {
        const text = `'${name}' has ${extent.toString()} elements where dimension ${letter} is ${before.toString()}`;
        throw builder.about(value, () => builder.fail(text));
      }
      known.set(letter, extent);
    });
  });
  const cores = entries.map(({ name, value }, position) =>
    (shapes.args[position] ?? []).map((letter) => {
      const extent = known.get(letter);
      if (extent !== undefined) return extent;
      const text = `could not deduce dimension ${letter} of '${name}': declare its length, for example ${name}(100, 'f')`;
      throw builder.about(value, () => builder.fail(text));
    }),
  );
  const letters = [...new Set(shapes.args.flat())];
  const size = (letter: string) => known.get(letter) ?? 0;
  return {
    sizes: { n: size('n'), m: size('m'), p: size('p'), q: size('q') },
    dimensions: letters.map(size),
    outer: outerOf(builder, entries, shapes),
    cores,
  };
}

/** Samples from the start of an argument to each repetition of a call; missing outer dimensions repeat. */
export function placesOf(
  outer: readonly number[],
  shape: readonly number[],
  core: readonly number[],
): number[] {
  const own = shape.slice(0, shape.length - core.length);
  const ownSize = sizeOf(own);
  return Array.from({ length: sizeOf(outer) }, (_, repetition) => (repetition % ownSize) * sizeOf(core));
}

/** The first type signature into which all typed arguments fit. */
export function matchTypes(
  builder: ChainBuilder,
  name: string,
  signatures: readonly (readonly NumberType[])[],
  entries: readonly Entry[],
): readonly NumberType[] {
  const found = signatures.find((types) =>
    entries.every(
      ({ dtype }, position) =>
        dtype === undefined || (types[position] !== undefined && fitsInto(dtype, types[position])),
    ),
  );
  if (found !== undefined) return found;
  const given = entries.flatMap(({ name: argument, dtype }) =>
    dtype === undefined ? [] : [`${argument}: ${dtype}`],
  );
  throw builder.fail(`${name} has no variant for ${given.join(', ')}`);
}
