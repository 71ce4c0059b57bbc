import { type ConfigPath, ProcessingChainError } from '../errors.js';
import type { Argument, Expression } from '../expression/ast.js';
import { namesIn } from '../expression/names.js';
import { parseArgument, parseExpression } from '../expression/parser.js';
import { SyntaxFault } from '../expression/tokens.js';
import { kernelOf } from '../spec/kernels.js';
import { unitOf } from '../units/unit-registry.js';
import { functionPath, type Recipe } from './config.js';
import { fillIn, type ParameterDatabase } from './database.js';

/** One argument after look-ups: an expression, or a value from the database or the JSON file that is not a text. */
export type RecipeArgument = (
  | (Argument & { readonly kind: 'expression' })
  | { readonly kind: 'value'; readonly value: unknown }
) & {
  /** Where it is written. */
  readonly path: ConfigPath;
};

/** What a recipe asks for: a function of a module with arguments, or an expression. */
export type RecipeCall =
  | {
      readonly kind: 'function';
      readonly module: string;
      readonly name: string;
      readonly args: readonly RecipeArgument[];
      readonly initArgs: readonly RecipeArgument[] | undefined;
    }
  | { readonly kind: 'inline'; readonly expression: Expression };

/** Functions that expressions may call; no variable can have these names. */
export const builtinNames: ReadonlySet<string> = new Set([
  'len',
  'round',
  'floor',
  'ceil',
  'trunc',
  'astype',
  'isnan',
  'isfinite',
  'where',
  'loadlh5',
]);

const modules = new Set(['dspeed', 'pygama', 'numpy', 'np', 'scipy']);

function dotted(expression: Expression): string[] | undefined {
  if (expression.kind === 'name') return [expression.name];
  if (expression.kind !== 'attribute') return undefined;
  const inner = dotted(expression.object);
  return inner === undefined ? undefined : [...inner, expression.name];
}

/**
 * An entry of `init_args` that stands for itself, such as `ftype=bessel` or the name of a file: quoted or not, also as the
 * only one of a list.
 */
function asWord(
  raw: string,
  name: string,
  { position, path }: { readonly position: number; readonly path: ConfigPath },
): RecipeArgument | undefined {
  const args = kernelOf(name)?.factory?.args ?? [];
  const [, keyword, rest = ''] = /^\s*([A-Za-z_]\w*)\s*=\s*([^=].*)$/s.exec(raw) ?? [];
  const isNamed = args.some((one) => one.name === keyword);
  const target = isNamed ? args.find((one) => one.name === keyword) : args[position];
  if (target?.isWord !== true) return undefined;
  const text = (isNamed ? rest : raw).trim();
  const quoted = /^\[?\s*(['"])(.*)\1\s*\]?$/s.exec(text)?.[2];
  const expression = { kind: 'text', at: 0, value: quoted ?? text } as const;
  return { kind: 'expression', keyword: isNamed ? keyword : undefined, expression, path };
}

/** Works out the forms in which a processor may be written. Throws ProcessingChainErrors only. */
export function interpret(recipe: Recipe, database: ParameterDatabase): RecipeCall {
  const whole = functionPath(recipe);
  const fail = (
    message: string,
    place: { readonly path?: ConfigPath; readonly cause?: unknown; readonly character?: number } = {},
  ) =>
    new ProcessingChainError(message, {
      processor: recipe.key,
      recipe: recipe.source,
      path: whole,
      ...place,
    });
  const parse = <T>(text: string, raw: unknown, path: ConfigPath, parser: (source: string) => T): T => {
    try {
      return parser(text);
    } catch (cause) {
      // A character counts in the text as written only when nothing was put into it.
      const character = cause instanceof SyntaxFault && text === raw ? { character: cause.at } : {};
      const message = cause instanceof Error ? cause.message : 'cannot be read';
      throw fail(message, { path, cause, ...character });
    }
  };
  const argument = (raw: unknown, path: ConfigPath): RecipeArgument => {
    const filled = fillIn(raw, database, { ...recipe, path });
    return typeof filled === 'string'
      ? { kind: 'expression', path, ...parse(filled, raw, path, parseArgument) }
      : { kind: 'value', path, value: filled };
  };
  for (const name of recipe.names) {
    if (unitOf(name) !== undefined)
      throw fail(`'${name}' is a unit and cannot be the name of a variable: choose a longer name`, {
        path: recipe.path,
      });
    if (builtinNames.has(name))
      throw fail(`'${name}' is a function and cannot be the name of a variable`, { path: recipe.path });
  }
  const filled = fillIn(recipe.function, database, { ...recipe, path: whole });
  const text = typeof filled === 'string' ? filled : String(filled);
  const expression = parse(text, recipe.function, whole, parseExpression);
  const isCall = expression.kind === 'call';
  const path = dotted(isCall ? expression.callee : expression);
  const named = (args: readonly unknown[], placeOf: (position: number) => ConfigPath): RecipeCall => {
    if (path === undefined) throw fail('the function must be a name');
    const name = path.at(-1) ?? '';
    const module = path.length > 1 ? path.slice(0, -1).join('.') : recipe.module;
    if (path.length > 1 && recipe.module !== undefined)
      throw fail("the module is given twice: in 'function' and in 'module'");
    if (module === undefined)
      throw fail(`'${name}' needs a module: write dspeed.processors.${name} or give 'module'`);
    return {
      kind: 'function',
      module,
      name,
      args: args.map((raw, position) => argument(raw, placeOf(position))),
      initArgs: recipe.initArgs?.map((raw, position) => {
        const path = [...recipe.path, 'init_args', position];
        const [only, ...more] = Array.isArray(raw) ? (raw as readonly unknown[]) : [raw];
        const filled = fillIn(more.length === 0 ? only : raw, database, { ...recipe, path });
        const word = typeof filled === 'string' ? asWord(filled, name, { position, path }) : undefined;
        return word ?? argument(raw, path);
      }),
    };
  };
  const isModulePath = path !== undefined && path.length > 1 && modules.has(path[0] ?? '');
  if (recipe.args !== undefined) {
    if (isCall) throw fail("the arguments are given twice: in 'function' and in 'args'");
    return named(recipe.args, (position) => [...recipe.path, 'args', position]);
  }
  if (isCall && (isModulePath || recipe.module !== undefined)) return named(expression.texts, () => whole);
  const isNumpyConstant = isModulePath && path.length === 2 && (path[0] === 'np' || path[0] === 'numpy');
  if ((isModulePath && !isNumpyConstant) || recipe.module !== undefined) throw fail("has no 'args'");
  return { kind: 'inline', expression };
}

/** Variables that a recipe needs: names in its arguments that are neither its own results nor units or functions. */
export function dependenciesOf(recipe: Recipe, call: RecipeCall): readonly string[] {
  if (recipe.prereqs !== undefined) return recipe.prereqs;
  const expressions =
    call.kind === 'inline'
      ? [call.expression]
      : [...call.args, ...(call.initArgs ?? [])].flatMap((arg) =>
          arg.kind === 'expression' ? [arg.expression] : [],
        );
  const own = new Set(call.kind === 'inline' ? [] : recipe.names);
  return [...new Set(expressions.flatMap(namesIn))].filter(
    (name) => !own.has(name) && unitOf(name) === undefined && !builtinNames.has(name) && !modules.has(name),
  );
}
