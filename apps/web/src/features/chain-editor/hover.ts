import type { Json } from '../../lib/form/schema-node';
import { isFields } from './chain-text';
import { valueAt } from './draft';
import type { JsonPath } from './json-places';
import { argumentWords, entryOf, type Knowledge, recipeFields, topFields, variableWords } from './knowledge';

/** What is told about a place of a chain: a title and lines below it. */
export interface HoverText {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Words about the thing at a path, and about the word under the cursor. */
export function hoverAt(
  knowledge: Knowledge,
  config: Json | undefined,
  place: { readonly path: JsonPath; readonly isKey: boolean; readonly word: string },
): HoverText | null {
  const { path, isKey, word } = place;
  const [top, key, field, position] = path;
  if (isKey) {
    const doc = path.length === 1 ? topFields[word] : path.length === 3 ? recipeFields[word] : undefined;
    if (doc !== undefined) return { title: word, lines: [doc] };
  }
  const recipe = top === 'processors' && key !== undefined ? valueAt(config, ['processors', key]) : undefined;
  const own = isFields(recipe) ? recipe : undefined;
  const text = (name: string): string | undefined => {
    const value = own?.[name];
    return typeof value === 'string' ? value : undefined;
  };
  const entry = entryOf(knowledge, text('function') ?? '', text('module'));
  if (field === 'function' && entry !== undefined) {
    const args = entry.args.map((one) => `${one.name}: ${one.doc}${bracketed(argumentWords(one))}`);
    return { title: `${entry.name}  ${entry.signature}`, lines: [entry.doc, ...args] };
  }
  const variable = knowledge.variables.find(({ name }) => name === word);
  const builtin = knowledge.builtins.find(({ name }) => name === word);
  const lines: string[] = [];
  if (variable !== undefined) lines.push(`${word}: ${variableWords(variable)}`);
  else if (builtin !== undefined) lines.push(`${builtin.form}: ${builtin.doc}`);
  else if (knowledge.columns.includes(word)) lines.push(`${word}: column of the table`);
  const argument = field === 'args' ? entry?.args[Number(position)] : undefined;
  if (argument !== undefined)
    return {
      title: argument.name,
      lines: [`${argument.doc}${bracketed(argumentWords(argument))}`, ...lines],
    };
  return lines.length === 0 ? null : { title: word, lines };
}

function bracketed(words: string): string {
  return words === '' ? '' : ` (${words})`;
}
