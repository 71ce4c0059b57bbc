import type { DataArray } from '@countroom/records';
import type { Expression } from '../expression/ast.js';
import { children } from '../expression/names.js';
import { kernelOf } from '../spec/kernels.js';
import { type ChainRequest, needsOf } from './fields.js';
import type { RecipeArgument } from './recipe-call.js';

/** An object of a file that a chain needs while it is planned. */
export interface FileRequest {
  readonly file: string;
  /** Path of the object in the file; empty: the bytes of the file itself (a model in JSON). */
  readonly path: string;
}

/** Numbers of a file: a scalar ([] as shape) or an array. */
export interface FileNumbers {
  readonly shape: readonly number[];
  readonly data: DataArray;
}

/** Objects of files, read before the chain is planned. Undefined for what is not there. */
export type ChainFiles = (request: FileRequest) => FileNumbers | undefined;

function textOf(argument: RecipeArgument | Expression | undefined): string | undefined {
  if (argument === undefined) return undefined;
  if (argument.kind === 'text') return argument.value;
  if (argument.kind === 'value') return typeof argument.value === 'string' ? argument.value : undefined;
  return argument.kind === 'expression' ? textOf(argument.expression) : undefined;
}

function loadsIn(expression: Expression): FileRequest[] {
  const inner = children(expression).flatMap(loadsIn);
  if (expression.kind !== 'call' || expression.callee.kind !== 'name') return inner;
  if (expression.callee.name !== 'loadlh5') return inner;
  const [file, path] = expression.args.map(textOf);
  return file === undefined || path === undefined ? inner : [...inner, { file, path }];
}

/**
 * What a chain needs from files while it is planned (`loadlh5`, factories that read one): to be read and handed over as
 * `files` of planChain. Joined tables are told by joinedInputs. Throws a ProcessingChainError for a faulty
 * configuration.
 */
export function chainFiles(config: unknown, request: ChainRequest = {}): readonly FileRequest[] {
  const found = new Map<string, FileRequest>();
  const note = (one: FileRequest) => found.set(`${one.file}\n${one.path}`, one);
  for (const call of needsOf(config, request).calls) {
    if (call.kind === 'inline') {
      loadsIn(call.expression).forEach(note);
      continue;
    }
    for (const argument of [...call.args, ...(call.initArgs ?? [])])
      if (argument.kind === 'expression') loadsIn(argument.expression).forEach(note);
    const file = textOf(call.initArgs?.[0]);
    if (file === undefined) continue;
    for (const path of kernelOf(call.name)?.factory?.objects ?? []) note({ file, path });
  }
  return [...found.values()];
}
