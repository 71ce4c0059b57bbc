import type { AttributeValue } from '@countroom/records';
import { type ConfigPath, ProcessingChainError } from '../errors.js';

/** A chain's configuration as it stands in a JSON file: outputs and processors (spec of the grammar: docs). */
export type ChainConfig = Readonly<Record<string, unknown>>;

/** One processor's description, tidied but not yet interpreted. */
export interface Recipe {
  readonly key: string;
  /** Where the description stands in the configuration. */
  readonly path: ConfigPath;
  /** Variables that it makes. */
  readonly names: readonly string[];
  readonly function: string;
  readonly module: string | undefined;
  readonly args: readonly unknown[] | undefined;
  readonly initArgs: readonly unknown[] | undefined;
  /** Unit per name. */
  readonly units: readonly (string | undefined)[];
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly prereqs: readonly string[] | undefined;
  readonly description: string | undefined;
  readonly attrs: Readonly<Record<string, AttributeValue>>;
  readonly signature: string | undefined;
  readonly types: readonly string[] | undefined;
  readonly coordGrid: unknown;
  /** The description as written, for messages. */
  readonly source: unknown;
}

/** A configuration, read. */
export interface ReadConfig {
  readonly outputs: readonly string[];
  /** Recipes by each name that they make. */
  readonly recipes: ReadonlyMap<string, Recipe>;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

const known = new Set([
  'function',
  'module',
  'args',
  'kwargs',
  'signature',
  'types',
  'coord_grid',
  'init_args',
  'unit',
  'defaults',
  'prereqs',
  'description',
  'lh5_attrs',
]);

function readRecipe(key: string, source: unknown, path: ConfigPath): Recipe {
  const fail = (message: string, field?: string) =>
    new ProcessingChainError(message, {
      processor: key,
      recipe: source,
      path: field === undefined ? path : [...path, field],
    });
  const description: unknown = typeof source === 'string' ? { function: source } : source;
  if (!isRecord(description)) throw fail('its description must be an object or an expression');
  for (const field of Object.keys(description)) {
    if (!known.has(field))
      throw fail(`has a field '${field}' that means nothing; known: ${[...known].join(', ')}`, field);
  }
  const text = (name: string): string | undefined => {
    const value = description[name];
    if (value === undefined || typeof value === 'string') return value;
    throw fail(`'${name}' must be a text`, name);
  };
  const list = (name: string): readonly unknown[] | undefined => {
    const value = description[name];
    if (value === undefined || Array.isArray(value)) return value as readonly unknown[] | undefined;
    throw fail(`'${name}' must be a list`, name);
  };
  const record = (name: string): Readonly<Record<string, unknown>> => {
    const value = description[name] ?? {};
    if (!isRecord(value)) throw fail(`'${name}' must be an object`, name);
    return value;
  };
  const functionText = text('function');
  if (functionText === undefined) throw fail("'function' is missing");
  const names = key.split(/[\s,]+/).filter((name) => name !== '');
  const unit = description['unit'];
  const units = typeof unit === 'string' ? names.map(() => unit) : unit;
  if (units !== undefined && !isTextList(units))
    throw fail("'unit' must be a text or a list of texts", 'unit');
  const kwargs = record('kwargs');
  const prereqs = description['prereqs'];
  if (prereqs !== undefined && !isTextList(prereqs))
    throw fail("'prereqs' must be a list of names", 'prereqs');
  const types = description['types'] ?? kwargs['types'];
  if (types !== undefined && !isTextList(types)) throw fail("'types' must be a list of type signatures");
  const signature = description['signature'] ?? kwargs['signature'];
  if (signature !== undefined && typeof signature !== 'string') throw fail("'signature' must be a text");
  return {
    key,
    path,
    names,
    function: functionText,
    module: text('module'),
    args: list('args'),
    initArgs: list('init_args'),
    units: names.map((_, index) => units?.[index]),
    defaults: record('defaults'),
    prereqs,
    description: text('description'),
    attrs: record('lh5_attrs') as Readonly<Record<string, AttributeValue>>,
    signature,
    types,
    coordGrid: description['coord_grid'] ?? kwargs['coord_grid'],
    source,
  };
}

/** Where the text of a recipe's function stands: a recipe may be that text alone. */
export function functionPath(recipe: Pick<Recipe, 'path' | 'source'>): ConfigPath {
  return typeof recipe.source === 'string' ? recipe.path : [...recipe.path, 'function'];
}

/**
 * Reads a configuration. `outputs` replaces the configuration's own list; a name that is there twice counts once. Throws a ProcessingChainError when it is
 * no mapping, has no outputs, or two processors make the same variable; what is wrong with one processor is handed to
 * `onFault`, when there is one, and that processor is left out.
 */
export function readConfig(
  config: unknown,
  outputs?: readonly string[],
  onFault?: (fault: ProcessingChainError) => void,
): ReadConfig {
  if (!isRecord(config))
    throw new ProcessingChainError('a chain configuration must be an object with outputs and processors');
  const wanted = outputs ?? config['outputs'];
  if (!isTextList(wanted))
    throw new ProcessingChainError("the configuration needs 'outputs', a list of variable names", {
      path: config['outputs'] === undefined ? [] : ['outputs'],
    });
  const { processors } = config;
  const mapping =
    processors ??
    Object.fromEntries(Object.entries(config).filter(([key]) => key !== 'outputs' && key !== 'inputs'));
  if (!isRecord(mapping))
    throw new ProcessingChainError("'processors' must be an object", { path: ['processors'] });
  const recipes = new Map<string, Recipe>();
  const add = (key: string, source: unknown): void => {
    const path = processors === undefined ? [key] : ['processors', key];
    const recipe = readRecipe(key, source, path);
    const twice = recipe.names.find((name) => recipes.has(name));
    if (twice !== undefined)
      throw new ProcessingChainError(`'${twice}' is made by another processor too`, { processor: key, path });
    for (const name of recipe.names) recipes.set(name, recipe);
  };
  for (const [key, source] of Object.entries(mapping)) {
    try {
      add(key, source);
    } catch (fault) {
      if (onFault === undefined || !(fault instanceof ProcessingChainError)) throw fault;
      onFault(fault);
    }
  }
  return { outputs: [...new Set(wanted)], recipes };
}
