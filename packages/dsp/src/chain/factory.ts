import { DSPFatal } from '../errors.js';
import type { InitList, InitValue, InitVariable } from '../spec/factory.js';
import { type KernelSpec, parseSignature } from '../spec/kernel-spec.js';
import type { ChainBuilder } from './builder.js';
import { numberValue, type Value, type Variable } from './variable.js';

/** One entry of `init_args`, evaluated. */
export interface InitEntry {
  readonly keyword: string | undefined;
  readonly value: InitValue;
}

function nested(values: readonly number[], shape: readonly number[]): InitList {
  const [extent = 0, ...inner] = shape;
  if (inner.length === 0) return values;
  const size = values.length / Math.max(1, extent);
  return Array.from({ length: extent }, (_, i) => nested(values.slice(i * size, (i + 1) * size), inner));
}

function describe(builder: ChainBuilder, variable: Variable): InitVariable {
  const { name, view, grid } = variable;
  return {
    kind: 'variable',
    name,
    shape: variable.shape ?? view?.shape ?? [],
    dtype: variable.dtype ?? view?.storage.dtype ?? '',
    period: grid?.period,
    constant: view?.storage.constant === undefined ? undefined : builder.numbersOf(view),
  };
}

/** What an expression stands for, as factories take it. */
export function initValueOf(builder: ChainBuilder, value: Value): InitValue {
  switch (value.kind) {
    case 'number':
    case 'constant':
    case 'text':
      return value.value;
    case 'array':
      return nested(value.values, value.shape);
    case 'quantity':
      return value;
    case 'variable':
      return describe(builder, value.variable);
    case 'grid':
      return value.grid.period;
  }
}

function byName(
  builder: ChainBuilder,
  spec: KernelSpec,
  entries: readonly InitEntry[],
): Readonly<Record<string, InitValue>> {
  const args = spec.factory?.args ?? [];
  const known = args.map(({ name }) => name).join(', ');
  const values = new Map<string, InitValue>();
  entries.forEach(({ keyword, value }, position) => {
    const name = keyword ?? args[position]?.name;
    if (name === undefined)
      throw builder.fail(`${spec.name} takes ${args.length.toString()} init_args (${known}), not more`);
    if (!args.some((argument) => argument.name === name))
      throw builder.fail(`${spec.name} has no init_args by the name '${name}'; it has ${known}`);
    if (values.has(name)) throw builder.fail(`${spec.name}: '${name}' is given twice among the init_args`);
    values.set(name, value);
  });
  const missing = args.find((argument) => argument.default === undefined && !values.has(argument.name));
  if (missing !== undefined)
    throw builder.fail(`${spec.name} needs '${missing.name}' among its init_args: ${missing.doc}`);
  return Object.fromEntries(values);
}

/** Makes the processor of a factory and puts the arguments that it has settled between those of the configuration. */
export function callFactory(
  builder: ChainBuilder,
  spec: KernelSpec,
  entries: readonly InitEntry[],
  values: readonly Value[],
): { readonly spec: KernelSpec; readonly values: readonly Value[] } {
  if (spec.factory === undefined) throw builder.fail(`${spec.name} takes no init_args: give them as args`);
  const made = spec.factory.make(byName(builder, spec, entries), builder.files);
  if (typeof made === 'string') throw builder.fail(`${spec.name}: ${made}`, new DSPFatal(made));
  const { kernel, settled = {} } = made;
  const wanted = kernel.args.filter(({ name }) => !Object.hasOwn(settled, name)).length;
  if (values.length !== wanted) {
    throw builder.fail(
      `${spec.name} takes ${wanted.toString()} arguments behind its init_args, not ${values.length.toString()}`,
    );
  }
  const shapes = parseSignature(kernel.signature).args;
  const given = [...values];
  const all = kernel.args.map(({ name }, position): Value => {
    const fixed = settled[name];
    if (fixed === undefined) return given.shift()!;
    if (typeof fixed === 'number') return numberValue(fixed, false);
    const shape = (shapes[position]?.length ?? 0) === 0 ? [] : [fixed.length];
    return { kind: 'array', values: fixed, shape, integer: false };
  });
  return { spec: kernel, values: all };
}
