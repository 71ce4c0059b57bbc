import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { Json } from '../../lib/form/schema-node';
import { isFields } from './chain-text';
import { valueAt } from './draft';
import { JsonPlaces } from './json-places';
import { argumentWords, entryOf, type Knowledge, recipeFields, topFields, variableWords } from './knowledge';

const units: readonly (readonly [string, string])[] = [
  ['ns', 'nanoseconds'],
  ['us', 'microseconds'],
  ['ms', 'milliseconds'],
  ['s', 'seconds'],
  ['MHz', 'frequency'],
  ['keV', 'energy'],
];
const modules = ['dspeed.processors', 'numpy', 'scipy.ndimage', 'pygama.dsp.processors'];

function variablesOf({ variables, columns }: Knowledge): Completion[] {
  const named = new Set(variables.map(({ name }) => name));
  return [
    ...variables.map((one) => ({ label: one.name, type: 'variable', detail: variableWords(one), boost: 2 })),
    ...columns
      .filter((name) => !named.has(name))
      .map((label) => ({ label, type: 'property', detail: 'column of the table' })),
  ];
}

function builtinsOf({ builtins }: Knowledge): Completion[] {
  return builtins.map(({ name, form, doc }) => ({
    label: name,
    apply: `${name}(`,
    type: 'function',
    detail: form,
    info: doc,
  }));
}

function fieldsOf(fields: Readonly<Record<string, string>>): Completion[] {
  return Object.entries(fields).map(([label, info]) => ({ label, type: 'keyword', info }));
}

/** What may stand in the text of an expression. */
function expressions(knowledge: Knowledge): Completion[] {
  return [
    ...variablesOf(knowledge),
    ...builtinsOf(knowledge),
    ...units.map(([label, detail]) => ({ label, type: 'constant', detail, boost: -1 })),
  ];
}

function processors({ catalogue }: Knowledge, module: string | undefined): Completion[] {
  return catalogue
    .filter((one) => module === undefined || module.startsWith(one.module))
    .map((one) => ({
      label: module === undefined ? `${one.module}.${one.name}` : one.name,
      type: 'function',
      detail: `(${one.args.map(({ name }) => name).join(', ')})`,
      info: one.doc,
    }));
}

/** What may stand at a path of a chain. */
export function optionsAt(
  knowledge: Knowledge,
  config: Json | undefined,
  { path, isKey }: { readonly path: readonly (string | number)[]; readonly isKey: boolean },
): Completion[] {
  const [top, key, field, position] = path;
  if (isKey) {
    if (path.length === 1) return fieldsOf(topFields);
    return top === 'processors' && path.length === 3 ? fieldsOf(recipeFields) : [];
  }
  if (top === 'outputs') return variablesOf(knowledge);
  if (top !== 'processors' || key === undefined) return [];
  const recipe = valueAt(config, ['processors', key]);
  const text = (name: string): string | undefined => {
    const value = isFields(recipe) ? recipe[name] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  switch (field) {
    case undefined:
      return [...expressions(knowledge), ...processors(knowledge, undefined)];
    case 'function':
      return [
        ...processors(knowledge, text('module')),
        ...(text('module') === undefined ? expressions(knowledge) : []),
      ];
    case 'module':
      return modules.map((label) => ({ label, type: 'namespace' }));
    case 'unit':
      return [...units, ['ADC', 'free text']].map(([label = '', detail = '']) => ({
        label,
        detail,
        type: 'constant',
      }));
    case 'args': {
      const argument = entryOf(knowledge, text('function') ?? '', text('module'))?.args[Number(position)];
      const choices = (argument?.range?.choices ?? []).map(
        (choice): Completion => ({
          label: typeof choice === 'string' ? `'${choice}'` : choice.toString(),
          type: 'enum',
          detail: argument?.name ?? '',
          info: argument?.doc ?? '',
          boost: 5,
        }),
      );
      const title =
        argument === undefined ? '' : `${argument.name}: ${argument.doc} (${argumentWords(argument)})`;
      return [...choices, ...expressions(knowledge)].map((one) =>
        title === '' || one.info !== undefined ? one : { ...one, info: title },
      );
    }
    case 'init_args':
    case 'prereqs':
      return variablesOf(knowledge);
    default:
      return [];
  }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Completion inside of the texts of a chain. `latest` gives what is known and the last text that was JSON. */
export function completeChain(
  latest: () => { readonly knowledge: Knowledge; readonly config: Json | undefined },
): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const text = context.state.doc.toString();
    const place = new JsonPlaces(text).pathAt(context.pos);
    const inText = text[place.span.from] === '"' && context.pos > place.span.from;
    if (!inText) return null;
    const isDotted =
      !place.isKey && ['function', 'module', undefined].includes(place.path[2] as string | undefined);
    const word = context.matchBefore(isDotted ? /[\w.]*$/ : /'?\w*$/);
    if (word === null || (word.from === word.to && !context.explicit)) return null;
    const { knowledge, config } = latest();
    const options = optionsAt(knowledge, parsed(text) ?? config, place);
    return options.length === 0
      ? null
      : { from: word.from, options, validFor: isDotted ? /^[\w.]*$/ : /^'?\w*$/ };
  };
}
