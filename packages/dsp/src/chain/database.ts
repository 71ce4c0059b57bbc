import { type ConfigPath, ProcessingChainError } from '../errors.js';
import type { Recipe } from './config.js';

/** Parameters of one channel, nested by name: `{ pz: { tau1: "180*us" } }` answers `db.pz.tau1`. */
export type ParameterDatabase = Readonly<Record<string, unknown>>;

const anywhere = /(?<![\w.])db(?:\.[A-Za-z_]\w*)+/g;
const whole = /^\s*(db(?:\.[A-Za-z_]\w*)+)\s*$/;

/** What a look-up needs of the processor that it stands in. */
type Place = Pick<Recipe, 'key' | 'defaults' | 'source'> & { readonly path?: ConfigPath };

function lookUp(path: string, database: ParameterDatabase, recipe: Place): unknown {
  let found: unknown = database;
  for (const step of path.split('.').slice(1)) {
    found =
      typeof found === 'object' && found !== null && Object.hasOwn(found, step)
        ? (found as Record<string, unknown>)[step]
        : undefined;
  }
  found ??= recipe.defaults[path];
  if (found !== undefined) return found;
  throw new ProcessingChainError(`the database has no ${path}, and the processor gives no default for it`, {
    processor: recipe.key,
    recipe: recipe.source,
    path: recipe.path,
  });
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === null ? 'None' : JSON.stringify(value);
}

/**
 * Replaces look-ups such as `db.pz.tau1` in one argument. A look-up that is the whole argument keeps the type of
 * its value; within a text the value's text is put in its place, without parentheses. Other values pass through.
 */
export function fillIn(argument: unknown, database: ParameterDatabase, recipe: Place): unknown {
  if (typeof argument !== 'string') return argument;
  const path = whole.exec(argument)?.[1];
  if (path !== undefined) return lookUp(path, database, recipe);
  return argument.replaceAll(anywhere, (found) => asText(lookUp(found, database, recipe)));
}
