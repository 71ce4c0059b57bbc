import { ProcessingChainError } from '../errors.js';
import { functionPath, type Recipe, readConfig } from './config.js';
import type { ParameterDatabase } from './database.js';
import { dependenciesOf, interpret, type RecipeCall } from './recipe-call.js';

/** What a chain is asked for. */
export interface ChainRequest {
  /** Parameters of the channel, for `db.…` look-ups. */
  readonly database?: ParameterDatabase;
  /** Replaces the configuration's own list. */
  readonly outputs?: readonly string[];
}

/** What of a configuration is needed for its outputs. */
export interface Needs {
  /** Names that no processor makes: columns of the table. */
  readonly fields: ReadonlySet<string>;
  /** Calls of the needed processors, each behind those that it depends on. */
  readonly calls: readonly RecipeCall[];
}

/** Walks from the outputs back, without looking at a table. Throws a ProcessingChainError for a faulty configuration. */
export function needsOf(config: unknown, request: ChainRequest = {}): Needs {
  const { outputs, recipes } = readConfig(config, request.outputs);
  const fields = new Set<string>();
  const calls: RecipeCall[] = [];
  const done = new Set<Recipe>();
  const open = new Set<Recipe>();
  const visit = (name: string): void => {
    const recipe = recipes.get(name);
    if (recipe === undefined) {
      fields.add(name);
      return;
    }
    if (done.has(recipe)) return;
    if (open.has(recipe))
      throw new ProcessingChainError('depends on itself', {
        processor: recipe.key,
        recipe: recipe.source,
        path: functionPath(recipe),
      });
    open.add(recipe);
    const call = interpret(recipe, request.database ?? {});
    for (const dependency of dependenciesOf(recipe, call)) visit(dependency);
    calls.push(call);
    done.add(recipe);
  };
  outputs.forEach(visit);
  return { fields, calls };
}

/**
 * Names of the table's columns (nested tables as a whole) that a chain needs, without looking at a table: what a
 * reader has to read. Sorted. Throws a ProcessingChainError for a faulty configuration.
 */
export function chainFields(config: unknown, request: ChainRequest = {}): string[] {
  return [...needsOf(config, request).fields].sort();
}
